#include "intents/model/skeleton.h"

#include <algorithm>

namespace svar::intents {
namespace {

constexpr char kRounded = '$';  // ø, ö, øy, au

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_vowel(char c) {
  return std::string_view("aeiouy$").find(c) != std::string_view::npos;
}

// The letter that stands for a two-byte one: å sounds like o in most dialects, æ like e. 0 for
// others, which stay as they are.
char plain(unsigned char second) {
  switch (second) {
    case 0xA5:
      return 'o';  // å
    case 0xA6:
    case 0xA4:
      return 'e';  // æ ä
    case 0xB8:
    case 0xB6:
      return kRounded;  // ø ö
    default:
      return 0;
  }
}

}  // namespace

Skeleton::Skeleton(std::string_view word) {
  std::array<char, kBytesMax> letters;
  std::size_t size = 0;
  word = word.substr(0, kBytesMax);
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool pair = static_cast<unsigned char>(word[i]) == 0xC3 && i + 1 < word.size();
    const char letter = pair ? plain(static_cast<unsigned char>(word[i + 1])) : '\0';
    letters[size++] = letter != 0 ? letter : word[i] == 'w' ? 'v' : word[i];
    if (letter != 0) ++i;
  }
  hear({letters.data(), size});
  cut_ending();
}

void Skeleton::hear(std::string_view plain) {
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char letter = plain[i];
    const char next = i + 1 < plain.size() ? plain[i + 1] : '\0';
    const char before = i > 0 ? plain[i - 1] : '\0';
    if (i == 0 && next == 'v' && (letter == 'h' || letter == 'k')) {
      put('k');  // hv-, kv-
      ++i;
    } else if ((letter == 'e' && next == 'i') || (letter == kRounded && next == 'y')) {
      put(letter);  // ei, øy
      ++i;
    } else if (letter == 'a' && next == 'u') {
      put(kRounded);
      ++i;
    } else if (i == 0 && letter == 'h' && next == 'j') {
      continue;  // hj-
    } else if (letter == 'j' && i > 0 && !is_vowel(before)) {
      continue;  // kj, tj, sj
    } else if (letter == 'd' && (before == 'n' || before == 'l' || before == 'r')) {
      continue;  // nd, ld, rd
    } else {
      put(letter);
    }
  }
}

void Skeleton::put(char letter) {
  if (size_ > 0 && letters_[size_ - 1] == letter && !is_digit(letter)) return;
  letters_[size_++] = letter;
}

void Skeleton::cut_ending() {
  constexpr std::size_t kStemMin = 3;
  constexpr std::array<std::string_view, 12> kEndings = {"ane", "ene", "an", "en", "ar", "er",
                                                         "et",  "in",  "a",  "e",  "i",  "o"};
  for (const std::string_view ending : kEndings) {
    if (size_ < ending.size() + kStemMin || !text().ends_with(ending)) continue;
    size_ -= ending.size();
    return;
  }
}

}  // namespace svar::intents
