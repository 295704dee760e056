// The product with a store that keeps appends back for KEEP_MS milliseconds: those that say what
// the bot makes of a message, or with KEEP=all every one. Built for a proof alone; never installed.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

#include "bot/server/command_line.h"
#include "bot/server/commands/serve_command.h"

namespace {

using namespace svar;

bool is_outcome(const Recorded& recorded) {
  return std::holds_alternative<BotReplied>(recorded.event) ||
         std::holds_alternative<HandoffRequested>(recorded.event);
}

std::chrono::milliseconds keep_time() {
  const char* given = std::getenv("KEEP_MS");
  return std::chrono::milliseconds{given ? std::atoi(given) : 0};
}
bool keeps_all() {
  const char* given = std::getenv("KEEP");
  return given && std::strcmp(given, "all") == 0;
}

// What is kept back is passed on in order, from a thread of its own.
class LateStore : public service::EventStore {
 public:
  using Appended = std::function<void(Result<service::AppendOutcome, service::StoreError>)>;

  explicit LateStore(service::EventStore& inner) : inner_(inner), late_([this] { pass_on(); }) {}
  ~LateStore() override {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_one();
    late_.join();
  }

  void append(service::Append request, Appended done) override {
    const auto& events = *request.events;
    if (!keeps_all() && std::none_of(events.begin(), events.end(), is_outcome))
      return inner_.append(std::move(request), std::move(done));
    std::lock_guard lock(mutex_);
    kept_.push_back(
        {std::chrono::steady_clock::now() + keep_time(), std::move(request), std::move(done)});
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
  void erase(service::Erasure request, Appended done) override {
    inner_.erase(std::move(request), std::move(done));
  }

 private:
  struct Kept {
    std::chrono::steady_clock::time_point due;
    service::Append request;
    Appended done;
  };

  void pass_on() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (kept_.empty()) {
        changed_.wait(lock);
      } else if (kept_.front().due > std::chrono::steady_clock::now()) {
        changed_.wait_until(lock, kept_.front().due);
      } else {
        Kept first = std::move(kept_.front());
        kept_.pop_front();
        inner_.append(std::move(first.request), std::move(first.done));
      }
    }
  }

  service::EventStore& inner_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Kept> kept_;  // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread late_;
};

}  // namespace

int main(int argc, char** argv) {
  svar::server::around_store() = [](svar::service::EventStore& inner, svar::service::Executor&) {
    return std::make_unique<LateStore>(inner);
  };
  return svar::server::run_command_line(argc, argv);
}
