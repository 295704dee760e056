// One process of the service, as far as a conversation's log can tell: its own thread, its own
// connection to the file, its own cached states.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "bot/service/turn/conversations.h"
#include "bot/store/sqlite_event_store.h"
#include "tests/service/fakes.h"

namespace svar::proofs {

// Runs what is posted, in order, on one thread of its own.
class ThreadExecutor : public service::Executor {
 public:
  ThreadExecutor();
  ~ThreadExecutor() override;  // what was posted is run before
  void post(std::function<void()> task) override;

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;  // guarded by mutex_
  bool stopping_ = false;                    // guarded by mutex_
  std::thread thread_;
};

// Whether the store compares where the log ends before it appends. `disabled` is the negative
// control: what was decided is appended wherever the log ends by then.
enum class CompareAndAppend { enabled, disabled };

// Passes everything on, and counts the appends that came too late.
class WatchedStore : public service::EventStore {
 public:
  using Done = std::function<void(Result<service::AppendOutcome, service::StoreError>)>;

  WatchedStore(service::EventStore& inner, CompareAndAppend compare)
      : inner_(inner), compare_(compare) {}

  void append(service::Append request, Done done) override;
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override;
  void load(ConversationId id, Seq after,
            std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) override;
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override;
  void erase(service::Erasure request, Done done) override;

  std::atomic<std::uint64_t> conflicts = 0;

 private:
  void append_at_the_end(service::Append request, Done done);

  service::EventStore& inner_;
  const CompareAndAppend compare_;
};

class Node {
 public:
  // Throws std::runtime_error when the file can't be opened. `clock` must outlive it.
  Node(const std::filesystem::path& file, CompareAndAppend compare, const service::Clock& clock,
       service::Conversations::ReleaseSource release);
  ~Node();  // on the executor's thread nothing may be left to do

  // Runs `task` on the node's thread; from any thread.
  void post(std::function<void()> task) { executor_.post(std::move(task)); }
  service::Conversations& conversations() { return *conversations_; }  // on the node's thread
  std::uint64_t conflicts() const { return watched_->conflicts; }

  // The log as it is on the disk, without any cached state. Blocks; from any other thread.
  std::vector<Recorded> read(ConversationId conversation);

 private:
  ThreadExecutor executor_;
  std::unique_ptr<store::SqliteEventStore> store_;
  std::unique_ptr<WatchedStore> watched_;
  std::unique_ptr<service::Conversations> conversations_;
};

}  // namespace svar::proofs
