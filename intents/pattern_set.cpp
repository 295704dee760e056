#include "intents/pattern_set.h"

#include <numeric>

namespace svar::intents {
namespace {

constexpr std::int64_t kPatternBytesMax = 8 << 20;
constexpr int kAtomBytesMin = 3;

re2::RE2::Options options_with(std::int64_t bytes_max) {
  re2::RE2::Options options;
  options.set_max_mem(bytes_max);
  options.set_log_errors(false);
  return options;
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

bool has_gap(std::string_view expression) {
  bool in_class = false;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (c == '\\') {
      ++i;
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (in_class) continue;
    if (c == '*' || c == '+') return true;
    const std::size_t comma = c == '{' ? expression.find_first_of(",}", i) : expression.npos;
    if (comma != expression.npos && expression[comma] == ',') return true;
  }
  return false;
}

std::size_t PatternSet::add(const std::string& expression) {
  patterns_.push_back(std::make_unique<re2::RE2>(expression, options_with(kPatternBytesMax)));
  return patterns_.size() - 1;
}

bool PatternSet::compile(std::int64_t bytes_max) {
  for (std::size_t number = 0; number < patterns_.size(); ++number) {
    const std::string& expression = patterns_[number]->pattern();
    if (has_gap(expression)) {
      if (!open_) open_ = std::make_unique<re2::FilteredRE2>(kAtomBytesMin);
      int id = 0;
      if (open_->Add(expression, options_with(kPatternBytesMax), &id) != re2::RE2::NoError)
        return false;
      open_numbers_.push_back(static_cast<int>(number));
    } else {
      if (!fixed_) {
        fixed_ =
            std::make_unique<re2::RE2::Set>(options_with(bytes_max * 2 / 3), re2::RE2::UNANCHORED);
      }
      if (fixed_->Add(expression, nullptr) < 0) return false;
      fixed_numbers_.push_back(static_cast<int>(number));
    }
  }
  return (!fixed_ || fixed_->Compile()) && (!open_ || compile_filter(bytes_max / 3));
}

bool PatternSet::compile_filter(std::int64_t bytes_max) {
  std::vector<std::string> atoms;
  open_->Compile(&atoms);
  open_->AllPotentials({}, &always_);
  if (atoms.empty()) return true;
  atoms_ = std::make_unique<re2::RE2::Set>(options_with(bytes_max), re2::RE2::UNANCHORED);
  for (const std::string& atom : atoms) {
    if (atoms_->Add(re2::RE2::QuoteMeta(atom), nullptr) < 0) return false;
  }
  return atoms_->Compile();
}

PatternSet::Room PatternSet::find(std::string_view text, std::vector<int>& numbers) const {
  numbers.clear();
  re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
  const auto fits = [&error] { return error.kind == re2::RE2::Set::kNoError; };
  thread_local std::vector<int> found, potential;  // spare allocations; hold no state between calls
  if (fixed_) {
    fixed_->Match(piece(text), &found, &error);
    if (fits()) {
      for (const int one : found) numbers.push_back(fixed_numbers_[static_cast<std::size_t>(one)]);
    }
  }
  if (open_ && fits()) {
    found.clear();
    if (atoms_) atoms_->Match(piece(text), &found, &error);
    if (!found.empty() && fits()) {
      open_->AllPotentials(found, &potential);
    } else {
      potential = always_;
    }
    for (const int one : potential) numbers.push_back(open_numbers_[static_cast<std::size_t>(one)]);
  }
  if (fits()) return Room::enough;
  numbers.resize(patterns_.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  return Room::out_of_memory;
}

bool PatternSet::locate(std::size_t number, std::string_view text, std::size_t from,
                        Match& match) const {
  re2::StringPiece found;
  if (from > text.size() ||
      !patterns_[number]->Match(piece(text), from, text.size(), re2::RE2::UNANCHORED, &found, 1) ||
      found.empty())
    return false;
  match.begin = static_cast<std::size_t>(found.data() - text.data());
  match.end = match.begin + found.size();
  return true;
}

}  // namespace svar::intents
