#include "bot/engine/masking.h"

#include <algorithm>
#include <array>
#include <optional>

#include "bot/engine/digits.h"

namespace svar::engine {
namespace {

constexpr std::string_view kDot = "•";
constexpr int kWordsBefore = 3;  // as far as a number's name is looked for
constexpr std::size_t kPersonalDigits = 5;
constexpr std::size_t kIbanPrefixDigits = 2;
constexpr int kCardDigitsMin = 13;
constexpr int kCardDigitsMax = 19;

using Sizes = std::vector<int>;

// Day and month as the register writes them: D-numbers add 40 to the day, H-numbers 40 to the
// month, synthetic ones 65 or 80. Any day up to 31: a mistyped number is still somebody's. Source:
// navikt/fnrvalidator, December 2025.
bool has_plausible_date(const Digits& digits, std::size_t from) {
  const int day = digits[from].value * 10 + digits[from + 1].value;
  const int month = digits[from + 2].value * 10 + digits[from + 3].value;
  const auto between = [](int value, int low, int high) { return value >= low && value <= high; };
  const bool day_fits = between(day, 1, 31) || between(day, 41, 71);
  const bool month_fits = between(month, 1, 12) || between(month, 41, 52) ||
                          between(month, 66, 77) || between(month, 81, 92);
  return day_fits && month_fits;
}

// A day, a month and a year in full that somebody alive may be born in. Later years are left out:
// «31.12.2025 00412» is a meter and its reading.
bool has_birthday(const Digits& digits, std::size_t from) {
  int year = 0;
  for (std::size_t i = 4; i < 8; ++i) year = year * 10 + digits[from + i].value;
  return has_plausible_date(digits, from) && year >= 1900 && year <= 2020;
}

// The last digit is the check digit. Source: ISO/IEC 7812-1, annex B.
bool passes_luhn(const Digits& digits, std::size_t from, std::size_t count) {
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    int value = digits[from + count - 1 - i].value;
    if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return sum % 10 == 0;
}

// Weights 5 4 3 2 7 6 5 4 3 2, modulus 11; a remainder of 1 has no check digit. Source: Bits,
// Norwegian account numbers.
bool passes_account_check(const Digits& digits, std::size_t from) {
  static constexpr std::array<int, 10> kWeights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * digits[from + i].value;
  return (11 - sum % 11) % 11 == digits[from + kWeights.size()].value;
}

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const auto letter = static_cast<unsigned char>(byte | 0x20);
  return byte >= 0x80 || (letter >= 'a' && letter <= 'z');
}

bool is_word_byte(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

std::string lower(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

// The words before `at`, nearest first, in small letters.
std::vector<std::string> words_before(std::string_view text, std::size_t at) {
  std::vector<std::string> words;
  while (words.size() < kWordsBefore) {
    while (at > 0 && !is_word_byte(text[at - 1])) --at;
    const std::size_t end = at;
    while (at > 0 && is_word_byte(text[at - 1])) --at;
    if (at == end) break;
    words.push_back(lower(text.substr(at, end - at)));
  }
  return words;
}

template <std::size_t N>
bool begins_with_any(const std::string& word, const std::array<std::string_view, N>& stems) {
  return std::any_of(stems.begin(), stems.end(),
                     [&](std::string_view stem) { return word.starts_with(stem); });
}

// «KID» stands within three words before, and no word about an account nearer than it.
bool is_called_kid(std::string_view text, const Digit& digit) {
  static constexpr std::array<std::string_view, 3> kOthers = {"konto", "kort", "account"};
  for (const std::string& word : words_before(text, digit.begin)) {
    if (word.starts_with("kid")) return true;
    if (begins_with_any(word, kOthers)) return false;
  }
  return false;
}

bool is_called_personal(std::string_view text, const Digit& digit) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "personn", "persnr", "pnr", "fødselsn", "fodselsn", "fødsels", "fnr", "siste"};
  const std::vector<std::string> words = words_before(text, digit.begin);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return begins_with_any(word, kNames); });
}

