#include "intents/word_trie.h"

#include <algorithm>
#include <deque>

namespace svar::intents {

WordTrie::WordTrie(std::vector<std::string> words) : words_(std::move(words)) {
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  // The words below a node are a range of the sorted words that agree in their first `depth` bytes.
  struct Range {
    std::uint32_t node;
    std::size_t begin, end, depth;
  };
  std::deque<Range> open{{0, 0, words_.size(), 0}};
  nodes_.emplace_back();
  labels_.push_back('\0');
  while (!open.empty()) {
    const Range range = open.front();
    open.pop_front();
    std::size_t at = range.begin;
    if (at < range.end && words_[at].size() == range.depth) {
      nodes_[range.node].number = static_cast<Number>(at++);
    }
    nodes_[range.node].children = static_cast<std::uint32_t>(nodes_.size());
    while (at < range.end) {
      const char label = words_[at][range.depth];
      std::size_t next = at;
      while (next < range.end && words_[next][range.depth] == label) ++next;
      open.push_back({static_cast<std::uint32_t>(nodes_.size()), at, next, range.depth + 1});
      nodes_.emplace_back();
      labels_.push_back(label);
      ++nodes_[range.node].count;
      at = next;
    }
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
