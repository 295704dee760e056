#include "intents/rule_set.h"

#include <algorithm>

namespace svar::intents {
namespace {

re2::RE2::Options set_options(std::int64_t bytes_max) {
  re2::RE2::Options options;
  options.set_max_mem(bytes_max);
  options.set_log_errors(false);
  return options;
}

bool matches_folded(const WordPattern& pattern, std::string_view word) {
  const std::string folded = fold_letters(pattern.text);
  return pattern.stem ? word.substr(0, folded.size()) == folded : word == folded;
}

}  // namespace

void tidy(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (out.empty() || span.begin >= out.back().end) {
      out.push_back(span);
    } else {
      out.back().end = std::max(out.back().end, span.end);
    }
  }
  spans = std::move(out);
}

void Lines::begin(char delimiter, double weight) {
  if (words_.capacity() == 0) {
    words_.reserve(96);
    buffer_.reserve(768);
  }
  lines_.push_back({words_.size(), words_.size(), delimiter, weight});
  buffer_.push_back(delimiter);
}

void Lines::add(std::string_view word, Span original) {
  const auto at = static_cast<std::uint32_t>(buffer_.size());
  buffer_.append(word);
  words_.push_back({at, static_cast<std::uint32_t>(buffer_.size()), original});
  buffer_.push_back(lines_.back().delimiter);
}

void Lines::end() {
  lines_.back().last = words_.size();
  buffer_.push_back('\n');
}

std::string Lines::text(const Line& line) const {
  std::string out;
  for (std::size_t i = line.first; i < line.last; ++i) {
    if (!out.empty()) out.push_back(' ');
    out.append(word(i));
  }
  return out;
}

void RuleSet::add_expression(const std::string& expression, std::uint32_t group) {
  const auto number = static_cast<std::uint32_t>(expressions_.size());
  const auto [entry, added] = expression_numbers_.emplace(expression, number);
  if (added) {
    expressions_.push_back(expression);
    expression_groups_.emplace_back();
  }
  std::vector<std::uint32_t>& groups = expression_groups_[entry->second];
  if (groups.empty() || groups.back() != group) groups.push_back(group);
}

std::uint32_t RuleSet::intern(Alternatives alternatives) {
  std::string key;
  for (const Phrase& phrase : alternatives) key += to_expression(phrase, ' ', false) + "|";
  const auto number = static_cast<std::uint32_t>(groups_.size());
  const auto [entry, added] = groups_by_key_.emplace(std::move(key), number);
  if (!added) return entry->second;
  for (const Phrase& phrase : alternatives) {
    add_expression(to_expression(phrase, ' ', false), number);
    if (kind_ == Kind::safety) add_expression(to_expression(phrase, '_', true), number);
  }
  groups_.push_back({std::move(alternatives), nullptr, {}});
  return number;
}

std::uint32_t RuleSet::intern_pattern(const std::string& pattern) {
  const auto number = static_cast<std::uint32_t>(groups_.size());
  groups_.push_back({{}, std::make_unique<re2::RE2>(pattern, set_options(8 << 20)), {}});
  add_expression(pattern, number);
  return number;
}

std::size_t RuleSet::add(std::vector<Alternatives> groups, Alternatives unless, bool ordered,
                         const std::string& pattern) {
  CompiledRule rule;
  rule.ordered = ordered;
  for (Alternatives& group : groups) rule.groups.push_back(intern(std::move(group)));
  if (!pattern.empty()) rule.groups.push_back(intern_pattern(pattern));
  if (!unless.empty()) rule.unless = static_cast<std::int32_t>(intern(std::move(unless)));
  const auto number = static_cast<std::uint32_t>(rules_.size());
  for (std::size_t i = 0; i < rule.groups.size(); ++i) {
    std::vector<std::uint32_t>& rules = groups_[rule.groups[i]].rules;
    if (rules.empty() || rules.back() != number) rules.push_back(number);
  }
  rules_.push_back(std::move(rule));
  return number;
}

bool RuleSet::compile(std::int64_t bytes_max) {
  if (expressions_.empty()) return true;
  set_ = std::make_unique<re2::RE2::Set>(set_options(bytes_max), re2::RE2::UNANCHORED);
  for (const std::string& expression : expressions_) {
    if (set_->Add(expression, nullptr) < 0) return false;
  }
  if (!set_->Compile()) return false;
  warm();
  return true;
}

void RuleSet::warm() const {
  std::vector<int> found;
  std::string line;
  for (const Group& group : groups_) {
    for (const Phrase& phrase : group.alternatives) {
      line = "\n ";
      for (const WordPattern& word : phrase) line.append(word.text).append(" ");
      line.push_back('\n');
      set_->Match(line, &found);
      if (kind_ == Kind::ordinary) continue;
      line = "\n_";
      for (const WordPattern& word : phrase) line.append(fold_letters(word.text)).append("_");
      line.push_back('\n');
      set_->Match(line, &found);
    }
  }
}

bool RuleSet::sees(const Lines::Line& line) const {
  return line.delimiter == ' ' || kind_ == Kind::safety;
}