std::optional<std::size_t> any_grouping(const Digits& digits, std::size_t from,
                                        const std::vector<Sizes>& groupings) {
  for (const Sizes& sizes : groupings) {
    if (auto count = grouped(digits, from, sizes)) return count;
  }
  return std::nullopt;
}

// How many digits from here on are an identity number; the ways people set it apart.
std::optional<std::size_t> identity_at(std::string_view text, const Digits& digits,
                                       std::size_t from) {
  static const std::vector<Sizes> kWhole = {{11}, {6, 5}};
  static const std::vector<Sizes> kApart = {{2, 2, 2, 5}, {2, 2, 2, 3, 2}, {6, 3, 2},   {6, 2, 3},
                                            {2, 9},       {4, 7},          {9, 2},      {4, 2, 5},
                                            {3, 3, 5},    {3, 3, 3, 2},    Sizes(11, 1)};
  static const std::vector<Sizes> kLongYear = {{2, 2, 4, 5}, {8, 5}, {2, 2, 4, 3, 2}};
  std::optional<std::size_t> count = any_grouping(digits, from, kWhole);
  const bool abroad = digits[from].begin > 0 && text[digits[from].begin - 1] == '+';
  if (!count && !abroad) count = any_grouping(digits, from, kApart);
  if (count && has_plausible_date(digits, from)) return count;
  count = any_grouping(digits, from, kLongYear);
  if (count && has_birthday(digits, from)) return count;
  count = grouped(digits, from, {kPersonalDigits});
  if (count && is_called_personal(text, digits[from])) return count;
  return std::nullopt;
}

std::optional<std::size_t> card_at(std::string_view text, const Digits& digits, std::size_t from) {
  static const std::vector<Sizes> kGroupings = [] {
    std::vector<Sizes> out = {{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 5}};
    for (int length = kCardDigitsMin; length <= kCardDigitsMax; ++length) out.push_back({length});
    return out;
  }();
  const auto count = any_grouping(digits, from, kGroupings);
  if (!count || digits[from].value < 3 || digits[from].value > 6) return std::nullopt;
  if (!passes_luhn(digits, from, *count) || is_called_kid(text, digits[from])) return std::nullopt;
  return count;
}

std::optional<std::size_t> account_at(std::string_view text, const Digits& digits,
                                      std::size_t from) {
  static const std::vector<Sizes> kGroupings = {{11}, {4, 2, 5}, {4, 7}};
  const auto count = any_grouping(digits, from, kGroupings);
  if (!count || !passes_account_check(digits, from)) return std::nullopt;
  if (is_called_kid(text, digits[from])) return std::nullopt;
  return count;
}

// «NO93 8601 1117 947»: two check digits, then the account.
std::optional<std::size_t> iban_at(std::string_view text, const Digits& digits, std::size_t from) {
  static const std::vector<Sizes> kGroupings = {{13}, {2, 4, 4, 3}, {2, 11}, {2, 4, 2, 5}};
  const auto count = any_grouping(digits, from, kGroupings);
  const std::vector<std::string> words = words_before(text, digits[from].begin);
  if (!count || words.empty() || !words.front().ends_with("no")) return std::nullopt;
  if (!passes_account_check(digits, from + kIbanPrefixDigits)) return std::nullopt;
  return count;
}

struct Found {
  Hidden what;
  std::size_t count;
};

std::optional<Found> find_at(std::string_view text, const Digits& digits, std::size_t from) {
  if (auto count = identity_at(text, digits, from)) return Found{Hidden::identity, *count};
  if (auto count = card_at(text, digits, from)) return Found{Hidden::card, *count};
  if (auto count = account_at(text, digits, from)) return Found{Hidden::account, *count};
  if (auto count = iban_at(text, digits, from)) return Found{Hidden::account, *count};
  return std::nullopt;
}

