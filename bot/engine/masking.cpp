#include "bot/engine/masking.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace svar::engine {
namespace {

constexpr std::string_view kHidden = "•";
constexpr std::size_t kIdentityDigits = 11;
constexpr std::size_t kCardDigitsMin = 13;
constexpr std::size_t kCardDigitsMax = 19;
constexpr int kKidWordsBefore = 3;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits that belong together: their values and where each stands.
struct Number {
  std::vector<int> digits;
  std::vector<std::size_t> places;
  std::size_t end = 0;  // behind the last digit
};

std::size_t run_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

void take(std::string_view text, std::size_t at, std::size_t count, Number& number) {
  for (std::size_t i = at; i < at + count; ++i) {
    number.digits.push_back(text[i] - '0');
    number.places.push_back(i);
  }
  number.end = at + count;
}

// Bytes of one separator at `at`: a blank, dot or dash, also the unbreakable and typographic ones;
// 0 when there is none.
std::size_t separator(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kSeparators = {
      " ", ".", "-", "\xC2\xA0", "\xE2\x80\x93", "\xE2\x80\x91", "\xE2\x80\xAF"};
  for (const std::string_view one : kSeparators) {
    if (text.substr(at).starts_with(one)) return one.size();
  }
  return 0;
}

// Runs of exactly these lengths with one separator between each; nothing when the last run goes on.
std::optional<Number> grouped(std::string_view text, std::size_t at,
                              const std::vector<std::size_t>& sizes) {
  Number number;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (i > 0) {
      const std::size_t gap = separator(text, at);
      if (gap == 0) return std::nullopt;
      at += gap;
    }
    if (run_length(text, at) != sizes[i]) return std::nullopt;
    take(text, at, sizes[i], number);
    at = number.end;
  }
  return number;
}

// Day and month as the register writes them: D-numbers add 40 to the day, H-numbers 40 to the
// month, synthetic ones 65 or
// 80. Any day up to 31: a mistyped number is still somebody's. Source: navikt/fnrvalidator,
// December 2025.
bool has_plausible_date(const std::vector<int>& digits) {
  const int day = digits[0] * 10 + digits[1];
  const int month = digits[2] * 10 + digits[3];
  const auto between = [](int value, int low, int high) { return value >= low && value <= high; };
  const bool day_fits = between(day, 1, 31) || between(day, 41, 71);
  const bool month_fits = between(month, 1, 12) || between(month, 41, 52) ||
                          between(month, 66, 77) || between(month, 81, 92);
  return day_fits && month_fits;
}

// The last digit is the check digit. Source: ISO/IEC 7812-1, annex B.
bool passes_luhn(const std::vector<int>& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[digits.size() - 1 - i];
    if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

// Weights 5 4 3 2 7 6 5 4 3 2, modulus 11; a remainder of 1 has no check digit. Source: Bits,
// Norwegian account numbers.
bool passes_account_check(const std::vector<int>& digits) {
  static constexpr std::array<int, 10> kWeights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * digits[i];
  const int check = (11 - sum % 11) % 11;
  return check == digits[10];
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const auto letter = static_cast<unsigned char>(byte | 0x20);
  return byte >= 0x80 || is_digit(c) || (letter >= 'a' && letter <= 'z');
}

std::string lower(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

// «KID» stands within three words before, and no word about an account nearer than it.
bool is_called_kid(std::string_view text, std::size_t at) {
  for (int words = 0; words < kKidWordsBefore; ++words) {
    while (at > 0 && !is_word_byte(text[at - 1])) --at;
    const std::size_t end = at;
    while (at > 0 && is_word_byte(text[at - 1])) --at;
    if (at == end) return false;
    const std::string word = lower(text.substr(at, end - at));
    if (word.starts_with("kid")) return true;
    if (word.starts_with("konto") || word.starts_with("kort") || word.starts_with("account"))
      return false;
  }
  return false;
}

std::optional<Number> identity_at(std::string_view text, std::size_t at) {
  auto number = grouped(text, at, {kIdentityDigits});
  if (!number) number = grouped(text, at, {6, 5});
  if (!number || !has_plausible_date(number->digits)) return std::nullopt;
  return number;
}

std::optional<Number> card_at(std::string_view text, std::size_t at) {
  std::optional<Number> number;
  const std::size_t length = run_length(text, at);
  if (length >= kCardDigitsMin && length <= kCardDigitsMax) number = grouped(text, at, {length});
  for (const std::vector<std::size_t>& sizes :
       {std::vector<std::size_t>{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}}) {
    if (!number) number = grouped(text, at, sizes);
  }
  if (!number || number->digits[0] < 3 || number->digits[0] > 6) return std::nullopt;
  if (!passes_luhn(number->digits) || is_called_kid(text, at)) return std::nullopt;
  return number;
}

std::optional<Number> account_at(std::string_view text, std::size_t at) {
  auto number = grouped(text, at, {11});
  if (!number) number = grouped(text, at, {4, 2, 5});
  if (!number || !passes_account_check(number->digits) || is_called_kid(text, at))
    return std::nullopt;
  return number;
}

}  // namespace

Masked mask(std::string_view text) {
  std::vector<std::size_t> hidden;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::optional<Number> number = identity_at(text, at);
    if (!number) number = card_at(text, at);
    if (!number) number = account_at(text, at);
    if (!number) {
      at += run_length(text, at);
      continue;
    }
    hidden.insert(hidden.end(), number->places.begin(), number->places.end());
    at = number->end;
  }
  Masked out;
  out.changed = !hidden.empty();
  std::size_t from = 0;
  for (const std::size_t place : hidden) {
    out.text.append(text.substr(from, place - from)).append(kHidden);
    from = place + 1;
  }
  out.text.append(text.substr(from));
  return out;
}

}  // namespace svar::engine
