#include "intents/normal_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace svar::intents {
namespace {

constexpr UChar32 kFirstNeedingNfc = 0x300;  // every code point below is its own NFC

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool is_emoji(UChar32 c) {
  if (c < 0x203C) return false;
  return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
}

bool is_dropped(UChar32 c) {
  if (c == 0xAD) return true;  // soft hyphen
  if (c < kFirstNeedingNfc) return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
  if (c >= 0x1F3FB && c <= 0x1F3FF) return true;  // skin tones
  return u_charType(c) == U_FORMAT_CHAR || u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR);
}

bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0xB4;
}

bool is_vowel(UChar32 c) {
  switch (c) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
    case 0xE6:
    case 0xF8:
    case 0xE5:  // æ ø å
      return true;
    default:
      return false;
  }
}

bool ends_sentence(UChar32 c) {
  return c == '.' || c == '!' || c == '?' || c == '\n' || c == ':';
}

void append(std::string& out, UChar32 c) {
  if (c < 0x80) return out.push_back(static_cast<char>(c));
  char bytes[4];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  out.append(bytes, static_cast<std::size_t>(length));
}

// What ICU says of a code point. Asked once for the letters that nearly every message is made of.
struct Letter {
  UChar32 folded = 0;
  bool alnum = false;  // of `folded`
  bool alpha = false;
  bool upper = false;  // of the code point itself
};

Letter look_up(UChar32 c) {
  const UChar32 folded = u_foldCase(c, U_FOLD_CASE_DEFAULT);
  return {folded, u_isalnum(folded) != 0, u_isalpha(folded) != 0, u_isupper(c) != 0};
}

Letter letter(UChar32 c) {
  static const auto common = [] {
    std::array<Letter, 0x180> letters;
    for (std::size_t i = 0; i < letters.size(); ++i) letters[i] = look_up(static_cast<UChar32>(i));
    return letters;
  }();
  return c < static_cast<UChar32>(common.size()) ? common[static_cast<std::size_t>(c)] : look_up(c);
}

// Writes tokens one code point at a time.
class Writer {
 public:
  explicit Writer(NormalText& out, std::size_t size) : out_(out) {
    out_.text.reserve(size + 8);
    out_.tokens.reserve(size / 4 + 2);
  }

  void put(UChar32 raw, Span original) {
    if (is_dropped(raw)) return;
    const Letter known = letter(raw);
    const UChar32 c = known.folded;
    if (is_apostrophe(c) && inside_) return;
    if (is_emoji(c)) return put_emoji(c, original);
    if (!known.alnum && !(inside_ && is_mark(c))) return blank(c);
    count(known);
    if (!inside_) begin(known.upper, original);
    write(c);
    out_.tokens.back().original.end = original.end;
  }

  void blank(UChar32 c = ' ') {
    finish();
    if (ends_sentence(c)) sentence_ = true;
  }

  void finish() {
    if (!inside_) return;
    out_.tokens.back().end = static_cast<std::uint32_t>(out_.text.size());
    inside_ = false;
  }

  void close() {
    finish();
    out_.shouted = out_.letters >= 4 && capitals_ * 10 >= out_.letters * 8;
  }

 private:
  void begin(bool capital, Span original) {
    if (!out_.text.empty()) out_.text.push_back(' ');
    const auto at = static_cast<std::uint32_t>(out_.text.size());
    out_.tokens.push_back({at, at, original, capital, sentence_});
    sentence_ = false;
    inside_ = true;
    last_ = 0;
    repeats_ = 0;
  }

  // The third of a row of equal letters folds the row: vowels to one («heeelp»), others to two
  // («brannn»).
  void write(UChar32 c) {
    repeats_ = c == last_ ? repeats_ + 1 : 1;
    last_ = c;
    if (repeats_ < 3 || u_isdigit(c)) {
      append(out_.text, c);
    } else if (repeats_ == 3 && is_vowel(c)) {
      out_.text.resize(out_.text.size() - static_cast<std::size_t>(U8_LENGTH(c)));
    }
  }

  void put_emoji(UChar32 c, Span original) {
    finish();
    std::string emoji;
    append(emoji, c);
    out_.emoji.push_back(std::move(emoji));
    out_.emoji_originals.push_back(original);
  }

  void count(const Letter& known) {
    if (!known.alpha) return;
    ++out_.letters;
    if (known.upper) ++capitals_;
    const UChar32 c = known.folded;
    if (c < 0x370) return;  // Latin and its neighbours
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (U_FAILURE(status) || script == USCRIPT_LATIN || script == USCRIPT_COMMON) return;
    if (out_.foreign_letters++ == 0) out_.script = uscript_getName(script);
  }

