#include "bot/engine/form_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "bot/engine/form_phrases.h"
#include "bot/engine/pending_answer.h"

namespace svar::engine {
namespace {

constexpr std::size_t kPhoneDigitsMin = 8;
constexpr std::size_t kPhoneDigitsMax = 15;
constexpr std::size_t kPlaceLettersMin = 3;
constexpr std::size_t kTextLettersMin = 2;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view part(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Letters and digits, in code points; marks of hidden numbers do not count.
std::size_t letters_in(std::string_view words) {
  const intents::NormalText normal = intents::normalise(words);
  return code_points(normal.text) -
         static_cast<std::size_t>(std::count(normal.text.begin(), normal.text.end(), ' '));
}

// Digits in one run, blanks between allowed: «99 99 99 99», «+47 999 99 999».
bool holds_phone(std::string_view words) {
  std::size_t digits = 0;
  const auto fits = [&] { return digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax; };
  for (const char c : words) {
    if (is_digit(c)) {
      ++digits;
    } else if (c != ' ' && c != '-') {
      if (fits()) return true;
      digits = 0;
    }
  }
  return fits();
}

bool is_email(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  const std::size_t at = word.find('@');
  if (at == std::string_view::npos || at == 0 || word.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot > at + 1 && dot + 2 < word.size();
}

bool holds_email(std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = static_cast<std::size_t>(
        std::find_if(words.begin(), words.end(), is_blank) - words.begin());
    if (is_email(words.substr(0, end))) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

// Runs of digits: «24.11.2026» gives 24, 11, 2026.
std::vector<int> numbers_in(std::string_view words) {
  std::vector<int> numbers;
  for (std::size_t at = 0; at < words.size();) {
    if (!is_digit(words[at])) {
      ++at;
      continue;
    }
    int number = 0;
    const auto [end, error] =
        std::from_chars(words.data() + at, words.data() + words.size(), number);
    numbers.push_back(error == std::errc() ? number : -1);
    at = static_cast<std::size_t>(end - words.data());
  }
  return numbers;
}

// The day exists; without a year any leap day does.
bool is_day(int year, int month, int day) {
  using namespace std::chrono;
  return month > 0 && day > 0 &&
         year_month_day{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day))}
             .ok();
}

bool is_date(std::string_view words) {
  static const Phrases named = {"i dag",  "idag",    "i går", "igår",      "i morgon", "i morgen",
                                "i natt", "i kveld", "today", "yesterday", "tomorrow"};
  constexpr int kLeapYear = 2024;
  constexpr int kCentury = 2000;
  if (named.find(folds_of(intents::normalise(words)))) return true;
  const std::vector<int> numbers = numbers_in(words);
  if (numbers.size() == 2) return is_day(kLeapYear, numbers[1], numbers[0]);
  if (numbers.size() != 3) return false;
  if (numbers[0] > 31) return is_day(numbers[0], numbers[1], numbers[2]);
  return is_day(numbers[2] < 100 ? kCentury + numbers[2] : numbers[2], numbers[1], numbers[0]);
}

const FormOption* by_words(const FormField& field, const std::vector<std::string>& folds) {
  const FormOption* best = nullptr;
  for (const FormOption& option : field.options) {
    std::vector<std::string> words = option.words;
    for (const Language language : {Language::nn, Language::nb, Language::en}) {
      words.push_back(option.label.in(language));
    }
    if (!Phrases(words).find(folds)) continue;
    if (best != nullptr) return nullptr;  // fits two of them
    best = &option;
  }
  return best;
}

const FormOption* picked(const FormField& field, const intents::NormalText& text) {
  if (const std::optional<int> place = ordinal(text)) {
    const auto count = static_cast<int>(field.options.size());
    if (*place == kLast) return &field.options.back();
    return *place <= count ? &field.options[static_cast<std::size_t>(*place - 1)] : nullptr;
  }
  return by_words(field, folds_of(text));
}

bool is_valid(FieldKind kind, std::string_view words) {
  switch (kind) {
    case FieldKind::contact:
      return holds_phone(words) || holds_email(words);
    case FieldKind::phone:
      return holds_phone(words);
    case FieldKind::email:
      return holds_email(words);
    case FieldKind::number:
      return numbers_in(words).size() == 1;
    case FieldKind::date:
      return is_date(words);
    case FieldKind::place:
      return letters_in(words) >= kPlaceLettersMin;
    case FieldKind::choice:
    case FieldKind::text:
      break;
  }
  return letters_in(words) >= kTextLettersMin;
}

// «… ved Dale skule»: from the first of the words a place begins with to the end of the sentence.
std::optional<Span> begun_part(const FormField& field, const FormMessage& message) {
  const std::vector<std::string> folds = folds_of(message.normal);
  const auto found = Phrases(field.begins).find(folds);
  const auto& tokens = message.normal.tokens;
  if (!found || found->first + found->count >= tokens.size()) return std::nullopt;
  // Where the sentence goes on about something else: «ved skulen er det eit hol».
  static const Phrases verbs = {"er",     "e",      "har",  "hev",    "som",   "men",
                                "så",     "vart",   "ble",  "kan",    "lyser", "virkar",
                                "virker", "verkar", "ligg", "ligger", "står",  "heng",
                                "henger", "is",     "are",  "has",    "that",  "but"};
  std::size_t last = found->first + found->count;
  while (last + 1 < tokens.size() && !tokens[last + 1].sentence) {
    if (verbs.at(folds, last + 1) != 0) break;
    const auto between = message.text.substr(
        tokens[last].original.end, tokens[last + 1].original.begin - tokens[last].original.end);
    if (between.find_first_of(",;:!?()") != std::string_view::npos) break;
    ++last;
  }
  return Span{tokens[found->first].original.begin, tokens[last].original.end};
}

std::optional<FormValue> option_in_report(const FormField& field, const ArticleId& article,
                                          const FormMessage& message) {
  FormValue value{field.key, message.seq, {}, {}, false};
  const FormOption* meant = by_words(field, folds_of(message.normal));
  for (const FormOption& option : field.options) {
    const auto& from = option.articles;
    if (meant == nullptr && std::find(from.begin(), from.end(), article) != from.end()) {
      meant = &option;
    }
  }
  if (meant == nullptr) return std::nullopt;
  value.option = meant->id;
  return value;
}

}  // namespace

Span whole(std::string_view text) {
  Span span{0, text.size()};
  while (span.begin < span.end && is_blank(text[span.begin])) ++span.begin;
  while (span.end > span.begin && is_blank(text[span.end - 1])) --span.end;
  return span;
}

ReadValue read_value(const FormField& field, const FormMessage& message, const Span& span) {
  const std::string_view words = part(message.text, span);
  FormValue value{field.key, message.seq, span, {}, false};
  if (field.kind == FieldKind::choice) {
    const FormOption* option = picked(field, intents::normalise(words));
    if (option == nullptr) return {};
    value.option = option->id;
    return {value};
  }
  if (code_points(words) > static_cast<std::size_t>(field.length_max)) {
    return {std::nullopt, Unfit::too_long};
  }
  if (!is_valid(field.kind, words)) return {};
  return {value};
}

bool clearly_fits(const FormField& field, const FormMessage& message, const Span& span) {
  if (field.kind == FieldKind::text || field.kind == FieldKind::place) return false;
  return read_value(field, message, span).value.has_value();
}

std::vector<FormValue> values_in_report(const Form& form, const ArticleId& article,
                                        const FormMessage& message, bool reports) {
  std::vector<FormValue> values;
  for (const FormField& field : form.fields) {
    std::optional<FormValue> value;
    if (field.kind == FieldKind::choice) {
      value = option_in_report(field, article, message);
    } else if (const auto span = begun_part(field, message)) {
      value = read_value(field, message, *span).value;
    } else if (field.from_report && reports) {
      value = read_value(field, message, whole(message.text)).value;
    }
    if (value) values.push_back(std::move(*value));
  }
  return values;
}

std::string shown_value(const FormField& field, const FormValue& value, const std::string& words,
                        Language language) {
  if (value.skipped) return {};
  if (field.kind == FieldKind::choice) {
    const FormOption* option = find_option(field, value.option);
    return option == nullptr ? std::string() : option->label.in(language);
  }
  return words;
}

}  // namespace svar::engine
