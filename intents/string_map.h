// Values by string, looked up by a view without making a string. What a message's words cost is
// mostly cache lines: a word that is not there, as most are not, costs one.
//
// Threads: as a standard container.
#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace svar::intents {

template <class Value>
class StringMap {
 public:
  // Made when it is not there. The reference holds until the next one is made.
  Value& operator[](std::string_view key) {
    if (Value* known = find(key)) return *known;
    entries_.emplace_back(std::string(key), Value());
    if (entries_.size() * 2 > slots_.size()) {
      slots_.assign(std::bit_ceil(entries_.size() * 4), {});
      for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) place(entry);
    } else {
      place(static_cast<std::uint32_t>(entries_.size() - 1));
    }
    return entries_.back().second;
  }

  // Null when it is not there.
  const Value* find(std::string_view key) const {
    if (slots_.empty()) return nullptr;
    const std::uint64_t hash = std::hash<std::string_view>()(key);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.entry == kNone) return nullptr;
      if (slot.fingerprint != fingerprint(hash)) continue;
      if (entries_[slot.entry].first == key) return &entries_[slot.entry].second;
    }
  }
  Value* find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

  // Pairs of key and value, in the order they were made.
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Slot {
    std::uint32_t fingerprint = 0;
    std::uint32_t entry = kNone;
  };
  std::size_t mask() const { return slots_.size() - 1; }
  static std::uint32_t fingerprint(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32);
  }

  void place(std::uint32_t entry) {
    const std::uint64_t hash = std::hash<std::string_view>()(entries_[entry].first);
    std::size_t at = hash & mask();
    while (slots_[at].entry != kNone) at = (at + 1) & mask();
    slots_[at] = {fingerprint(hash), entry};
  }

  std::vector<std::pair<std::string, Value>> entries_;
  std::vector<Slot> slots_;  // open addressing; a power of two, at most half full
};

}  // namespace svar::intents