  NormalText& out_;
  bool inside_ = false;
  bool sentence_ = true;
  UChar32 last_ = 0;
  int repeats_ = 0;
  int capitals_ = 0;
};

// A stretch that NFC may change: from one boundary to the next; every code point of the result
// stands for all of it.
void put_composed(Writer& writer, const icu::Normalizer2& nfc, std::string_view stretch,
                  Span original) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString composed = nfc.normalize(
      icu::UnicodeString::fromUTF8({stretch.data(), static_cast<std::int32_t>(stretch.size())}),
      status);
  if (U_FAILURE(status)) return writer.blank();
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    writer.put(composed.char32At(i), original);
  }
}

bool begins_stretch(const icu::Normalizer2& nfc, std::string_view message, std::size_t at) {
  if (at >= message.size()) return true;
  if (static_cast<unsigned char>(message[at]) < 0xCC) return true;  // U+0300 begins with 0xCC
  auto offset = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(message.data(), offset, static_cast<std::int32_t>(message.size()), c);
  return c < 0 || nfc.hasBoundaryBefore(c);
}

std::uint32_t decode_letter(std::string_view word, std::size_t& at) {
  auto offset = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(word.data(), offset, static_cast<std::int32_t>(word.size()), c);
  at = static_cast<std::size_t>(offset);
  return c < 0 ? 0xFFFD : static_cast<std::uint32_t>(c);
}

// The letter without ring, stroke or accent; 0 when it is none of those.
char plain(std::uint32_t c) {
  switch (c) {
    case 0xE5:
    case 0xE6:
    case 0xE4:
    case 0xE0:
    case 0xE1:
    case 0xE2:
      return 'a';  // å æ ä à á â
    case 0xF8:
    case 0xF6:
    case 0xF2:
    case 0xF3:
    case 0xF4:
      return 'o';  // ø ö ò ó ô
    case 0xE8:
    case 0xE9:
    case 0xEA:
    case 0xEB:
      return 'e';
    case 0xFC:
      return 'u';
    default:
      return 0;
  }
}

std::string fold_with(std::string_view word, bool digraphs, bool doubled) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const char byte = word[at];
    if (static_cast<unsigned char>(byte) >= 0x80) {
      const std::size_t begin = at;
      const char letter = plain(decode_letter(word, at));
      if (letter == 0) {
        out.append(word.substr(begin, at - begin));
        continue;
      }
      out.push_back(letter);
    } else {
      ++at;
      out.push_back(byte);
    }
    if (digraphs && at < word.size()) {
      const bool pair =
          (byte == 'a' && (word[at] == 'a' || word[at] == 'e')) || (byte == 'o' && word[at] == 'e');
      if (pair) ++at;
    }
    if (doubled && out.size() >= 2 && out[out.size() - 2] == out.back() && out.back() > '9')
      out.pop_back();
  }
  return out;
}

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace

NormalText normalise(std::string_view message, int code_points_max) {
  static const icu::Normalizer2* const nfc = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
  }();
  NormalText out;
  Writer writer(out, std::min<std::size_t>(message.size(), 16'000));
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(message.size(), INT32_MAX));
  std::int32_t at = 0;
  for (int count = 0; at < size && count < code_points_max; ++count) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(message.data(), at, size, c);
    const Span one{static_cast<std::size_t>(begin), static_cast<std::size_t>(at)};
    if (c < 0) {
      writer.blank();
    } else if (c < kFirstNeedingNfc && begins_stretch(*nfc, message, one.end)) {
      writer.put(c, one);
    } else {
      while (at < size && !begins_stretch(*nfc, message, static_cast<std::size_t>(at))) {
        U8_FWD_1(message.data(), at, size);
      }
      const Span all{one.begin, static_cast<std::size_t>(at)};
      put_composed(writer, *nfc, message.substr(all.begin, all.end - all.begin), all);
    }
  }
  writer.close();
  return out;
}

std::string fold_letter_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::UnicodeString composed = nfc->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  std::string out;
  if (U_FAILURE(status)) return std::string(text);
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    append(out, c < 0x80 ? c : u_foldCase(c, U_FOLD_CASE_DEFAULT));
  }
  return out;
}

std::string fold(std::string_view word) {
  return fold_with(word, letters_in(word) >= 4, true);
}

std::string fold_letters(std::string_view word) {
  const std::size_t letters = letters_in(word);
  if (letters < 3) return std::string(word);
  return fold_with(word, letters >= 4, false);
}

}  // namespace svar::intents
