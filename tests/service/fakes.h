// Fakes of the service's ports: a clock that stands still until told, an executor that the test
// drains.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "bot/service/turn/clock.h"
#include "bot/service/turn/executor.h"

namespace svar::fakes {

class ManualClock : public service::Clock {
 public:
  explicit ManualClock(Time start) : now_(start) {}
  Time now() const override { return now_; }
  service::SteadyTime steady() const override { return steady_; }
  // Time passes.
  void advance(std::chrono::milliseconds by) {
    now_ += by;
    steady_ += by;
  }
  // Time passes until then.
  void set(Time to) { advance(to - now_); }
  // The wall clock is set, ahead or back; no time passes.
  void jump(std::chrono::milliseconds by) { now_ += by; }

 private:
  Time now_;
  service::SteadyTime steady_{std::chrono::hours{1'000}};
};

// Runs what was posted on the thread that calls run or run_until.
class ManualExecutor : public service::Executor {
 public:
  void post(std::function<void()> task) override {
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    posted_.notify_one();
  }

  // Runs everything that is there and everything that this posts. Returns how many tasks ran.
  int run() {
    int count = 0;
    while (run_one(std::chrono::milliseconds{0})) ++count;
    return count;
  }

  // What was posted never runs: so a process ends.
  void forget() {
    std::lock_guard lock(mutex_);
    tasks_.clear();
  }

  // Runs tasks as they come (stores complete from their own threads) until `done` holds; false
  // after ten seconds.
  template <class Done>
  bool run_until(Done done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      run_one(std::chrono::milliseconds{50});
    }
    return true;
  }

 private:
  bool run_one(std::chrono::milliseconds patience) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      if (!posted_.wait_for(lock, patience, [this] { return !tasks_.empty(); })) return false;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
    return true;
  }

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;  // guarded by mutex_
};

}  // namespace svar::fakes
