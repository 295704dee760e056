// An IoExecutor that runs on a thread of its own for as long as the test does.
#pragma once

#include <future>
#include <thread>

#include "connectors/net/io_executor.h"

namespace svar::tests {

class IoThread {
 public:
  IoThread() : thread_([this] { io_.run(); }) {}
  ~IoThread() { stop(); }

  net::IoExecutor& io() { return io_; }

  // Runs `task` on the I/O thread and waits for it.
  template <class Task>
  auto run(Task task) -> decltype(task()) {
    std::packaged_task<decltype(task())()> packaged{std::move(task)};
    auto result = packaged.get_future();
    io_.post([&packaged] { packaged(); });
    return result.get();
  }

  // Runs no more; what lives on it can be destroyed from here on.
  void stop() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  net::IoExecutor io_;
  std::thread thread_;
};

}  // namespace svar::tests
