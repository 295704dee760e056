// SQLite's file layer over a PowerCutDisk. While one lives, every connection opened uses it.
//
// Reports powersafe overwrite and 512-byte sectors: what the disk does. Locks and the shared memory
// of the write-ahead log's index are of this process and do not survive. The file whose name holds
// kNowhere is never made on the machine's own disk, whatever goes past SQLite.
#pragma once

#include <memory>
#include <string>

#include "tests/proofs/disk/power_cut_disk.h"

namespace svar::proofs {

// Below a device there can be no folder, so calls that go past SQLite change nothing.
inline constexpr const char* kNowhere = "/dev/null/svarsentral.db";

class DiskVfs {
 public:
  // One at a time. `disk` must outlive it.
  explicit DiskVfs(PowerCutDisk& disk, std::uint64_t seed);
  ~DiskVfs();  // after every connection opened meanwhile is closed
  DiskVfs(const DiskVfs&) = delete;

  // An error of SQLite to give instead of the change that is about to happen; 0 for none. Asked
  // before each, from any thread.
  void fail_by(std::function<int(const DiskOperation&)> fault);
  // Called before every call of SQLite's that reads, changes, syncs or locks the shared index; and
  // instead of sleeping, with the microseconds. By default nothing, and a glimpse.
  void pause_by(std::function<void()> pause, std::function<void(int)> sleep);
  // What a sync gives that ends after the power is gone; without this it seems to have gone well.
  void without_power(std::function<int()> outcome);
};

}  // namespace svar::proofs
