// Rules, examples and messages made up for measuring: of every sort that the rule language has,
// from words that are no words. Equal seed, equal everything.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intents/intent_sources.h"

namespace svar::bench {

// What one group of a rule asks for, kept beside what is written for the product, so that the
// obvious matcher shares no code with it.
struct PlainGroup {
  std::vector<std::string> alternatives;  // a word, «stem*» or words in a row
};

struct PlainRule {
  std::vector<PlainGroup> groups;
  std::vector<std::string> unless;
  bool ordered = false;
  int within = -1;  // no limit
  std::string municipality;
  ArticleId article;
};

class MixedRules {
 public:
  MixedRules(std::size_t rules, std::size_t examples, std::uint32_t seed);

  const std::vector<intents::Intent>& intents() const { return intents_; }
  const std::vector<intents::WordGroup>& groups() const { return groups_; }
  const std::vector<PlainRule>& plain() const { return plain_; }

  // Not among the examples: rules' words in other company, half rules, no rule at all, and each
  // eighth misspelt.
  std::vector<std::string> messages(std::size_t count, std::uint32_t seed) const;

 private:
  using Random = std::mt19937;
  const std::string& word(Random& random) const;
  std::string filler(Random& random) const;
  std::string alternative(Random& random) const;
  PlainGroup group(Random& random, std::size_t count) const;
  void add_rule(std::size_t number, intents::Intent& intent);
  std::string sentence(const PlainRule& rule, Random& random, std::size_t left_out) const;

  Random random_;
  std::vector<std::string> words_;  // the first are asked for most
  std::vector<intents::WordGroup> groups_;
  std::vector<intents::Intent> intents_;
  std::vector<PlainRule> plain_;
};

// The articles whose rules hold in the message as written, by comparing every word of every rule.
std::set<std::string> obvious_matches(const std::vector<PlainRule>& rules, std::string_view message,
                                      std::string_view municipality);

}  // namespace svar::bench
