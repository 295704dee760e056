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

Alternatives folded(Alternatives alternatives) {
  for (Phrase& phrase : alternatives) {
    for (WordPattern& word : phrase) word.text = fold_letters(word.text);
  }
  return alternatives;
}

std::string key_of(const Alternatives& alternatives) {
  std::string key;
  for (const Phrase& phrase : alternatives) {
    for (const WordPattern& word : phrase) key.append(word.text).append(word.stem ? "* " : " ");
    key.push_back('|');
  }
  return key;
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
    words_.reserve(128);
    buffer_.reserve(1024);
    lines_.reserve(8);
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

std::uint32_t RuleSet::intern(Alternatives alternatives) {
  const auto number = static_cast<std::uint32_t>(groups_.size());
  const auto [entry, added] = groups_by_key_.emplace(key_of(alternatives), number);
  if (!added) return entry->second;
  Alternatives by_fold;
  if (kind_ == Kind::safety) by_fold = folded(alternatives);
  groups_.push_back({std::move(alternatives), std::move(by_fold), nullptr, 0, {}});
  return number;
}

std::uint32_t RuleSet::intern_pattern(const std::string& pattern) {
  const auto number = static_cast<std::uint32_t>(groups_.size());
  groups_.push_back({{}, {}, std::make_unique<re2::RE2>(pattern, set_options(8 << 20)), 0, {}});
  patterns_.push_back(number);
  return number;
}

std::size_t RuleSet::add(std::vector<Alternatives> groups, Alternatives unless, bool ordered,
                         const std::string& pattern) {
  CompiledRule rule;
  rule.ordered = ordered;
  for (Alternatives& group : groups) rule.groups.push_back(intern(std::move(group)));
  if (!pattern.empty()) rule.groups.push_back(intern_pattern(pattern));
  if (!unless.empty()) rule.unless = static_cast<std::int32_t>(intern(std::move(unless)));
  for (const std::uint32_t group : rule.groups) ++groups_[group].uses;
  rules_.push_back(std::move(rule));
  return rules_.size() - 1;
}

RuleSet::Start RuleSet::start_of(const Phrase& phrase, std::uint32_t group, std::uint32_t number) {
  Start start{group, number, 0, 0, phrase.front().stem, phrase.size() == 1};
  if (start.alone) return start;
  start.next = front_bytes(phrase[1].text);
  start.next_mask =
      front_bytes(std::string(std::min<std::size_t>(phrase[1].text.size(), 4), '\xFF'));
  return start;
}

RuleSet::Beginnings RuleSet::beginnings(Alternatives Group::*alternatives) const {
  Beginnings out;
  std::vector<std::string> words;
  const auto each_start = [&](auto use) {
    for (std::uint32_t group = 0; group < groups_.size(); ++group) {
      const Alternatives& all = groups_[group].*alternatives;
      for (std::uint32_t phrase = 0; phrase < all.size(); ++phrase) {
        if (!all[phrase].empty()) use(all[phrase], start_of(all[phrase], group, phrase));
      }
    }
  };
  each_start([&](const Phrase& phrase, const Start&) { words.push_back(phrase.front().text); });
  out.words = WordTrie(std::move(words));
  std::vector<std::vector<Start>> starts(out.words.size());
  each_start([&](const Phrase& phrase, const Start& start) {
    starts[out.words.find(phrase.front().text)].push_back(start);
  });
  for (const std::vector<Start>& of_word : starts) {
    out.first.push_back(static_cast<std::uint32_t>(out.starts.size()));
    out.starts.insert(out.starts.end(), of_word.begin(), of_word.end());
  }
  out.first.push_back(static_cast<std::uint32_t>(out.starts.size()));
  return out;
}

// A rule is looked at when its least used group occurs: «pris» stands in many rules, «symjehall» in
// few.
void RuleSet::assign_rules() {
  for (std::uint32_t number = 0; number < rules_.size(); ++number) {
    const std::vector<std::uint32_t>& groups = rules_[number].groups;
    const auto rarest =
        std::min_element(groups.begin(), groups.end(), [&](std::uint32_t a, std::uint32_t b) {
          const Group& left = groups_[a];
          const Group& right = groups_[b];
          if (left.uses != right.uses) return left.uses < right.uses;
          return left.alternatives.size() < right.alternatives.size();
        });
    if (rarest != groups.end()) groups_[*rarest].rules.push_back(number);
  }
}

bool RuleSet::compile(std::int64_t bytes_max) {
  assign_rules();
  plain_ = beginnings(&Group::alternatives);
  if (kind_ == Kind::safety) folded_ = beginnings(&Group::folded);
  return compile_patterns(bytes_max);
}

bool RuleSet::compile_patterns(std::int64_t bytes_max) {
  if (patterns_.empty()) return true;
  set_ = std::make_unique<re2::RE2::Set>(set_options(bytes_max), re2::RE2::UNANCHORED);
  for (const std::uint32_t group : patterns_) {
    if (set_->Add(groups_[group].raw->pattern(), nullptr) < 0) return false;
  }
  return set_->Compile();
}

bool RuleSet::sees(const Lines::Line& line) const {
  return line.delimiter == ' ' || kind_ == Kind::safety;
}

bool RuleSet::continues(const Start& start, const Lines& lines, const Lines::Line& line,
                        std::size_t at) const {
  return continues(alternatives(groups_[start.group], line)[start.phrase], lines, line, at);
}

// Whether the words behind the one at `at` are those of the phrase behind its first.
bool RuleSet::continues(const Phrase& phrase, const Lines& lines, const Lines::Line& line,
                        std::size_t at) {
  if (phrase.size() > line.last - at) return false;
  for (std::size_t k = 1; k < phrase.size(); ++k) {
    if (!phrase[k].matches(lines.word(at + k))) return false;
  }
  return true;
}

template <class Use>
void RuleSet::find_phrases(const Lines& lines, const Lines::Line& line, Use use) const {
  const Beginnings& known = line.delimiter == '_' ? folded_ : plain_;
  for (std::size_t at = line.first; at < line.last; ++at) {
    const std::string_view word = lines.word(at);
    const std::uint32_t next = at + 1 < line.last ? lines.front(at + 1) : 0;
    known.words.walk(word, [&](std::size_t length, WordTrie::Number number) {
      for (std::uint32_t i = known.first[number]; i < known.first[number + 1]; ++i) {
        const Start& start = known.starts[i];
        if (!start.stem && length != word.size()) continue;
        if ((next & start.next_mask) != start.next) continue;
        if (start.alone || continues(start, lines, line, at)) use(start.group);
      }
    });
  }
}

// When RE2 runs out of memory it answers like "nothing": then every pattern is looked for by hand,
// slowly but rightly.
template <class Use>
void RuleSet::find_patterns(const Lines& lines, Use use) const {
  std::vector<int> found;
  re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
  const re2::StringPiece buffer(lines.buffer().data(), lines.buffer().size());
  set_->Match(buffer, &found, &error);
  if (error.kind == re2::RE2::Set::kNoError) {
    for (const int number : found) use(patterns_[static_cast<std::size_t>(number)]);
    return;
  }
  Occurrence where;
  for (const std::uint32_t group : patterns_) {
    const bool occurs = std::any_of(lines.all().begin(), lines.all().end(), [&](const auto& line) {
      return locate_raw(*groups_[group].raw, lines, line, line.first, where);
    });
    if (occurs) use(group);
  }
}

// Which groups occur anywhere.
template <class Use>
void RuleSet::find_groups(const Lines& lines, Use use) const {
  for (const Lines::Line& line : lines.all()) {
    if (sees(line)) find_phrases(lines, line, use);
  }
  if (set_) find_patterns(lines, use);
}

std::vector<RuleHit> RuleSet::evaluate(const Lines& lines) const {
  std::vector<RuleHit> hits;
  std::vector<std::uint8_t> occurs(groups_.size(), 0);
  std::vector<std::uint32_t> candidates;
  find_groups(lines, [&](std::uint32_t group) {
    if (occurs[group] != 0) return;
    occurs[group] = 1;
    const std::vector<std::uint32_t>& rules = groups_[group].rules;
    candidates.insert(candidates.end(), rules.begin(), rules.end());
  });
  std::sort(candidates.begin(), candidates.end());  // hits come in the order the rules were added
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
  const Alternatives& phrases = alternatives(group, line);
  for (std::size_t i = from; i < line.last; ++i) {
    for (const Phrase& phrase : phrases) {
      if (!phrase.front().matches(lines.word(i)) || !continues(phrase, lines, line, i)) continue;
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
