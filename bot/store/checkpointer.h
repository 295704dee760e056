// Moves the write-ahead log into the file on a thread and a connection of its own, so that commits
// do not wait for it.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "bot/store/sqlite.h"

namespace svar::store {

class Checkpointer {
 public:
  // Copies whenever the log has grown by `pages` since the last time.
  Checkpointer(Connection connection, int pages);
  ~Checkpointer();  // waits for the copying under way
  Checkpointer(const Checkpointer&) = delete;

  // Told after each commit how many pages the log holds. Any thread; does not wait for the disk.
  void wal_grew_to(int pages);

  // Waits for the copying under way; while the lock is held the thread begins no other. For whoever
  // checkpoints through another connection.
  std::unique_lock<std::mutex> pause();

 private:
  void run();

  Connection connection_;
  const int pages_;
  std::mutex copying_;  // held while a checkpoint runs; taken before mutex_
  std::mutex mutex_;
  std::condition_variable changed_;
  int grown_to_ = 0;       // guarded by mutex_
  int copied_at_ = 0;      // guarded by mutex_: the log's size when it was last copied
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace svar::store
