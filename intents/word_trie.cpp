#include "intents/word_trie.h"

#include <algorithm>

namespace svar::intents {

WordTrie::WordTrie(std::vector<std::string> words) : words_(std::move(words)) {
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  // The words below a node are a range of the sorted words that agree in their first `depth` bytes.
  struct Range {
    std::uint32_t node = 0;
    std::size_t begin = 0, end = 0, depth = 0;
    std::size_t size() const { return end - begin; }
  };
  std::vector<Range> open{{0, 0, words_.size(), 0}};
  std::vector<Range> children;
  nodes_.emplace_back();
  while (!open.empty()) {
    const Range range = open.back();
    open.pop_back();
    std::size_t at = range.begin;
    if (at < range.end && words_[at].size() == range.depth) {
      nodes_[range.node].number = static_cast<Number>(at++);
    }
    children.clear();
    while (at < range.end) {
      const char label = words_[at][range.depth];
      const std::size_t begin = at;
      while (at < range.end && words_[at][range.depth] == label) ++at;
      children.push_back({0, begin, at, range.depth + 1});
    }
    if (children.empty()) continue;
    // Those with the most words first: they are looked for most.
    std::stable_sort(children.begin(), children.end(),
                     [](const Range& a, const Range& b) { return a.size() > b.size(); });
    nodes_[range.node].children = static_cast<std::uint32_t>(nodes_.size());
    for (Range& child : children) {
      const char label = words_[child.begin][range.depth];
      child.node = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({0, kNone, label, false});
      if (range.node == 0) first_[static_cast<unsigned char>(label)] = child.node;
    }
    nodes_.back().last = true;
    open.insert(open.end(), children.begin(), children.end());
  }
}

WordTrie::Number WordTrie::find(std::string_view word) const {
  std::uint32_t at = 0;
  if (nodes_.empty() || word.empty()) return kNone;
  for (const char byte : word) {
    at = child(at, byte);
    if (at == 0) return kNone;
  }
  return nodes_[at].number;
}

}  // namespace svar::intents
