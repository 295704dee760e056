// Keeps the list of erasures up to date behind the log, in the data folder and beside the backups.
//
// The log is the truth: what a crash keeps from the list is listed at the next start, and a list
// that could not be reached is made whole when it can. So an erasure never waits for the list, and
// never fails with it.
//
// Threads: one of its own, which reads the log on a connection of its own; look() and listed() from
// any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "bot/store/erasure_list.h"

namespace svar::store {

class ErasureKeeper {
 public:
  struct Options {
    std::filesystem::path log;
    std::filesystem::path list;               // in the data folder
    std::filesystem::path beside_backups;     // the same list in another place; empty: nowhere
    std::chrono::milliseconds every{60'000};  // how often it looks unasked
    // Told what keeps a list from being written, on the keeper's thread, once until it works again.
    std::function<void(const std::string& why)> failed;
  };

  // `options.log` has this version's schema. Begins by listing what is missing.
  static Result<std::unique_ptr<ErasureKeeper>, SqliteError> start(Options options);
  ~ErasureKeeper();  // lists what was erased before
  ErasureKeeper(const ErasureKeeper&) = delete;

  // Something was erased: list it soon.
  void look();

  // Every erasure up to here is on the disk in the data folder's list; 0 until it was read.
  Position listed() const { return Position{listed_up_to_.load()}; }

 private:
  ErasureKeeper(Options options, Connection connection);
  void run();
  std::optional<std::string> list_new();
  std::optional<std::string> begin();
  std::optional<std::string> make_whole();
  void report(const std::optional<std::string>& why);

  const Options options_;

  // Of the thread alone.
  Connection connection_;
  std::optional<Position> listed_;  // in the data folder's list; nothing until it was read
  std::atomic<std::int64_t> listed_up_to_{0};  // the same, for other threads
  bool whole_ = false;                         // the list beside the backups holds all of it
  bool failing_ = false;

  std::mutex mutex_;
  std::condition_variable asked_;
  bool look_ = true;       // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace svar::store
