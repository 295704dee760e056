// The compiled form of the editors' sources, shared by matching and checking. Internal to intents.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "intents/condition.h"
#include "intents/foreign_words.h"
#include "intents/gazetteer.h"
#include "intents/intent_matcher.h"
#include "intents/reading.h"
#include "intents/rule_set.h"
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
  std::unordered_map<std::string, std::vector<std::size_t>> examples_by_key;   // without blanks
  std::unordered_map<std::string, std::vector<std::size_t>> examples_by_fold;  // and folded

  // Everything found in a message before the strongest are chosen.
  struct Raw {
    NormalText text;
    std::vector<RuleHit> rules;         // of the ordinary set
    std::vector<std::size_t> examples;  // exact ones
    double example_weight = 1;
    std::string mended;  // the mended words; empty when none were mended
  };
  Raw evaluate(NormalText text, const std::vector<ReadWord>& written,
               const std::vector<ReadWord>& reading, Lines& lines) const;
  Raw evaluate(std::string_view message) const;  // the same, for checks

  std::vector<RuleHit> evaluate_safety(std::string_view message) const;
  bool has_intent_hit(const Raw& raw) const;

  void add_examples(const Intent& intent);
  void find_examples_in(const std::vector<ReadWord>& words, Raw& raw) const;
  void find_folded_examples(const std::vector<ReadWord>& words, Raw& raw) const;

  Findings build();  // fills everything from `sources` and `options`; the errors found
};

}  // namespace svar::intents