// Builds the masked text, digit after digit.
class Hiding {
 public:
  explicit Hiding(std::string_view text) : text_(text) {}

  void hide(Hidden what, const Digits& digits, std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < from + count; ++i) {
      out_.text.append(text_.substr(done_, digits[i].begin - done_)).append(kDot);
      done_ = digits[i].end;
    }
    if (std::find(out_.hidden.begin(), out_.hidden.end(), what) == out_.hidden.end()) {
      out_.hidden.push_back(what);
    }
  }
  Masked take() {
    out_.text.append(text_.substr(done_));
    return std::move(out_);
  }

 private:
  std::string_view text_;
  std::size_t done_ = 0;
  Masked out_;
};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view address) {
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool coded = address[i] == '%' && i + 2 < address.size() && hex(address[i + 1]) >= 0 &&
                       hex(address[i + 2]) >= 0;
    if (coded) {
      out.push_back(static_cast<char>(hex(address[i + 1]) * 16 + hex(address[i + 2])));
      i += 2;
    } else {
      out.push_back(address[i]);
    }
  }
  return out;
}

// Whether every word is one that people put around a number and that says nothing itself.
bool is_courtesy(std::string_view text) {
  static constexpr std::array<std::string_view, 37> kWords = {"hei",
                                                              "ok",
                                                              "takk",
                                                              "og",
                                                              "så",
                                                              "her",
                                                              "er",
                                                              "det",
                                                              "dei",
                                                              "de",
                                                              "siste",
                                                              "fem",
                                                              "resten",
                                                              "kjem",
                                                              "kommer",
                                                              "ver",
                                                              "vær",
                                                              "god",
                                                              "snill",
                                                              "personnummer",
                                                              "personnr",
                                                              "pnr",
                                                              "personnummeret",
                                                              "sifra",
                                                              "sifrene",
                                                              "siffer",
                                                              "min",
                                                              "mitt",
                                                              "mine",
                                                              "da",
                                                              "please",
                                                              "thanks",
                                                              "the",
                                                              "last",
                                                              "five",
                                                              "digits",
                                                              "on"};
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    const std::string word = lower(text.substr(at, end - at));
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return false;
    at = end;
  }
  return true;
}

}  // namespace

Masked mask(std::string_view text) {
  const Digits digits = digits_of(text);
  Hiding hiding(text);
  for (std::size_t at = 0; at < digits.size();) {
    const auto found =
        digits.size() - at < kPersonalDigits ? std::nullopt : find_at(text, digits, at);
    if (!found) {
      ++at;
      continue;
    }
    hiding.hide(found->what, digits, at, found->count);
    at += found->count;
  }
  return hiding.take();
}

std::string mask_address(std::string_view address) {
  const std::string_view path = address.substr(0, address.find_first_of("?#"));
  Masked decoded = mask(percent_decoded(path));
  return decoded.changed() ? std::move(decoded.text) : std::string(path);
}

bool is_first_half(std::string_view text) {
  static const std::vector<Sizes> kDates = {{6}, {2, 2, 2}};
  static const std::vector<Sizes> kLongDates = {{8}, {2, 2, 4}};
  const Digits digits = digits_of(text);
  if (digits.size() == 6) return any_grouping(digits, 0, kDates) && has_plausible_date(digits, 0);
  return digits.size() == 8 && any_grouping(digits, 0, kLongDates) && has_birthday(digits, 0);
}

bool is_second_half(std::string_view text) {
  static const std::vector<Sizes> kRest = {{5}, {3, 2}, {2, 3}, Sizes(5, 1)};
  const Digits digits = digits_of(text);
  return digits.size() == kPersonalDigits && any_grouping(digits, 0, kRest) && is_courtesy(text);
}

Masked mask_second_half(std::string_view text) {
  const Digits digits = digits_of(text);
  Hiding hiding(text);
  hiding.hide(Hidden::identity, digits, 0, digits.size());
  return hiding.take();
}

}  // namespace svar::engine
