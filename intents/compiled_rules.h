// The compiled form of the editors' sources, shared by matching and checking. Internal to intents.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "intents/condition.h"
#include "intents/foreign_words.h"
#include "intents/gazetteer.h"
#include "intents/intent_matcher.h"
#include "intents/reading.h"
#include "intents/rule_set.h"
#include "intents/string_map.h"
#include "intents/vocabulary.h"

namespace svar::intents {

struct IntentMatcher::Impl {
  // What a rule of the ordinary set belongs to.
  struct Owner {
    const Rule* rule = nullptr;
    const Intent* intent = nullptr;  // one of the two
    const SpeechActRule* speech_act = nullptr;
    std::string id;
  };
  struct Example {
    const Intent* intent = nullptr;
    std::size_t number = 0;  // from 0
    std::string id;
  };

  IntentSources sources;  // a copy: everything below points into it
  MatcherOptions options;
  Equivalents equivalents;
  Vocabulary vocabulary;
  Gazetteer gazetteer;
  ForeignWords foreign;
  RuleSet ordinary{RuleSet::Kind::ordinary};
  RuleSet safety{RuleSet::Kind::safety};
  std::vector<Owner> owners;                    // by the ordinary set's number
  std::vector<const SafetyRule*> safety_rules;  // by the safety set's number
  std::vector<std::string> safety_ids;
  std::vector<Example> examples;
  StringMap<std::vector<std::size_t>> examples_by_key;   // without blanks
  StringMap<std::vector<std::size_t>> examples_by_fold;  // and folded

  // Everything found in a message before the strongest are chosen.
  struct Raw {
    std::vector<RuleHit> rules;         // of the ordinary set
    std::vector<std::size_t> examples;  // exact ones
    double example_weight = 1;
    std::vector<Reading> example_readings;
    std::string mended;  // the mended words; empty when none were mended
  };
  Raw evaluate(const std::vector<ReadWord>& written, const std::vector<ReadWord>& reading,
               Lines& lines, const MatchContext& context) const;

  std::vector<RuleHit> evaluate_safety(std::string_view message, const MatchContext& context) const;
  bool has_intent_hit(const Raw& raw) const;
  Matches finish(Matches out, const Raw& raw) const;  // the strongest of what was found

  void add_examples(const Intent& intent);
  void find_examples_in(std::span<const ReadWord> words, Raw& raw) const;
  void find_folded_examples(const std::vector<ReadWord>& words, Raw& raw) const;

  // A message recognised, and every ordinary rule that holds in it.
  struct Recognised {
    Matches matches;
    std::vector<RuleHit> rules;
  };
  Recognised recognise(std::string_view message, const MatchContext& context,
                       bool with_safety = true) const;
  // Where the rule or example of this id (as in Hit) stands.
  Place place_of_rule(std::string_view id) const;
  MatchContext placed(const MatchContext& context, const PlaceMention& place) const;

  Findings build();  // fills everything from `sources` and `options`; the errors found
};

}  // namespace svar::intents
