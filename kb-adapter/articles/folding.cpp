#include "kb-adapter/articles/folding.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace svar::kb {
namespace {

// What a letter of Latin-1 (U+00C0…U+00FF) is read as; empty for × and ÷.
constexpr std::array<std::string_view, 32> kLatin1{
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o",  "o", "o",  "",  "o", "u", "u", "u", "u", "y", "t", "s"};

// Appends, reading doubled letters as one («bussen», «buusen») and «oe» as «o»; digits are kept.
void append_folded(std::string& letters, std::size_t word_begin, std::string_view more) {
  for (const char letter : more) {
    const bool digit = letter >= '0' && letter <= '9';
    const bool first = letters.size() == word_begin;
    if (!digit && !first && letters.back() == letter) continue;
    if (letter == 'e' && !first && letters.back() == 'o') continue;
    letters += letter;
  }
}

// Č → C: the letter without what stands above or below it, if there is one.
UChar32 base_of(UChar32 point) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const canonical = unorm2_getNFCInstance(&error);
  if (U_FAILURE(error) != 0) return point;
  std::array<UChar, 8> parts{};
  const std::int32_t length = unorm2_getDecomposition(
      canonical, point, parts.data(), static_cast<std::int32_t>(parts.size()), &error);
  if (U_FAILURE(error) != 0 || length <= 0) return point;
  UChar32 base = 0;
  std::int32_t at = 0;
  U16_NEXT(parts.data(), at, length, base);
  return base;
}

enum class Read { letter, nothing, border };

// What is neither ASCII nor Latin-1. Doubled letters stay: in other scripts they may tell words
// apart.
Read append_other(std::string& letters, std::size_t word_begin, UChar32 point) {
  constexpr std::uint32_t kAccents = 0x300;
  constexpr std::uint32_t kAccentsEnd = 0x370;
  constexpr UChar32 kComposedScriptsEnd =
      0x2000;  // Latin, Greek, Cyrillic; a syllable of Hangul is no base with marks
  const auto number = static_cast<std::uint32_t>(point);
  if (number >= kAccents && number < kAccentsEnd) return Read::nothing;
  if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return Read::nothing;
  if ((U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) == 0) return Read::border;
  const UChar32 folded =
      u_foldCase(point < kComposedScriptsEnd ? base_of(point) : point, U_FOLD_CASE_DEFAULT);
  if (folded < 0x80) {
    const char letter = static_cast<char>(folded);
    append_folded(letters, word_begin, {&letter, 1});
    return Read::letter;
  }
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, folded);
  letters.append(bytes.data(), static_cast<std::size_t>(length));
  return Read::letter;
}

Read append_point(std::string& letters, std::size_t word_begin, UChar32 point) {
  if (point < 0) return Read::border;
  if (point < 0x80) {
    const char letter =
        static_cast<char>(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
    if (!((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')))
      return Read::border;
    append_folded(letters, word_begin, {&letter, 1});
    return Read::letter;
  }
  if (point >= 0xC0 && point <= 0xFF) {
    const std::string_view read = kLatin1[static_cast<std::size_t>(point - 0xC0) % kLatin1.size()];
    append_folded(letters, word_begin, read);
    return read.empty() ? Read::border : Read::letter;
  }
  return append_other(letters, word_begin, point);
}

}  // namespace

void fold(std::string_view text, std::size_t letters_max, FoldedText& out) {
  out.letters.clear();
  out.words.clear();
  FoldedWord word;
  const auto end_word = [&] {
    word.end = static_cast<std::uint32_t>(out.letters.size());
    if (word.end > word.begin) out.words.push_back(word);
    word.begin = word.end;
  };
  const auto length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), INT32_MAX));
  std::int32_t at = 0;
  for (std::size_t read = 0; at < length && read < letters_max; ++read) {
    const auto before = static_cast<std::uint32_t>(at);
    UChar32 point = 0;
    U8_NEXT(text.data(), at, length, point);
    switch (append_point(out.letters, word.begin, point)) {
      case Read::letter:
        if (word.begin == word.end) word.source_begin = before;
        word.end = static_cast<std::uint32_t>(out.letters.size());
        word.source_end = static_cast<std::uint32_t>(at);
        break;
      case Read::nothing:
        if (word.begin != word.end) word.source_end = static_cast<std::uint32_t>(at);
        break;
      case Read::border:
        end_word();
        break;
    }
  }
  end_word();
}

std::vector<std::string> fold_words(std::string_view text, std::size_t letters_max) {
  FoldedText folded;
  fold(text, letters_max, folded);
  std::vector<std::string> words;
  words.reserve(folded.words.size());
  for (const FoldedWord& word : folded.words) words.emplace_back(folded.word(word));
  return words;
}

}  // namespace svar::kb
