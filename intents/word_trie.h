// A set of words found by walking a word's bytes once: the word itself and everything in the set
// that it begins with. Flat and small, because what a message costs is mostly what its look-ups
// drag into the processor's cache.
//
// Threads: immutable after close; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace svar::intents {

class WordTrie {
 public:
  using Number = std::uint32_t;
  static constexpr Number kNone = UINT32_MAX;

  // `words` may hold repeats; word i of the sorted set without repeats gets number i.
  WordTrie() = default;
  explicit WordTrie(std::vector<std::string> words);

  std::size_t size() const { return words_.size(); }
  const std::string& word(Number number) const { return words_[number]; }

  // The number of exactly this word.
  Number find(std::string_view word) const;

  // Calls use(length, number) for everything in the set that `word` begins with, shortest first;
  // the word itself, when it is there, comes last with its whole length.
  template <class Use>
  void walk(std::string_view word, Use use) const {
    std::uint32_t at = 0;
    for (std::size_t length = 0; length < word.size() && !nodes_.empty(); ++length) {
      at = child(at, word[length]);
      if (at == 0) return;
      if (nodes_[at].number != kNone) use(length + 1, nodes_[at].number);
    }
  }

 private:
  struct Node {
    std::uint32_t children = 0;  // the first; they stand side by side; 0 for none
    Number number = kNone;
    char label = '\0';  // the byte that leads here
    bool last = false;  // of its siblings
  };
  // 0, the root, when there is none.
  std::uint32_t child(std::uint32_t of, char byte) const {
    if (of == 0) return first_[static_cast<unsigned char>(byte)];
    std::uint32_t at = nodes_[of].children;
    if (at == 0) return 0;
    while (nodes_[at].label != byte) {
      if (nodes_[at].last) return 0;
      ++at;
    }
    return at;
  }

  std::vector<std::string> words_;
  std::vector<Node> nodes_;  // depth first: the rest of a word that shares it with none is a row
  std::array<std::uint32_t, 256> first_{};  // the root's children, by byte
};

}  // namespace svar::intents
