#include "intents/rule_set.h"

#include <algorithm>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

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

// Whether the words from `at` on are the phrase's.
bool stands_at(const Phrase& phrase, const Lines& lines, const Lines::Line& line, std::size_t at) {
  if (phrase.size() > line.last - at) return false;
  for (std::size_t k = 0; k < phrase.size(); ++k) {
    if (!phrase[k].matches(lines.word(at + k))) return false;
  }
  return true;
}

// What the occurrences say of the citizen's words. A word that answers two groups counts once.
void tell(const std::vector<Occurrence>& places, const Lines& lines, RuleHit& hit) {
  std::vector<std::uint32_t> words;
  for (const Occurrence& where : places) {
    for (std::uint32_t word = where.first; word <= where.last; ++word) words.push_back(word);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (const std::uint32_t number : words) {
    const Lines::Word& word = lines.at(number);
    hit.matched.push_back(word.original);
    if (word.how == How::written) continue;
    hit.weight *= weight_of(word.how);
    hit.readings.push_back({word.original, std::string(lines.word(number)), word.how});
  }
  tidy(hit.matched);
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

std::uint32_t RuleSet::intern(Alternatives alternatives) {
  const auto number = static_cast<std::uint32_t>(groups_.size());
  const auto [entry, added] = groups_by_key_.emplace(key_of(alternatives), number);
  if (!added) return entry->second;
  Alternatives by_fold;
  if (kind_ == Kind::safety) by_fold = folded(alternatives);
  groups_.push_back({std::move(alternatives), std::move(by_fold), 0});
  return number;
}

std::uint32_t RuleSet::intern_pattern(const std::string& pattern, std::size_t rule) {
  const auto number = static_cast<std::uint32_t>(groups_.size());
  groups_.emplace_back();
  patterns_.add(pattern);
  pattern_groups_.push_back(number);
  pattern_rules_.push_back(rule);
  return number;
}

std::size_t RuleSet::add(Parts parts) {
  const std::size_t number = rules_.size();
  CompiledRule rule;
  rule.arrangement = parts.arrangement;
  rule.situation = parts.situation;
  for (Alternatives& group : parts.groups) rule.groups.push_back(intern(std::move(group)));
  if (!parts.pattern.empty()) rule.groups.push_back(intern_pattern(parts.pattern, number));
  if (!parts.unless.empty()) {
    rule.unless = static_cast<std::int32_t>(intern(std::move(parts.unless)));
  }
  for (const std::uint32_t group : rule.groups) ++groups_[group].uses;
  rules_.push_back(std::move(rule));
  return number;
}

RuleSet::Start RuleSet::start_of(const Phrase& phrase, std::size_t offset) {
  Start start;
  start.offset = static_cast<std::uint16_t>(offset);
  start.stem = phrase[offset].stem;
  if (phrase.size() == 1) return start;
  start.neighbour = offset + 1 < phrase.size() ? 1 : -1;
  const std::string& word = phrase[start.neighbour == 1 ? offset + 1 : offset - 1].text;
  start.front = front_bytes(word);
  start.front_mask = front_bytes(std::string(std::min<std::size_t>(word.size(), 4), '\xFF'));
  return start;
}

RuleSet::Beginnings RuleSet::beginnings(Alternatives Group::*alternatives) const {
  const auto each_phrase = [&](auto use) {
    for (std::uint32_t group = 0; group < groups_.size(); ++group) {
      const Alternatives& all = groups_[group].*alternatives;
      for (std::uint32_t phrase = 0; phrase < all.size(); ++phrase) {
        if (!all[phrase].empty()) use(all[phrase], group, phrase);
      }
    }
  };
  std::unordered_map<std::string, std::size_t> uses;
  each_phrase([&](const Phrase& phrase, std::uint32_t, std::uint32_t) {
    for (const WordPattern& word : phrase) ++uses[word.text];
  });
  // A short stem begins so many words that it is met often, however few phrases have it.
  const auto rarest = [&](const Phrase& phrase) {
    const auto weight = [&](const WordPattern& word) {
      return uses[word.text] + (word.stem && word.text.size() < 4 ? 1'000 : 0);
    };
    const auto least = std::min_element(
        phrase.begin(), phrase.end(),
        [&](const WordPattern& a, const WordPattern& b) { return weight(a) < weight(b); });
    return static_cast<std::size_t>(least - phrase.begin());
  };
  Beginnings out;
  std::vector<std::string> words;
  each_phrase([&](const Phrase& phrase, std::uint32_t, std::uint32_t) {
    words.push_back(phrase[rarest(phrase)].text);
  });
  out.words = WordTrie(std::move(words));
  std::vector<std::vector<Start>> starts(out.words.size());
  each_phrase([&](const Phrase& phrase, std::uint32_t group, std::uint32_t number) {
    Start start = start_of(phrase, rarest(phrase));
    start.group = group;
    start.phrase = number;
    starts[out.words.find(phrase[start.offset].text)].push_back(start);
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
  std::vector<std::vector<Candidate>> by_group(groups_.size());
  for (std::uint32_t number = 0; number < rules_.size(); ++number) {
    std::vector<std::uint32_t> groups = rules_[number].groups;
    if (groups.empty()) continue;
    std::stable_sort(groups.begin(), groups.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Group& left = groups_[a];
      const Group& right = groups_[b];
      if (left.uses != right.uses) return left.uses < right.uses;
      return left.alternatives.size() < right.alternatives.size();
    });
    by_group[groups.front()].push_back({number, groups[groups.size() > 1 ? 1 : 0]});
  }
  for (const std::vector<Candidate>& rules : by_group) {
    first_candidates_.push_back(static_cast<std::uint32_t>(candidates_.size()));
    candidates_.insert(candidates_.end(), rules.begin(), rules.end());
  }
  first_candidates_.push_back(static_cast<std::uint32_t>(candidates_.size()));
}

bool RuleSet::compile(std::int64_t bytes_max) {
  assign_rules();
  plain_ = beginnings(&Group::alternatives);
  if (kind_ == Kind::safety) folded_ = beginnings(&Group::folded);
  return patterns_.compile(bytes_max);
}

bool RuleSet::sees(const Lines::Line& line) const {
  return line.delimiter == ' ' || kind_ == Kind::safety;
}

template <class Use>
void RuleSet::find_phrases(const Lines& lines, std::uint32_t number, Use use) const {
  const Lines::Line& line = lines.all()[number];
  const Beginnings& known = line.delimiter == '_' ? folded_ : plain_;
  for (std::size_t at = line.first; at < line.last; ++at) {
    const std::string_view word = lines.word(at);
    const std::uint32_t next = at + 1 < line.last ? lines.front(at + 1) : 0;
    const std::uint32_t before = at > line.first ? lines.front(at - 1) : 0;
    known.words.walk(word, [&](std::size_t length, WordTrie::Number found) {
      for (std::uint32_t i = known.first[found]; i < known.first[found + 1]; ++i) {
        const Start& start = known.starts[i];
        if (!start.stem && length != word.size()) continue;
        if (start.neighbour == 0) {
          const auto here = static_cast<std::uint32_t>(at);
          use(start.group, Occurrence{number, here, here});
          continue;
        }
        const std::uint32_t front = start.neighbour > 0 ? next : before;
        if ((front & start.front_mask) != start.front || at - line.first < start.offset) continue;
        const std::size_t first = at - start.offset;
        const Phrase& phrase = phrase_of(start, line.delimiter);
        if (!stands_at(phrase, lines, line, first)) continue;
        use(start.group, Occurrence{number, static_cast<std::uint32_t>(first),
                                    static_cast<std::uint32_t>(first + phrase.size()) - 1});
      }
    });
  }
}

template <class Use>
void RuleSet::locate_pattern(std::size_t pattern, const Lines& lines, std::uint32_t number,
                             Use use) const {
  const Lines::Line& line = lines.all()[number];
  if (line.delimiter != ' ' || line.first == line.last) return;
  const std::size_t begin = lines.at(line.first).begin - 1;
  const std::string_view text =
      lines.buffer().substr(begin, lines.at(line.last - 1).end + 1 - begin);
  std::size_t word = line.first;
  PatternSet::Match match;
  for (std::size_t from = 0; patterns_.locate(pattern, text, from, match); from = match.end) {
    while (word < line.last && lines.at(word).end <= begin + match.begin) ++word;
    std::size_t last = word;
    while (last < line.last && lines.at(last).begin < begin + match.end) ++last;
    if (last == word) continue;
    use(pattern_groups_[pattern],
        Occurrence{number, static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(last) - 1});
  }
}

template <class Use>
void RuleSet::find_patterns(const Lines& lines, std::uint32_t line, Use use) const {
  thread_local std::vector<int> numbers;  // spares an allocation; holds no state between calls
  const Lines::Line& first = lines.all()[line];
  const std::size_t begin = first.first == first.last ? 0 : lines.at(first.first).begin - 1;
  (void)patterns_.find(lines.buffer().substr(begin), numbers);  // without room it names them all
  for (const int pattern : numbers) {
    for (std::uint32_t number = line; number < lines.all().size(); ++number) {
      locate_pattern(static_cast<std::size_t>(pattern), lines, number, use);
    }
  }
}

template <class Use>
void RuleSet::find_groups(const Lines& lines, std::uint32_t line, Use use) const {
  if (line == lines.all().size()) return;
  for (std::uint32_t number = line; number < lines.all().size(); ++number) {
    if (sees(lines.all()[number])) find_phrases(lines, number, use);
  }
  if (!patterns_.empty()) find_patterns(lines, line, use);
}

bool RuleSet::possible(const CompiledRule& rule, const Occurrences& found,
                       const MatchContext& context) const {
  const bool all = std::all_of(rule.groups.begin(), rule.groups.end(),
                               [&](std::uint32_t group) { return found.any(group); });
  if (!all) return false;
  if (rule.unless >= 0 && found.any(static_cast<std::uint32_t>(rule.unless))) return false;
  return rule.situation == nullptr || intents::holds(*rule.situation, context);
}

std::vector<RuleHit> RuleSet::evaluate(const Lines& lines, const MatchContext& context) const {
  return Search(*this, context).look(lines);
}

// Used again and again; holds nothing between searches.
struct RuleSet::Search::Room {
  Occurrences found;
  std::vector<Candidate> candidates;
  std::vector<std::uint32_t> rules;
};

RuleSet::Search::Room& RuleSet::Search::room_of(Kind kind) {
  thread_local Room rooms[2];
  return rooms[kind == Kind::safety ? 1 : 0];
}

RuleSet::Search::Search(const RuleSet& set, const MatchContext& context)
    : set_(set), context_(context), room_(room_of(set.kind_)) {
  room_.found.reset(set.groups_.size());
  room_.candidates.clear();
}

std::vector<RuleHit> RuleSet::Search::look(const Lines& lines) {
  auto& [found, candidates, rules] = room_;
  set_.find_groups(lines, seen_, [this](std::uint32_t group, const Occurrence& where) {
    if (!room_.found.add(group, where)) return;
    const Candidate* all = set_.candidates_.data();
    room_.candidates.insert(room_.candidates.end(), all + set_.first_candidates_[group],
                            all + set_.first_candidates_[group + 1]);
  });
  seen_ = static_cast<std::uint32_t>(lines.all().size());
  rules.clear();
  for (const Candidate& candidate : candidates) {
    if (found.any(candidate.also)) rules.push_back(candidate.rule);
  }
  std::sort(rules.begin(), rules.end());  // hits in the order the rules were added
  std::vector<RuleHit> hits;
  for (const std::uint32_t number : rules) {
    const CompiledRule& rule = set_.rules_[number];
    if (!set_.possible(rule, found, context_)) continue;
    RuleHit hit{number, 1, {}, {}};
    if (set_.holds(rule, lines, found, hit)) hits.push_back(std::move(hit));
  }
  return hits;
}

// All groups in one line; else, where their order and distance do not matter, one as written and
// another only in a mended line.
bool RuleSet::holds(const CompiledRule& rule, const Lines& lines, const Occurrences& found,
                    RuleHit& hit) const {
  std::vector<Occurrence> places;
  for (std::uint32_t line = 0; line < lines.all().size() && places.empty(); ++line) {
    if (sees(lines.all()[line])) places = arrange(found, rule.groups, line, rule.arrangement);
  }
  if (places.empty()) {
    if (rule.arrangement.ordered || rule.arrangement.within) return false;
    for (const std::uint32_t group : rule.groups) places.push_back(*found.first(group));
  }
  tell(places, lines, hit);
  return true;
}

RuleSet::Trial RuleSet::try_rule(std::size_t number, const Lines& lines,
                                 const MatchContext& context) const {
  const CompiledRule& rule = rules_[number];
  Occurrences found;
  found.reset(groups_.size());
  Trial trial;
  find_groups(lines, 0, [&](std::uint32_t group, const Occurrence& where) {
    (void)found.add(group, where);
    if (rule.unless < 0 || group != static_cast<std::uint32_t>(rule.unless)) return;
    for (std::uint32_t word = where.first; word <= where.last; ++word)
      trial.excluded_by.push_back(lines.at(word).original);
  });
  tidy(trial.excluded_by);
  for (std::size_t i = 0; i < rule.groups.size(); ++i) {
    if (!found.any(rule.groups[i])) trial.missing.push_back(i);
  }
  trial.other_situation = rule.situation != nullptr && !intents::holds(*rule.situation, context);
  RuleHit hit{number, 1, {}, {}};
  trial.holds = possible(rule, found, context) && holds(rule, lines, found, hit);
  return trial;
}

}  // namespace svar::intents
