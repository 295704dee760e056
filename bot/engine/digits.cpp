#include "bot/engine/digits.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <numeric>

namespace svar::engine {
namespace {

constexpr int kSeparatorCharactersMax = 3;  // «058595 - 12390»
constexpr UChar32 kMinus = 0x2212;
constexpr UChar32 kMiddleDot = 0x00B7;

// What stands between two digits.
class Between {
 public:
  void see(UChar32 c) {
    if (words_) return;
    if (c >= 0 && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return;
    ++characters_;
    if (c >= 0 && u_isUWhiteSpace(c)) return;
    ++marks_;
    if (!is_mark(c)) words_ = true;
  }
  Joint joint() const {
    if (characters_ == 0) return Joint::joined;
    const bool one = !words_ && marks_ <= 1 && characters_ <= kSeparatorCharactersMax;
    return one ? Joint::separated : Joint::apart;
  }

 private:
  // No slash and no comma: «24/00123» is a case, «058595,12390» two amounts.
  static bool is_mark(UChar32 c) {
    return c == '.' || c == '_' || c == kMiddleDot || c == kMinus ||
           (c >= 0 && u_charType(c) == U_DASH_PUNCTUATION);
  }
  int characters_ = 0;
  int marks_ = 0;
  bool words_ = false;
};

// -1 when it is none. Nearly all that people write is ASCII: no table is asked for that.
int digit_value(UChar32 c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? c - '0' : -1;
  return u_charDigitValue(c);
}

}  // namespace

Digits digits_of(std::string_view text) {
  Digits out;
  Between between;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    const int value = digit_value(c);
    if (value < 0) {
      if (!out.empty()) between.see(c);
      continue;
    }
    out.push_back({value, static_cast<std::size_t>(begin), static_cast<std::size_t>(at),
                   out.empty() ? Joint::apart : between.joint()});
    between = {};
  }
  return out;
}

std::optional<std::size_t> grouped(const Digits& digits, std::size_t from,
                                   const std::vector<int>& sizes) {
  const auto count = static_cast<std::size_t>(std::accumulate(sizes.begin(), sizes.end(), 0));
  if (from + count > digits.size()) return std::nullopt;
  if (digits[from].joint == Joint::joined) return std::nullopt;
  std::size_t at = from;
  for (const int size : sizes) {
    if (at != from && digits[at].joint != Joint::separated) return std::nullopt;
    for (int i = 1; i < size; ++i) {
      if (digits[at + static_cast<std::size_t>(i)].joint != Joint::joined) return std::nullopt;
    }
    at += static_cast<std::size_t>(size);
  }
  if (at < digits.size() && digits[at].joint == Joint::joined) return std::nullopt;
  return count;
}

}  // namespace svar::engine
