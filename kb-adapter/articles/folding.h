// Text folded for search only: case, accents, «å/aa/a», «ø/oe/o», «æ/ae», doubled letters and
// punctuation no longer differ.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace svar::kb {

// One folded word: its bytes in FoldedText::letters, and where it stood in the text.
struct FoldedWord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t source_begin = 0;
  std::uint32_t source_end = 0;
};

// The folded words of a text, in order. Meant to be used again: its memory is kept.
struct FoldedText {
  std::string letters;
  std::vector<FoldedWord> words;

  std::string_view word(const FoldedWord& one) const {
    return std::string_view(letters).substr(one.begin, one.end - one.begin);
  }
};

// Letters become ASCII where they can («Tømmekalender» → «tomekalender»), letters of other scripts
// stay, in small letters. Marks that nobody sees never split a word. Any bytes are accepted: what
// is not UTF-8 separates words. At most `letters_max` code points are read. Replaces what `out`
// held.
void fold(std::string_view text, std::size_t letters_max, FoldedText& out);

// The same, as strings of their own.
std::vector<std::string> fold_words(std::string_view text, std::size_t letters_max);

}  // namespace svar::kb
