// What proving a log keeps in memory: which positions it has seen, and one conversation's events
// folded and judged. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/domain/event.h"

namespace svar::store {

// A set of positions, a bit each: the log of ten years fits in a few megabytes.
class PositionSet {
 public:
  void insert(std::int64_t position) { word(position) |= bit(position); }
  bool contains(std::int64_t position) { return (word(position) & bit(position)) != 0; }

 private:
  static constexpr std::int64_t kBitsAPage = 4096;
  std::uint64_t& word(std::int64_t position) {
    return pages_[position / kBitsAPage][static_cast<std::size_t>(position % kBitsAPage / 64)];
  }
  static std::uint64_t bit(std::int64_t position) { return std::uint64_t{1} << (position % 64); }
  std::unordered_map<std::int64_t, std::array<std::uint64_t, kBitsAPage / 64>> pages_;
};

// Folds the events of one conversation, oldest first, and judges each beside what came before.
class VerificationFold {
 public:
  // Gives what is wrong with this event, empty when nothing is.
  std::string add(const Recorded& recorded);
  void add_text(std::int64_t seq) { with_text_.push_back(seq); }
  const Conversation& state() const { return state_; }

 private:
  Conversation state_;
  std::vector<std::int64_t> with_text_;  // seqs, rising
};

}  // namespace svar::store
