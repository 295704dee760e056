// Where the groups of a rule set occur in a message, and whether a rule's groups can be answered
// together. Pure.
//
// Threads: one object belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace svar::intents {

// One place where a group was found: words [first, last] of a line.
struct Occurrence {
  std::uint32_t line = 0;
  std::uint32_t first = 0, last = 0;
};

// Kept between messages, because its room is what a message would otherwise have to make. Much is
// added and little asked for, so that what was added is only put in order when somebody asks.
class Occurrences {
 public:
  // Forgets all; then groups [0, count) may be added.
  void reset(std::size_t count);

  // Lines must come in rising order. Returns whether it is the group's first.
  bool add(std::uint32_t group, const Occurrence& where) {
    items_.push_back({where, group, kNone});
    std::uint64_t& seen = seen_[group / 64];
    const std::uint64_t bit = std::uint64_t{1} << (group % 64);
    const bool first = (seen & bit) == 0;
    seen |= bit;
    return first;
  }

  bool any(std::uint32_t group) const { return (seen_[group / 64] >> (group % 64) & 1) != 0; }

  // All of a group's, in the order they were added.
  template <class Use>
  void each(std::uint32_t group, Use use) const {
    link();
    for (std::uint32_t at = ends_[group].head; at != kNone; at = items_[at].next) {
      use(items_[at].where);
    }
  }

  // The first in this line, or in any; of those that begin at the same word the longest.
  std::optional<Occurrence> first_in(std::uint32_t group, std::uint32_t line) const;
  std::optional<Occurrence> first(std::uint32_t group) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Item {
    Occurrence where;
    std::uint32_t group = 0;
    std::uint32_t next = kNone;  // of the same group
  };
  struct Ends {
    std::uint32_t head = kNone, tail = kNone;
  };
  // Chains what was added since the last time to its group's.
  void link() const;
  std::optional<Occurrence> first_from(std::uint32_t at) const;

  std::vector<std::uint64_t> seen_;  // a bit a group: all of them stay in the nearest cache
  mutable std::vector<Ends> ends_;   // by group
  mutable std::vector<Item> items_;
  mutable std::uint32_t linked_ = 0;
};

// How the groups of a rule must lie to each other within a line.
struct Arrangement {
  bool ordered = false;
  std::optional<int> within;  // other words between neighbours, at most
};

// One occurrence of each group in `line` that fulfils the arrangement, by group; empty when there
// is none. Without an order two groups may be answered by the same word. With one or with a limit
// only the first 32 occurrences of a group in a line are looked at.
std::vector<Occurrence> arrange(const Occurrences& found, std::span<const std::uint32_t> groups,
                                std::uint32_t line, const Arrangement& wanted);

}  // namespace svar::intents
