#include "intents/normal_expression.h"

#include <re2/re2.h>

#include <array>
#include <cctype>
#include <utility>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr std::string_view kGap = "(?:  )";  // between two words: the end of one, the next's begin

// Of Western Europe; all letters there are would make an automaton many times as large.
constexpr std::string_view kSmallLetters = "a-zà-öø-ÿ";

// What has no meaning here, and what to write instead.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kRefused = {{
    {"(?=", "look-ahead is not possible here: write what must follow as a group of «all»"},
    {"(?!", "look-ahead is not possible here: write what must not be there in «unless»"},
    {"(?<=", "look-behind is not possible here: write what must go before as a group of «all»"},
    {"(?<!", "look-behind is not possible here: write what must not be there in «unless»"},
    {"\\B", "«\\B» is not possible here: write the stem with a star («hent*»)"},
    {"\\A", "«\\A» is not possible here: for a whole message, write it as an example"},
    {"\\z", "«\\z» is not possible here: for a whole message, write it as an example"},
    {"\\Z", "«\\Z» is not possible here: for a whole message, write it as an example"},
    {"\\1", "back-references are not possible here: write the alternatives out"},
    {"[:", "«[:alpha:]» knows English letters alone: write «\\w»"},
}};

class Translation {
 public:
  explicit Translation(std::string_view pattern) : in_(pattern) {}

  Result<std::string, std::string> run() {
    while (at_ < in_.size()) {
      for (const auto& [sign, advice] : kRefused) {
        if (rest().starts_with(sign)) return Failure{std::string(advice)};
      }
      if (!in_class_ && (in_[at_] == '^' || in_[at_] == '$')) {
        return Failure{std::string(
            "«^» and «$» are not possible here: for a whole message, write it as an example")};
      }
      step();
    }
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return in_.substr(at_); }

  void step() {
    const char c = in_[at_];
    if (rest().starts_with("(?i)")) {
      at_ += 4;
    } else if (rest().starts_with("(?i:")) {
      put("(?:", 4);
    } else if (c == '\\' && at_ + 1 < in_.size()) {
      escape(in_[at_ + 1]);
    } else if (in_class_ && (rest().starts_with("a-z") || rest().starts_with("A-Z"))) {
      put(kSmallLetters, 3);
    } else if (c == ' ' && !in_class_) {
      gap(1);
    } else {
      if (c == '[') in_class_ = true;
      if (c == ']') in_class_ = false;
      put(std::string(1, static_cast<char>(std::tolower(static_cast<unsigned char>(c)))), 1);
    }
  }

  void escape(char next) {
    if (next == 'p' || next == 'P') {  // «\pL», «\p{Latin}»: the name as it is
      const bool braced = at_ + 2 < in_.size() && in_[at_ + 2] == '{';
      const std::size_t end = braced ? in_.find('}', at_) : at_ + 2;
      const std::size_t length = end == in_.npos ? in_.size() - at_ : end + 1 - at_;
      put(std::string(in_.substr(at_, length)), length);
    } else if (next == 'b') {
      border();
    } else if (next == 'w') {
      put(in_class_ ? std::string(kSmallLetters) + "0-9" : "[^ \\n]", 2);
    } else if (next == 'S' && !in_class_) {
      put("[^ \\n]", 2);
    } else if (next == 's' || next == 'W') {
      if (in_class_) return put(" ", 2);
      gap(2);
    } else {
      put(std::string{'\\', next}, 2);
    }
  }

  // Between two words there is exactly one gap, however often it may repeat. A border beside a gap
  // says nothing new, but that an optional one must be there.
  void gap(std::size_t read) {
    const bool required = border_ || ends_with_gap();
    if (border_) out_.pop_back();
    border_ = false;
    at_ += read;
    const char repeat = at_ < in_.size() ? in_[at_] : ' ';
    if (repeat == '*' || repeat == '+' || repeat == '?') ++at_;
    if (ends_with_gap()) return;
    out_ += kGap;
    if (!required && (repeat == '*' || repeat == '?')) out_ += '?';
  }

  bool ends_with_gap() const { return out_.ends_with(kGap); }

  void border() {
    at_ += 2;
    if (border_ || ends_with_gap()) return;
    if (out_.ends_with(std::string(kGap) + "?")) {
      out_.pop_back();
      return;
    }
    out_ += ' ';
    border_ = true;
  }

  void put(std::string_view text, std::size_t read) {
    out_ += text;
    at_ += read;
    border_ = false;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string out_;
  bool in_class_ = false;
  bool border_ = false;  // the blank at the end of `out_` is a «\b»
};

}  // namespace

Result<std::string, std::string> to_normal_expression(std::string_view pattern) {
  const std::string composed = fold_letter_case(pattern);
  auto translated = Translation(composed).run();
  if (!translated) return translated;
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 check(*translated, options);
  if (!check.ok()) return Failure{"the pattern is not valid: " + check.error()};
  return translated;
}

bool has_literal(std::string_view pattern) {
  int run = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(pattern[i]);
    if (c == '\\') {
      ++i;
      run = 0;
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    const bool optional =
        i + 1 < pattern.size() && (pattern[i + 1] == '?' || pattern[i + 1] == '*');
    run = !in_class && !optional && (std::isalpha(c) || c >= 0x80) ? run + 1 : 0;
    if (run >= 3) return true;
  }
  return false;
}

}  // namespace svar::intents
