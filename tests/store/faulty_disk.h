// A disk that fails on demand: SQLite's file layer with faults. While one lives, every connection
// opened uses it.
#pragma once

#include <atomic>

namespace svar::store {

class FaultyDisk {
 public:
  FaultyDisk();   // one at a time
  ~FaultyDisk();  // after every connection opened meanwhile is closed
  FaultyDisk(const FaultyDisk&) = delete;

  // From now on; may be changed while connections are open, from any thread.
  std::atomic<bool> syncs_fail = false;
  std::atomic<bool> full = false;           // writes fail as on a full disk
  std::atomic<int> writes_until_full = -1;  // negative: no limit; at 0 the disk is full
  std::atomic<int> syncs = 0;               // counted
};

}  // namespace svar::store
