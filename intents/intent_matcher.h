// Recognises what a message asks: the editors' rules and examples, compiled. What it says is
// definitive; what is only possible is the article index's business.
//
// Threads: immutable after compile; every method is safe from any thread and does no I/O. Owns all
// that it refers to. Time: some microseconds a message. The first messages after compile are
// slower: RE2 builds the automaton of raw patterns as it goes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "intents/gazetteer.h"
#include "intents/intent_sources.h"
#include "intents/normal_text.h"

namespace svar::intents {

// Something an editor should know about a rule. An error hinders the release, a warning does not.
struct Finding {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  Place place;
  std::string what;  // a sentence: what is wrong and what to do
};
using Findings = std::vector<Finding>;

struct MatcherOptions {
  std::vector<NamedPlace> places;  // municipalities and the places in them
  std::vector<std::string>
      domain_words;  // words or phrases that name topics (titles): misspellings are led to them
  std::vector<std::string>
      known_words;  // running text (articles): its words are spelt right and never corrected
  std::vector<ArticleId> sensitive;  // articles whose rules must have exclusions
  std::int64_t automaton_bytes_max = std::int64_t{96} << 20;  // for all rules together
};

enum class HitKind { rule, example };

// One rule or exact example that the message satisfies.
struct Hit {
  ArticleId article;
  HitKind kind = HitKind::rule;
  std::string_view rule;  // "intents/boss.dunk.yaml#broken"; an example's is "…#example 3". Lives
                          // as long as the matcher
  double weight = 1;      // 1 as written; lower when spelling had to be mended
  std::vector<Span> matched;  // bytes of the original text, rising, not overlapping
};

struct SafetyHit {
  SafetyKind kind = SafetyKind::medical;
  std::string_view rule;
  std::vector<Span> matched;
};

struct ActHit {
  std::string_view act;  // as in SpeechActRule
  std::string_view rule;
  double share =
      0;  // of the message's words that the hit covers, 0…1: «takk» alone, or in a long question
  std::vector<Span> matched;
};

// All that was recognised. `safety` goes before everything.
struct Matches {
  std::optional<SafetyHit> safety;
  std::vector<ActHit> acts;
  std::vector<Hit> hits;  // at most one an article, the strongest; exact examples first, then by
                          // the words covered
  const ForeignLanguage* foreign = nullptr;  // another language than the bot knows
  PlaceMention place;
  NormalText text;          // as normalised: its tokens tell how much there was
  std::string search_text;  // for the article index: spelling mended
};

class IntentMatcher {
 public:
  // Fails with every error found: an unknown word group, a pattern that is no RE2 expression, a
  // rule without conditions. Blocks for some milliseconds at a thousand rules.
  static Result<std::shared_ptr<const IntentMatcher>, Findings> compile(
      const IntentSources& sources, const MatcherOptions& options);
  ~IntentMatcher();
  IntentMatcher(const IntentMatcher&) = delete;
  IntentMatcher& operator=(const IntentMatcher&) = delete;

  // Any bytes are accepted; invalid UTF-8 counts as blanks. Only the first 4,000 code points are
  // read.
  Matches match(std::string_view text) const;

  // Only what goes before everything: cheaper, and independent of all other rules.
  std::optional<SafetyHit> match_safety(std::string_view text) const;

  // Every rule's examples and counter-examples, and every intent's exact examples: one finding for
  // each that fails.
  Findings run_rule_tests() const;

  // What is suspicious though it works: the same example in two intents, a rule without a literal
  // word, one that hits nearly every example of others, a sensitive rule without exclusions, an
  // example that another article's rule takes.
  Findings find_weaknesses() const;

  // How many of each there are, for the command line.
  struct Size {
    std::size_t rules = 0, groups = 0, examples = 0, words = 0;
  };
  Size size() const;

  struct Impl;  // intents/compiled_rules.h

 private:
  IntentMatcher();
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::intents
