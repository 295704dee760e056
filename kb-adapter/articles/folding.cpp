#include "kb-adapter/articles/folding.h"

#include <array>
#include <cstdint>
#include <utility>

namespace svar::kb {
namespace {

constexpr char32_t kInvalid = 0xFFFFFFFF;

// The shortest form only, no half of a surrogate pair, nothing beyond Unicode.
bool is_well_formed(char32_t point, std::size_t length) {
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  return point >= kLeast[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

// Takes one code point off the front; kInvalid for bytes that are none.
char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80    ? 1
                             : first >= 0xF0 ? 4
                             : first >= 0xE0 ? 3
                             : first >= 0xC2 ? 2
                                             : 0;
  if (length == 0 || length > text.size() || first > 0xF4) {
    text.remove_prefix(1);
    return kInvalid;
  }
  char32_t point = length == 1 ? first : first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) {
      text.remove_prefix(i);
      return kInvalid;
    }
    point = point << 6 | (next & 0x3Fu);
  }
  text.remove_prefix(length);
  return is_well_formed(point, length) ? point : kInvalid;
}

// What a letter of Latin-1 (U+00C0…U+00FF) is read as; empty for × and ÷.
constexpr std::array<std::string_view, 32> kLatin1{
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o",  "o", "o",  "",  "o", "u", "u", "u", "u", "y", "t", "s"};

bool is_combining(char32_t point) {
  return point >= 0x300 && point <= 0x36F;
}

// Letters of other scripts; punctuation, symbols and pictures separate words.
bool is_other_letter(char32_t point) {
  return (point >= 0x100 && point < 0x2000) || (point >= 0x3040 && point < 0xE000);
}

void append_utf8(std::string& word, char32_t point) {
  if (point < 0x800) {
    word += static_cast<char>(0xC0u | point >> 6);
  } else {
    word += static_cast<char>(0xE0u | point >> 12);
    word += static_cast<char>(0x80u | (point >> 6 & 0x3Fu));
  }
  word += static_cast<char>(0x80u | (point & 0x3Fu));
}

// Appends, reading doubled letters as one («bussen», «buusen»); digits are kept.
void append_folded(std::string& word, std::string_view letters) {
  for (const char letter : letters) {
    const bool digit = letter >= '0' && letter <= '9';
    if (digit || word.empty() || word.back() != letter) word += letter;
  }
}

// Appends what `point` is read as; false when it separates words.
bool append_point(std::string& word, char32_t point) {
  if (point < 0x80) {
    const char letter =
        static_cast<char>(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))) return false;
    append_folded(word, {&letter, 1});
    return true;
  }
  if (point >= 0xC0 && point <= 0xFF) {
    const std::string_view read = kLatin1[(point - 0xC0) % 32];
    append_folded(word, read);
    return !read.empty();
  }
  if (is_combining(point)) return true;
  if (!is_other_letter(point)) return false;
  append_utf8(word, point);
  return true;
}

}  // namespace

std::vector<std::string> fold_words(std::string_view text, std::size_t letters_max) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t letters = 0; !text.empty() && letters < letters_max; ++letters) {
    const char32_t point = take_code_point(text);
    if (point != kInvalid && append_point(word, point)) continue;
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace svar::kb
