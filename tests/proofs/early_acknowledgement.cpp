// The negative control of the kill -9 proof: the product, but for a store that says «appended»
// before it has committed. Built for the proof alone; never installed.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "bot/server/command_line.h"
#include "bot/server/commands/serve_command.h"

namespace {

using namespace svar;

// Passes appends on a quarter of a second later, in order, from a thread of its own.
class EarlyStore : public service::EventStore {
 public:
  EarlyStore(service::EventStore& inner, service::Executor& executor)
      : inner_(inner), executor_(executor), late_([this] { pass_on(); }) {}
  ~EarlyStore() override {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_one();
    late_.join();
  }

  void append(
      service::Append request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override {
    const Seq last{request.expected.value + static_cast<std::int64_t>(request.events->size())};
    executor_.post(
        [done = std::move(done), last] { done(service::AppendOutcome{service::Appended{last}}); });
    std::lock_guard lock(mutex_);
    held_.push_back(
        {std::chrono::steady_clock::now() + std::chrono::milliseconds{250}, std::move(request)});
    changed_.notify_one();
  }
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override {
    inner_.create(std::move(key), at, std::move(done));
  }
  void load(ConversationId id, Seq after,
            std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) override {
    inner_.load(id, after, std::move(done));
  }
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override {
    inner_.read_all(after, count_max, std::move(done));
  }
  void erase(
      service::Erasure request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override {
    inner_.erase(std::move(request), std::move(done));
  }

 private:
  struct Held {
    std::chrono::steady_clock::time_point due;
    service::Append request;
  };

  void pass_on() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (held_.empty()) {
        changed_.wait(lock);
      } else if (held_.front().due > std::chrono::steady_clock::now()) {
        changed_.wait_until(lock, held_.front().due);
      } else {
        service::Append request = std::move(held_.front().request);
        held_.pop_front();
        inner_.append(std::move(request), [](const auto&) {});
      }
    }
  }

  service::EventStore& inner_;
  service::Executor& executor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Held> held_;  // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread late_;
};

}  // namespace

int main(int argc, char** argv) {
  svar::server::around_store() = [](svar::service::EventStore& inner,
                                    svar::service::Executor& executor) {
    return std::make_unique<EarlyStore>(inner, executor);
  };
  return svar::server::run_command_line(argc, argv);
}
