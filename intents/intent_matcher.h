// Recognises what a message asks: the editors' rules and examples, compiled. What it says is
// definitive; what is only possible is the article index's business.
//
// Threads: immutable after compile; every method is safe from any thread and does no I/O. Owns all
// that it refers to. Time: some microseconds a message. The first messages after compile are
// slower: RE2 builds the automaton of raw patterns as it goes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "intents/gazetteer.h"
#include "intents/intent_sources.h"
#include "intents/normal_text.h"
#include "intents/situation.h"
#include "intents/word_reading.h"

namespace svar::intents {

// Something an editor should know about a rule. An error hinders the release, a warning does not.
struct Finding {
  enum class Severity { error, warning };
  Severity severity = Severity::error;
  Place place;
  std::string what;       // a sentence: what is wrong, with whom, and what to do
  std::string kind = {};  // for machines: «example_fails»; the list is in config/content/README.md
  Place other = {};       // the other party, when there is one
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
  double weight = 1;      // 1 as written; lower for each word that had to be folded or mended
  std::vector<Span> matched;           // bytes of the original text, rising, not overlapping
  std::vector<Reading> readings = {};  // of the matched words that were read as others
  int priority = 0;                    // the rule's
};

// A definitive hit that another one beat, so that it neither answers nor asks.
enum class Outdoing {
  priority,       // the other's rule has a higher one
  exact_example,  // the other is an exact example, this a rule
  covers_more,    // the other explains these words and more
};
struct Outdone {
  Hit hit;
  std::string_view by;  // the other's rule, as in Hit
  ArticleId by_article;
  Outdoing why = Outdoing::covers_more;
};

struct SafetyHit {
  SafetyKind kind = SafetyKind::medical;
  std::string_view rule;
  std::vector<Span> matched;
  std::vector<Reading> readings = {};
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
  std::vector<Hit> hits;  // at most one an article, the strongest, all of one priority; exact
                          // examples first, then by the words covered
  std::vector<Outdone> outdone;              // what would have been among them
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
  // read. Rules that ask for a situation hold only where the context gives it.
  Matches match(std::string_view text, const MatchContext& context = {}) const;

  // The same for a part of a message that was matched as a whole: without `safety`, cheaper.
  Matches match_part(std::string_view part, const MatchContext& context) const;

  // Only what goes before everything: cheaper, and independent of all other rules.
  std::optional<SafetyHit> match_safety(std::string_view text) const;

  // Every rule's examples and counter-examples, each in the situation that its rule asks for, and
  // every intent's exact examples: one finding for each that fails, or that is answered otherwise
  // because a safety rule, a speech act, a higher priority or another topic's words take it.
  struct RuleTests {
    std::size_t count = 0;
    Findings failures;
  };
  RuleTests run_rule_tests() const;

  // What is suspicious though it works: the same or nearly the same example in two intents, a topic
  // that none of its examples reaches, a rule that has no example, that nothing hits, that hits
  // nearly everything, an example that another article's rule takes too, a sensitive rule without
  // exclusions, a costly expression. `messages` are tried beside all examples: the regression set.
  Findings find_weaknesses(const std::vector<std::string>& messages = {}) const;

  // What matching these messages costs, by the caller's clock in nanoseconds: the least of three
  // runs, a message. A pattern that takes more than `pattern_ns_max` a message, and patterns that
  // run out of memory, are findings.
  struct Timing {
    double safety_ns = 0, ordinary_ns = 0;
    Findings findings;
  };
  using Clock = std::function<std::int64_t()>;
  Timing time_rules(const std::vector<std::string>& messages, const Clock& nanoseconds,
                    double pattern_ns_max = 10'000) const;

  // How many of each there are, for the command line.
  struct Size {
    std::size_t rules = 0, groups = 0, examples = 0, words = 0, patterns = 0;
  };
  Size size() const;

  struct Impl;                                 // intents/compiled_rules.h
  const Impl& impl() const { return *impl_; }  // for checks and explanations of intents itself

 private:
  IntentMatcher();
  std::unique_ptr<Impl> impl_;
};

// Speech acts that are answered before any topic: «person», «personal_case», «offtopic».
bool goes_before_topics(std::string_view act);

}  // namespace svar::intents
