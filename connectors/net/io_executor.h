// The one I/O thread: runs completions, timers, signals and every network session of the process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "bot/service/turn/executor.h"

namespace boost::asio {
class io_context;
}

namespace svar::net {

// Stops its timer when destroyed; then the function runs no more. Destroy on the I/O thread, or when nothing runs.
class Timer {
 public:
  virtual ~Timer() = default;
};

// Lifetime: outlives everything that posts to it or has a session on it. Tasks that were posted and not run when it is
// destroyed are destroyed without running.
//
// Errors: an exception that leaves a task ends run() by passing through it.
class IoExecutor : public service::Executor {
 public:
  IoExecutor();
  ~IoExecutor() override;
  IoExecutor(const IoExecutor&) = delete;

  void post(std::function<void()> task) override;

  // Runs on the calling thread until stop(). Call it from one thread only; that is the I/O thread.
  void run();
  void stop();  // from any thread; run() returns after the task at hand

  // Runs `task` on the I/O thread once, or again and again, that long from now. Steady clock. I/O thread only.
  [[nodiscard]] std::unique_ptr<Timer> after(std::chrono::milliseconds delay, std::function<void()> task);
  [[nodiscard]] std::unique_ptr<Timer> every(std::chrono::milliseconds period, std::function<void()> task);

  // Runs `task` with the number of each signal that arrives from now on, e.g. {SIGTERM, SIGINT}.
  void on_signals(const std::vector<int>& signals, std::function<void(int)> task);

  boost::asio::io_context& context();  // for sessions

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::net
