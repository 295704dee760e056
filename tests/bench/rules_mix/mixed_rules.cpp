#include "tests/bench/rules_mix/mixed_rules.h"

#include <algorithm>
#include <array>

namespace svar::bench {
namespace {

constexpr std::size_t kTopicsMax = 150;
constexpr std::size_t kNamedGroups = 40;
constexpr std::size_t kKinds = 20;
constexpr std::size_t kNone = SIZE_MAX;

constexpr std::array kSyllables = {"bo",  "ren", "ska", "til", "væk", "søm", "kåp", "lin", "dra",
                                   "fur", "gel", "hy",  "jo",  "mes", "nap", "ost", "pli", "rug",
                                   "sta", "tve", "ule", "vi",  "ød",  "ål",  "bry", "kne", "flo",
                                   "gru", "hus", "imt", "kva", "lys", "mår", "nes", "pø",  "sje"};
constexpr std::array kSmallWords = {"eg",  "kan", "de",  "det", "i",   "på",    "for",  "til",
                                    "har", "ein", "men", "og",  "som", "ikkje", "no",   "hei",
                                    "må",  "vi",  "så",  "med", "om",  "frå",   "vert", "her"};

std::size_t below(std::mt19937& random, std::size_t limit) {
  return random() % limit;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool is_word(std::string_view pattern, std::string_view word) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return word == pattern;
}

// Every stretch [first, last] of the message that is the alternative.
void find(const std::string& alternative, const std::vector<std::string>& message,
          std::vector<std::pair<int, int>>& out) {
  const std::vector<std::string> words = words_of(alternative);
  for (std::size_t at = 0; at + words.size() <= message.size(); ++at) {
    bool all = true;
    for (std::size_t k = 0; k < words.size() && all; ++k) all = is_word(words[k], message[at + k]);
    if (all) out.emplace_back(static_cast<int>(at), static_cast<int>(at + words.size()) - 1);
  }
}

bool chained(const std::vector<std::vector<std::pair<int, int>>>& places, std::size_t group,
             int before, int within) {
  if (group == places.size()) return true;
  return std::any_of(places[group].begin(), places[group].end(), [&](const auto& place) {
    const int gap = place.first - before - 1;
    const bool fits = group == 0 || (gap >= 0 && (within < 0 || gap <= within));
    return fits && chained(places, group + 1, place.second, within);
  });
}

bool holds(const PlainRule& rule, const std::vector<std::string>& message,
           std::string_view municipality) {
  if (!rule.municipality.empty() && rule.municipality != municipality) return false;
  std::vector<std::vector<std::pair<int, int>>> places(rule.groups.size());
  for (std::size_t i = 0; i < rule.groups.size(); ++i) {
    for (const std::string& one : rule.groups[i].alternatives) find(one, message, places[i]);
    if (places[i].empty()) return false;
  }
  std::vector<std::pair<int, int>> excluded;
  for (const std::string& one : rule.unless) find(one, message, excluded);
  return excluded.empty() && (!rule.ordered || chained(places, 0, 0, rule.within));
}

std::string misspelt(std::string text, std::mt19937& random) {
  const std::size_t at = 1 + below(random, text.size() - 2);
  const auto plain = [](char c) { return c >= 'a' && c <= 'z'; };
  if (plain(text[at]) && plain(text[at + 1])) std::swap(text[at], text[at + 1]);
  return text;
}

}  // namespace

std::set<std::string> obvious_matches(const std::vector<PlainRule>& rules, std::string_view message,
                                      std::string_view municipality) {
  const std::vector<std::string> words = words_of(message);
  std::set<std::string> articles;
  for (const PlainRule& rule : rules) {
    if (holds(rule, words, municipality)) articles.insert(rule.article.value);
  }
  return articles;
}

MixedRules::MixedRules(std::size_t rules, std::size_t examples, std::uint32_t seed)
    : random_(seed) {
  std::set<std::string> made;
  const std::size_t vocabulary = 400 + rules;
  while (made.size() < vocabulary) {
    std::string one;
    for (std::size_t i = 2 + below(random_, 3); i > 0; --i) {
      one += kSyllables[below(random_, kSyllables.size())];
    }
    if (made.insert(one).second) words_.push_back(one);
  }
  for (std::size_t i = 0; i < kNamedGroups; ++i) {
    groups_.push_back({"g" + std::to_string(i), group(random_, 8).alternatives, {}});
  }
  const std::size_t topics = std::clamp<std::size_t>(rules / 10, 5, kTopicsMax);
  for (std::size_t i = 0; i < topics; ++i) {
    intents::Intent intent;
    intent.article.value = "made.topic" + std::to_string(i);
    intent.place = {"intents/" + intent.article.value + ".yaml", 1};
    intents_.push_back(std::move(intent));
  }
  for (std::size_t i = 0; i < rules; ++i) add_rule(i, intents_[i % topics]);
  for (std::size_t i = 0; i < examples; ++i) {
    const PlainRule& rule = plain_[below(random_, plain_.size())];
    auto& intent = intents_[i % topics];
    intent.examples.push_back(sentence(rule, random_, below(random_, 4)) + " " + word(random_));
  }
}

// As in a language: a few words make up most of what is said.
const std::string& MixedRules::word(Random& random) const {
  const std::size_t range = 1 + below(random, words_.size());
  return words_[below(random, range)];
}

std::string MixedRules::filler(Random& random) const {
  if (below(random, 3) == 0) return word(random);
  return kSmallWords[below(random, kSmallWords.size())];
}

std::string MixedRules::alternative(Random& random) const {
  const std::size_t kind = below(random, 10);
  const std::string& one = word(random);
  if (kind == 0) return one + " " + word(random);
  return kind < 3 ? one + "*" : one;
}

PlainGroup MixedRules::group(Random& random, std::size_t count) const {
  PlainGroup out;
  for (std::size_t i = 0; i < count; ++i) out.alternatives.push_back(alternative(random));
  return out;
}

void MixedRules::add_rule(std::size_t number, intents::Intent& intent) {
  const std::size_t kind = number % kKinds;
  PlainRule plain;
  plain.article = intent.article;
  intents::Rule rule;
  rule.name = "r" + std::to_string(number);
  rule.place = {intent.place.file, static_cast<int>(number) + 2};
  const auto add = [&](const PlainGroup& group) {
    plain.groups.push_back(group);
    rule.when.all.push_back(group.alternatives);
  };
  if (kind < 18) add(group(random_, 1 + below(random_, 4)));
  if (kind < 11 || (kind >= 13 && kind < 18)) add(group(random_, 1 + below(random_, 4)));
  if (kind >= 8 && kind < 11) add(group(random_, 2));
  if (kind == 11 || kind == 12) {
    const intents::WordGroup& named = groups_[below(random_, groups_.size())];
    plain.groups.push_back({named.words});
    rule.when.all.push_back({"@" + named.name});
  }
  if (kind == 13 || kind == 14) {
    plain.ordered = rule.when.ordered = true;
    if (kind == 14) rule.when.within = plain.within = 3;
  }
  if (kind == 16) rule.when.unless = plain.unless = {word(random_), word(random_) + "*"};
  if (kind == 17) {
    plain.municipality = "osteroy";
    rule.when.situation.municipalities = {{plain.municipality}};
  }
  if (kind >= 18) {  // raw patterns: neighbours, or with a gap between
    const std::string first = word(random_), second = word(random_);
    plain.groups = {{{first}}, {{kind == 18 ? second : second + "*"}}};
    plain.ordered = true;
    plain.within = kind == 18 ? 0 : -1;
    rule.when.pattern = kind == 18 ? "\\b" + first + " " + second + "\\b"
                                   : "\\b" + first + "\\b.*\\b" + second + "\\w*\\b";
  }
  for (int i = 0; i < 3; ++i) rule.examples.push_back(sentence(plain, random_, kNone));
  for (std::size_t i = 0; i < 2; ++i) {
    rule.not_examples.push_back(sentence(plain, random_, i % plain.groups.size()));
  }
  plain_.push_back(std::move(plain));
  intent.rules.push_back(std::move(rule));
}

// One alternative of each group but one, in order and near, with other words around.
std::string MixedRules::sentence(const PlainRule& rule, Random& random,
                                 std::size_t left_out) const {
  std::string out = filler(random);
  for (std::size_t i = 0; i < rule.groups.size(); ++i) {
    if (i == left_out) continue;
    const auto& all = rule.groups[i].alternatives;
    std::string one = all[below(random, all.size())];
    const bool stem = one.ends_with('*');
    if (stem) one.back() = 'r';
    if (i > 0 && rule.within != 0 && below(random, 2) == 0) out += " " + filler(random);
    out += " " + one;
  }
  return out + " " + filler(random);
}

std::vector<std::string> MixedRules::messages(std::size_t count, std::uint32_t seed) const {
  Random random(seed);
  std::set<std::string> known;
  for (const intents::Intent& intent : intents_) {
    known.insert(intent.examples.begin(), intent.examples.end());
    for (const intents::Rule& rule : intent.rules) {
      known.insert(rule.examples.begin(), rule.examples.end());
      known.insert(rule.not_examples.begin(), rule.not_examples.end());
    }
  }
  std::vector<std::string> out;
  while (out.size() < count) {
    const PlainRule& rule = plain_[below(random, plain_.size())];
    const std::size_t kind = below(random, 4);
    std::string text = filler(random);
    if (kind < 2) text += " " + sentence(rule, random, kNone);
    if (kind == 2) text += " " + sentence(rule, random, 0);
    for (std::size_t i = below(random, 4); i > 0 || words_of(text).size() < 3; i -= i > 0) {
      text += " " + filler(random);
    }
    if (out.size() % 8 == 7) text = misspelt(std::move(text), random);
    if (known.insert(text).second) out.push_back(std::move(text));
  }
  return out;
}

}  // namespace svar::bench
