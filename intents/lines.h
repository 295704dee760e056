// The views of a message that rules look into, each a line of words: as written, in its reading,
// compounds split or joined, mended. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "intents/word_reading.h"

namespace svar::intents {

// The word's first four bytes as a number, filled up with nought.
inline std::uint32_t front_bytes(std::string_view word) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, word.data(), std::min(word.size(), sizeof bytes));
  return bytes;
}

// Every word has its delimiter on both sides, so that a pattern can ask for a border without taking
// the neighbour's: ' '; or '_' in the line without Norwegian letters, which safety rules alone look
// into. A line ends with a line feed.
class Lines {
 public:
  struct Word {
    std::uint32_t begin = 0, end = 0;
    Span original;
    How how = How::written;
  };
  struct Line {
    std::size_t first = 0, last = 0;  // words [first, last)
    char delimiter = ' ';
  };

  void begin(char delimiter);
  void add(std::string_view word, Span original, How how);
  void end();

  std::string_view buffer() const { return buffer_; }
  const std::vector<Line>& all() const { return lines_; }
  std::string_view word(std::size_t index) const {
    return std::string_view(buffer_).substr(words_[index].begin,
                                            words_[index].end - words_[index].begin);
  }
  const Word& at(std::size_t index) const { return words_[index]; }
  std::uint32_t front(std::size_t index) const { return front_bytes(word(index)); }

 private:
  std::string buffer_ = "\n";
  std::vector<Word> words_;
  std::vector<Line> lines_;
};

}  // namespace svar::intents