// Which groups occur anywhere. When RE2 runs out of memory it answers like "nothing": then every
// group is looked for by hand, slowly but rightly.
template <class Use>
void RuleSet::find_groups(const Lines& lines, Use use) const {
  std::vector<int> found;
  re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
  const re2::StringPiece buffer(lines.buffer().data(), lines.buffer().size());
  set_->Match(buffer, &found, &error);
  if (error.kind == re2::RE2::Set::kNoError) {
    for (const int number : found) {
      for (const std::uint32_t group : expression_groups_[static_cast<std::size_t>(number)])
        use(group);
    }
    return;
  }
  Occurrence where;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    const bool occurs = std::any_of(lines.all().begin(), lines.all().end(), [&](const auto& line) {
      return sees(line) && locate(groups_[i], lines, line, line.first, where);
    });
    if (occurs) use(i);
  }
}

std::vector<RuleHit> RuleSet::evaluate(const Lines& lines) const {
  std::vector<RuleHit> hits;
  if (!set_) return hits;
  std::vector<std::uint8_t> occurs(groups_.size(), 0);
  std::vector<std::uint32_t> candidates;
  find_groups(lines, [&](std::uint32_t group) {
    if (occurs[group] != 0) return;
    occurs[group] = 1;
    const std::vector<std::uint32_t>& rules = groups_[group].rules;
    candidates.insert(candidates.end(), rules.begin(), rules.end());
  });
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const std::uint32_t number : candidates) {
    const CompiledRule& rule = rules_[number];
    const bool all = std::all_of(rule.groups.begin(), rule.groups.end(),
                                 [&](std::uint32_t group) { return occurs[group] != 0; });
    if (!all || (rule.unless >= 0 && occurs[static_cast<std::size_t>(rule.unless)] != 0)) continue;
    RuleHit hit{number, 1, {}};
    if (holds(rule, lines, hit)) hits.push_back(std::move(hit));
  }
  return hits;
}

bool RuleSet::holds(const CompiledRule& rule, const Lines& lines, RuleHit& hit) const {
  for (const Lines::Line& line : lines.all()) {
    if (sees(line) && holds_in(rule, lines, line, hit)) return true;
  }
  return !rule.ordered && holds_scattered(rule, lines, hit);
}

// All groups in one line. Two groups may be answered by the same word, when both allow it.
bool RuleSet::holds_in(const CompiledRule& rule, const Lines& lines, const Lines::Line& line,
                       RuleHit& hit) const {
  hit.matched.clear();
  std::size_t from = line.first;
  for (const std::uint32_t number : rule.groups) {
    Occurrence where;
    if (!locate(groups_[number], lines, line, rule.ordered ? from : line.first, where))
      return false;
    for (std::size_t i = where.first; i <= where.last; ++i)
      hit.matched.push_back(lines.at(i).original);
    from = where.last + 1;
  }
  hit.weight = line.weight;
  tidy(hit.matched);
  return true;
}

// One group is found as written, another only in a mended line.
bool RuleSet::holds_scattered(const CompiledRule& rule, const Lines& lines, RuleHit& hit) const {
  hit.matched.clear();
  hit.weight = 1;
  for (const std::uint32_t number : rule.groups) {
    bool found = false;
    for (const Lines::Line& line : lines.all()) {
      Occurrence where;
      if (!sees(line) || !locate(groups_[number], lines, line, line.first, where)) continue;
      for (std::size_t i = where.first; i <= where.last; ++i) {
        hit.matched.push_back(lines.at(i).original);
      }
      hit.weight = std::min(hit.weight, line.weight);
      found = true;
      break;
    }
    if (!found) return false;
  }
  tidy(hit.matched);
  return true;
}

bool RuleSet::locate(const Group& group, const Lines& lines, const Lines::Line& line,
                     std::size_t from, Occurrence& out) const {
  if (group.raw) return locate_raw(*group.raw, lines, line, from, out);
  const bool folded = line.delimiter == '_';
  const auto equal = [&](const WordPattern& pattern, std::size_t index) {
    return folded ? matches_folded(pattern, lines.word(index)) : pattern.matches(lines.word(index));
  };
  for (std::size_t i = from; i < line.last; ++i) {
    for (const Phrase& phrase : group.alternatives) {
      if (phrase.size() > line.last - i) continue;
      std::size_t k = 0;
      while (k < phrase.size() && equal(phrase[k], i + k)) ++k;
      if (k < phrase.size()) continue;
      out = {i, i + phrase.size() - 1};
      return true;
    }
  }
  return false;
}

bool RuleSet::locate_raw(const re2::RE2& pattern, const Lines& lines, const Lines::Line& line,
                         std::size_t from, Occurrence& out) const {
  if (line.delimiter != ' ' || from >= line.last) return false;
  const std::size_t begin = lines.at(from).begin - 1;
  const re2::StringPiece text(lines.buffer().data() + begin,
                              lines.at(line.last - 1).end + 1 - begin);
  re2::StringPiece found;
  if (!pattern.Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1)) return false;
  const auto first = static_cast<std::size_t>(found.data() - lines.buffer().data());
  bool any = false;
  for (std::size_t i = from; i < line.last; ++i) {
    if (lines.at(i).end <= first || lines.at(i).begin >= first + found.size()) continue;
    if (!any) out.first = i;
    out.last = i;
    any = true;
  }
  return any;
}

}  // namespace svar::intents
