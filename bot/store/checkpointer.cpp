#include "bot/store/checkpointer.h"

namespace svar::store {

Checkpointer::Checkpointer(Connection connection, int pages)
    : connection_(std::move(connection)), pages_(pages), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Checkpointer::wal_grew_to(int pages) {
  {
    std::lock_guard lock(mutex_);
    if (pages < grown_to_) copied_at_ = 0;  // the log began anew
    grown_to_ = pages;
    if (grown_to_ - copied_at_ < pages_) return;
  }
  changed_.notify_one();
}

std::unique_lock<std::mutex> Checkpointer::pause() {
  return std::unique_lock(copying_);
}

void Checkpointer::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || grown_to_ - copied_at_ >= pages_; });
      if (stopping_) return;
      copied_at_ = grown_to_;
    }
    std::lock_guard copying(copying_);
    auto copied = connection_.checkpoint(Connection::Checkpoint::passive);
    // Any other failure (a reader in the way, a full disk) leaves the log as it is; the next round
    // tries again.
    if (!copied) end_process_if_unsynced(copied.error());
  }
}

}  // namespace svar::store
