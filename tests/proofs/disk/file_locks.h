// The locks that SQLite wants of a file, and the shared memory of its write-ahead log's index, for
// several connections of one process. Nothing of it survives the process.
//
// Threads: safe from any thread; a LockHolder belongs to one connection.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace svar::proofs {

inline constexpr std::size_t kSlots = 8;  // SQLite's SQLITE_SHM_NLOCK

struct SlotRange {
  int first, count;
};

// What one connection holds; changed by FileLocks alone.
struct LockHolder {
  int level = 0;  // SQLITE_LOCK_…
  enum class Slot { none, shared, owned };
  std::array<Slot, kSlots> slots{};
  bool mapped = false;
};

class FileLocks {
 public:
  // SQLite's ladder: many share, one of them may reserve, and own it once the others are gone.
  // False when somebody is in the way; an owner in waiting keeps newcomers out.
  bool raise(LockHolder& holder, int level);
  void lower(LockHolder& holder, int level);
  bool reserved() const;

  // All of the slots or none.
  bool share_slots(LockHolder& holder, SlotRange range);
  bool own_slots(LockHolder& holder, SlotRange range);
  void unlock_slots(LockHolder& holder, SlotRange range);

  // Null when there is no such region and it is not to be made. The memory goes with the last
  // unmap.
  void* map(LockHolder& holder, int region, std::size_t bytes, bool extend);
  void unmap(LockHolder& holder);

  void release_all(LockHolder& holder);

 private:
  int others_at_least(const LockHolder& holder, int level) const;

  mutable std::mutex mutex_;          // guards everything below, and every holder's fields
  std::vector<LockHolder*> holders_;  // those with a level above none
  std::array<int, kSlots> sharing_{};
  std::array<bool, kSlots> owned_{};
  std::vector<std::unique_ptr<char[]>> regions_;
  int mapped_ = 0;
};

// The locks of every file, by name.
class LockTable {
 public:
  std::shared_ptr<FileLocks> of(const std::string& name);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<FileLocks>> files_;  // guarded by mutex_
};

}  // namespace svar::proofs
