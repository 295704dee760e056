#include "bot/store/read_loop.h"

namespace svar::store {

Result<std::unique_ptr<ReadLoop>, service::StoreError> ReadLoop::start(
    Connection connection, service::Executor& executor) {
  std::unique_ptr<ReadLoop> loop(new ReadLoop(std::move(connection), executor));
  auto reader = LogReader::open(loop->connection_);
  if (!reader) return Failure{reader.error()};
  loop->reader_.emplace(std::move(*reader));
  loop->thread_ = std::thread([raw = loop.get()] { raw->run(); });
  return loop;
}

ReadLoop::~ReadLoop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  submitted_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ReadLoop::submit(Job job) {
  {
    std::lock_guard lock(mutex_);
    pending_.push_back(std::move(job));
    if (pending_.size() > 1) return;  // the thread was told already
  }
  submitted_.notify_one();
}

void ReadLoop::run() {
  while (true) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      submitted_.wait(lock, [this] { return stopping_ || !pending_.empty(); });
      if (pending_.empty()) return;
      jobs.swap(pending_);
    }
    for (Job& job : jobs) executor_.post(job(*reader_));
  }
}

}  // namespace svar::store
