// The one thread that reads, on a connection of its own, so that no read waits for a commit.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "bot/service/turn/executor.h"
#include "bot/store/log_reader.h"

namespace svar::store {

class ReadLoop {
 public:
  // Reads on the thread, and gives what is then to run on the executor.
  using Job = std::function<std::function<void()>(LogReader&)>;

  // `connection` has the schema; the executor must outlive the loop.
  static Result<std::unique_ptr<ReadLoop>, service::StoreError> start(Connection connection,
                                                                      service::Executor& executor);
  ~ReadLoop();  // does what was submitted
  ReadLoop(const ReadLoop&) = delete;

  void submit(Job job);  // any thread; returns at once

 private:
  ReadLoop(Connection connection, service::Executor& executor)
      : connection_(std::move(connection)), executor_(executor) {}
  void run();

  Connection connection_;
  std::optional<LogReader> reader_;
  service::Executor& executor_;
  std::mutex mutex_;
  std::condition_variable submitted_;
  std::vector<Job> pending_;  // guarded by mutex_
  bool stopping_ = false;     // guarded by mutex_
  std::thread thread_;
};

}  // namespace svar::store
