// The one thread that writes: everything that waits goes into the next transaction, and is
// completed after its commit. It waits until the executor has served what had already come, or
// kBatchMin jobs: no time is added, but under load a sync is shared by many, and the two cores of a
// small machine are not spent on syncs.
//
// Threads: submit from any thread; completions run on the executor, one post a transaction, in
// commit order. An erasure is completed when its words are out of the write-ahead log as well; a
// reader that stands in the way delays that erasure alone.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <variant>

#include "bot/service/turn/event_store.h"
#include "bot/service/turn/executor.h"
#include "bot/store/checkpointer.h"
#include "bot/store/database_copy.h"
#include "bot/store/log_writer.h"

namespace svar::store {

// Something to do inside a transaction, and whom to tell. `Given` is what was asked for, `Encoded`
// what the log takes.
template <class Given, class Encoded, class Value>
struct WriteJob {
  Given given;
  std::function<void(Result<Value, service::StoreError>)> done;
  std::optional<Encoded> encoded = std::nullopt;
  std::optional<Result<Value, service::StoreError>> outcome = std::nullopt;
};
using AppendJob = WriteJob<service::Append, EncodedAppend, service::AppendOutcome>;
using EraseJob = WriteJob<service::Erasure, EncodedErasure, service::AppendOutcome>;
using CreateJob = WriteJob<Creation, Creation, ConversationId>;
using TaskJob = WriteJob<Task, Task, Done>;
using AnyWriteJob = std::variant<AppendJob, EraseJob, CreateJob, TaskJob>;

// A copy of the file, made by steps between the commits. Both functions run on the loop's thread
// and must return at once.
struct CopyJob {
  std::filesystem::path to;                             // must not exist
  std::function<bool(int pages_done, int pages)> told;  // after each step; false gives it up
  std::function<void(Result<Done, service::StoreError>)> done;  // exactly once
};

class CommitLoop {
 public:
  struct Limits {
    std::chrono::milliseconds lock_patience;  // how long another process may keep the file locked
    int wal_pages_max;  // beyond this the loop itself copies the log into the file
  };

  // `connection` has the durable settings and the schema. The others must outlive the loop.
  static Result<std::unique_ptr<CommitLoop>, SqliteError> start(Connection connection,
                                                                Checkpointer& checkpointer,
                                                                service::Executor& executor,
                                                                Limits limits);
  ~CommitLoop();  // commits what was submitted, hands its completions to the executor
  CommitLoop(const CommitLoop&) = delete;

  void submit(AnyWriteJob job);

  // One copy at a time, in the order of the calls. A commit waits for one step at most, about a
  // third of a millisecond.
  void copy(CopyJob job);

 private:
  using Jobs = std::vector<AnyWriteJob>;
  using SteadyTime = std::chrono::steady_clock::time_point;
  enum class Stage { begin, statement, commit };
  struct Fault {
    Stage stage;
    SqliteError error;
  };
  struct WaitingErasure {
    AnyWriteJob job;
    SteadyTime deadline;
  };

  CommitLoop(Connection connection, Checkpointer& checkpointer, service::Executor& executor,
             Limits limits);
  void run();
  std::optional<Jobs> take();
  void commit(std::span<AnyWriteJob> jobs);
  std::optional<Fault> try_to_commit(std::span<AnyWriteJob> jobs);
  Result<Done, SqliteError> begin_patiently();
  void relieve_wal();
  void publish(Jobs jobs);
  bool truncate_wal();
  void finish_erasures(Jobs& completed);
  void post(Jobs jobs);
  bool stopping();
  void copy_some_pages();
  std::optional<Result<Done, service::StoreError>> copy_step();
  void give_up_copies();

  Connection connection_;
  std::optional<LogWriter> writer_;
  Checkpointer& checkpointer_;
  service::Executor& executor_;
  const Limits limits_;

  // Of the thread alone.
  int wal_pages_ = 0;
  bool words_in_wal_ = false;  // an erasure was committed, and the log was not truncated since
  std::vector<WaitingErasure> waiting_;
  struct Copying {
    CopyJob job;
    std::optional<DatabaseCopy> copy;  // once it has begun
  };
  std::optional<Copying> copying_;

  // What other threads tell this one. Shared with the executor, which may run a task of ours after
  // the loop is gone.
  struct Inbox {
    std::mutex mutex;
    std::condition_variable changed;
    Jobs pending;  // this and what follows guarded by the mutex
    std::vector<CopyJob> copies;
    bool round_end_asked = false;  // a task stands at the end of the executor's queue
    bool round_ended = false;      // it ran, and jobs wait
    bool stopping = false;
    bool has_batch() const {
      return !pending.empty() && (round_ended || stopping || pending.size() >= kBatchMin);
    }
  };
  static constexpr std::size_t kBatchMin = 16;
  const std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::thread thread_;
};

}  // namespace svar::store
