#include "intents/occurrences.h"

#include <algorithm>

namespace svar::intents {
namespace {

// A message that repeats its words must not make a rule's search quadratic.
constexpr std::size_t kOccurrencesMax = 32;

using Lists = std::vector<std::vector<Occurrence>>;  // by group

Lists lists_of(const Occurrences& found, std::span<const std::uint32_t> groups,
               std::uint32_t line) {
  Lists lists(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    found.each(groups[i], [&](const Occurrence& where) {
      if (where.line == line && lists[i].size() < kOccurrencesMax) lists[i].push_back(where);
    });
  }
  return lists;
}

bool follows(const Occurrence& next, const Occurrence& before, const std::optional<int>& within) {
  if (next.first <= before.last) return false;
  return !within || next.first - before.last - 1 <= static_cast<std::uint32_t>(*within);
}

// The first of the next group's occurrences that a chain through all groups before reaches.
std::vector<Occurrence> arrange_ordered(const Lists& lists, const Arrangement& wanted) {
  constexpr std::size_t kUnreached = SIZE_MAX;
  std::vector<std::vector<std::size_t>> before(lists.size());  // by group and occurrence
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const Occurrence& where : lists[i]) {
      std::size_t from = i == 0 ? 0 : kUnreached;
      for (std::size_t k = 0; i > 0 && k < lists[i - 1].size() && from == kUnreached; ++k) {
        if (before[i - 1][k] != kUnreached && follows(where, lists[i - 1][k], wanted.within))
          from = k;
      }
      before[i].push_back(from);
    }
  }
  const auto end = std::find_if(before.back().begin(), before.back().end(),
                                [](std::size_t from) { return from != kUnreached; });
  if (end == before.back().end()) return {};
  std::vector<Occurrence> out(lists.size());
  auto at = static_cast<std::size_t>(end - before.back().begin());
  for (std::size_t i = lists.size(); i-- > 0;) {
    out[i] = lists[i][at];
    at = before[i][at];
  }
  return out;
}

// The first stretch of occurrences with no wider gap than allowed in which every group is found.
std::vector<Occurrence> arrange_near(const Lists& lists, int within) {
  struct Numbered {
    Occurrence where;
    std::size_t group = 0;
  };
  std::vector<Numbered> all;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const Occurrence& where : lists[i]) all.push_back({where, i});
  }
  std::stable_sort(all.begin(), all.end(), [](const Numbered& a, const Numbered& b) {
    return a.where.first < b.where.first;
  });
  std::vector<std::optional<Occurrence>> stretch(lists.size());
  std::size_t open = lists.size();
  std::uint32_t end = 0;
  for (const Numbered& one : all) {
    const bool apart = one.where.first > end + 1 + static_cast<std::uint32_t>(within);
    if (apart && open < lists.size()) {
      stretch.assign(lists.size(), std::nullopt);
      open = lists.size();
    }
    end = std::max(end, one.where.last);
    if (stretch[one.group]) continue;
    stretch[one.group] = one.where;
    if (--open > 0) continue;
    std::vector<Occurrence> out;
    for (const auto& where : stretch) out.push_back(*where);
    return out;
  }
  return {};
}

}  // namespace

void Occurrences::reset(std::size_t count) {
  for (const Item& item : items_) {
    seen_[item.group / 64] = 0;
    ends_[item.group] = {};
  }
  items_.clear();
  linked_ = 0;
  if (ends_.size() >= count) return;
  ends_.resize(count);
  seen_.resize(count / 64 + 1);
}

void Occurrences::link() const {
  for (; linked_ < items_.size(); ++linked_) {
    Ends& ends = ends_[items_[linked_].group];
    (ends.head == kNone ? ends.head : items_[ends.tail].next) = linked_;
    ends.tail = linked_;
  }
}

std::optional<Occurrence> Occurrences::first_from(std::uint32_t at) const {
  if (at == kNone) return std::nullopt;
  Occurrence best = items_[at].where;
  for (at = items_[at].next; at != kNone; at = items_[at].next) {
    const Occurrence& next = items_[at].where;
    if (next.line != best.line) break;
    const bool longer = next.first == best.first && next.last > best.last;
    if (next.first < best.first || longer) best = next;
  }
  return best;
}

std::optional<Occurrence> Occurrences::first(std::uint32_t group) const {
  link();
  return first_from(ends_[group].head);
}

std::optional<Occurrence> Occurrences::first_in(std::uint32_t group, std::uint32_t line) const {
  link();
  std::uint32_t at = ends_[group].head;
  while (at != kNone && items_[at].where.line < line) at = items_[at].next;
  if (at == kNone || items_[at].where.line != line) return std::nullopt;
  return first_from(at);
}

std::vector<Occurrence> arrange(const Occurrences& found, std::span<const std::uint32_t> groups,
                                std::uint32_t line, const Arrangement& wanted) {
  std::vector<Occurrence> out;
  if (!wanted.ordered && !wanted.within) {
    for (const std::uint32_t group : groups) {
      const auto where = found.first_in(group, line);
      if (!where) return {};
      out.push_back(*where);
    }
    return out;
  }
  const Lists lists = lists_of(found, groups, line);
  if (std::any_of(lists.begin(), lists.end(), [](const auto& list) { return list.empty(); }))
    return {};
  return wanted.ordered ? arrange_ordered(lists, wanted) : arrange_near(lists, *wanted.within);
}

}  // namespace svar::intents
