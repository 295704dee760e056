#include "tests/proofs/disk/file_locks.h"

#include <sqlite3.h>

#include <algorithm>

namespace svar::proofs {

using Slot = LockHolder::Slot;

int FileLocks::others_at_least(const LockHolder& holder, int level) const {
  return static_cast<int>(std::ranges::count_if(holders_, [&](const LockHolder* other) {
    return other != &holder && other->level >= level;
  }));
}

bool FileLocks::raise(LockHolder& holder, int level) {
  std::lock_guard lock(mutex_);
  if (holder.level >= level) return true;
  if (holder.level == SQLITE_LOCK_NONE) {
    if (others_at_least(holder, SQLITE_LOCK_PENDING) > 0) return false;
    holder.level = SQLITE_LOCK_SHARED;
    holders_.push_back(&holder);
  }
  if (level == SQLITE_LOCK_SHARED) return true;
  if (others_at_least(holder, SQLITE_LOCK_RESERVED) > 0) return false;
  if (level == SQLITE_LOCK_RESERVED) {
    holder.level = level;
    return true;
  }
  holder.level = SQLITE_LOCK_PENDING;
  if (others_at_least(holder, SQLITE_LOCK_SHARED) > 0) return false;
  holder.level = level;
  return true;
}

void FileLocks::lower(LockHolder& holder, int level) {
  std::lock_guard lock(mutex_);
  if (holder.level <= level) return;
  holder.level = level;
  if (level == SQLITE_LOCK_NONE) std::erase(holders_, &holder);
}

bool FileLocks::reserved() const {
  std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      holders_, [](const LockHolder* other) { return other->level >= SQLITE_LOCK_RESERVED; });
}

bool FileLocks::share_slots(LockHolder& holder, SlotRange range) {
  std::lock_guard lock(mutex_);
  const auto first = static_cast<std::size_t>(range.first);
  if (holder.slots[first] != Slot::none) return true;
  if (owned_[first]) return false;
  ++sharing_[first];
  holder.slots[first] = Slot::shared;
  return true;
}

bool FileLocks::own_slots(LockHolder& holder, SlotRange range) {
  std::lock_guard lock(mutex_);
  const auto first = static_cast<std::size_t>(range.first);
  const auto end = first + static_cast<std::size_t>(range.count);
  for (std::size_t slot = first; slot < end; ++slot) {
    if (holder.slots[slot] != Slot::owned && (owned_[slot] || sharing_[slot] > 0)) return false;
  }
  for (std::size_t slot = first; slot < end; ++slot) {
    owned_[slot] = true;
    holder.slots[slot] = Slot::owned;
  }
  return true;
}

void FileLocks::unlock_slots(LockHolder& holder, SlotRange range) {
  std::lock_guard lock(mutex_);
  for (int index = range.first; index < range.first + range.count; ++index) {
    const auto slot = static_cast<std::size_t>(index);
    if (holder.slots[slot] == Slot::shared) --sharing_[slot];
    if (holder.slots[slot] == Slot::owned) owned_[slot] = false;
    holder.slots[slot] = Slot::none;
  }
}

void* FileLocks::map(LockHolder& holder, int region, std::size_t bytes, bool extend) {
  std::lock_guard lock(mutex_);
  if (!holder.mapped) {
    holder.mapped = true;
    ++mapped_;
  }
  const auto index = static_cast<std::size_t>(region);
  while (extend && regions_.size() <= index) regions_.push_back(std::make_unique<char[]>(bytes));
  return index < regions_.size() ? regions_[index].get() : nullptr;
}

void FileLocks::unmap(LockHolder& holder) {
  std::lock_guard lock(mutex_);
  if (!holder.mapped) return;
  holder.mapped = false;
  if (--mapped_ == 0) regions_.clear();
}

void FileLocks::release_all(LockHolder& holder) {
  unlock_slots(holder, {0, static_cast<int>(kSlots)});
  unmap(holder);
  lower(holder, SQLITE_LOCK_NONE);
}

std::shared_ptr<FileLocks> LockTable::of(const std::string& name) {
  std::lock_guard lock(mutex_);
  auto& locks = files_[name];
  if (!locks) locks = std::make_shared<FileLocks>();
  return locks;
}

}  // namespace svar::proofs
