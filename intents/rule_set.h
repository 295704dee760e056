// Many rules tested at once, however many there are: each word of a message is looked up once among
// the words that phrases begin with, and what follows is compared; raw patterns are one set. Where
// each group occurs is kept, and only rules whose groups all occur are looked at. (Every phrase as
// an expression of the set took twice the time and, in its automaton, a hundred times the memory.)
//
// Threads: immutable after compile; evaluate is safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intents/condition.h"
#include "intents/lines.h"
#include "intents/occurrences.h"
#include "intents/pattern_set.h"
#include "intents/situation.h"
#include "intents/word_trie.h"

namespace svar::intents {

struct RuleHit {
  std::size_t rule = 0;  // as numbered by add
  double weight = 1;     // the product of its words' weights
  std::vector<Span> matched;
  std::vector<Reading> readings;  // of the matched words that were read as others
};

class RuleSet {
 public:
  enum class Kind { ordinary, safety };
  explicit RuleSet(Kind kind) : kind_(kind) {}
  RuleSet(const RuleSet&) = delete;

  // A rule's condition, read. `situation` must outlive the set.
  struct Parts {
    std::vector<Alternatives> groups;
    Alternatives unless;
    Arrangement arrangement;
    std::string pattern;                   // an expression on normalised text; empty for none
    const Situation* situation = nullptr;  // null: holds everywhere
  };

  // Returns the rule's number, counting from 0.
  std::size_t add(Parts parts);

  // Call once, after all adds. False: the raw patterns do not fit into `bytes_max`.
  bool compile(std::int64_t bytes_max);

  // Every rule that holds, in the order they were added.
  std::vector<RuleHit> evaluate(const Lines& lines, const MatchContext& context) const;

  // The same for a message whose lines become more: each look finds what holds in all lines so far,
  // and only reads those that were added since the one before.
  class Search {
   public:
    // One search at a time on a thread, for either kind of set. Refers to both.
    Search(const RuleSet& set, const MatchContext& context);
    std::vector<RuleHit> look(const Lines& lines);

   private:
    struct Room;
    static Room& room_of(Kind kind);

    const RuleSet& set_;
    const MatchContext& context_;
    Room& room_;
    std::uint32_t seen_ = 0;  // lines
  };

  // How far one rule comes, for an explanation.
  struct Trial {
    bool holds = false;
    std::vector<std::size_t> missing;  // its groups that occur nowhere, counted as in Parts; the
                                       // pattern behind them
    std::vector<Span> excluded_by;
    bool other_situation = false;
  };
  Trial try_rule(std::size_t number, const Lines& lines, const MatchContext& context) const;

  std::size_t rules() const { return rules_.size(); }
  std::size_t groups() const { return groups_.size(); }
  const PatternSet& patterns() const { return patterns_; }
  // The rule that pattern `number` belongs to.
  std::size_t rule_of_pattern(std::size_t number) const { return pattern_rules_[number]; }

 private:
  struct Group {
    Alternatives alternatives;  // empty for a raw pattern
    Alternatives folded;        // the same by fold_letters; of safety rules alone
    std::uint32_t uses = 0;     // rules that need it
  };
  // A rule that is looked at when its least used group occurs, and the next of its groups, which
  // rules most of them out before anything else of the rule is touched.
  struct Candidate {
    std::uint32_t rule = 0, also = 0;
  };
  struct CompiledRule {
    std::vector<std::uint32_t> groups;
    std::int32_t unless = -1;
    Arrangement arrangement;
    const Situation* situation = nullptr;
  };
  std::uint32_t intern(Alternatives alternatives);
  std::uint32_t intern_pattern(const std::string& pattern, std::size_t rule);
  // Where a phrase is looked for: at the word of it that fewest phrases have, so that «eg» and
  // «kan» lead to few. For lines of one delimiter.
  struct Start {
    std::uint32_t group = 0, phrase = 0;
    std::uint32_t front = 0,
                  front_mask = 0;  // how the neighbour begins: rules out most phrases at once
    std::uint16_t offset = 0;      // of the word in its phrase
    std::int8_t neighbour = 0;     // 1 the next word, -1 the one before, 0 the phrase is one word
    bool stem = false;
  };
  struct Beginnings {
    WordTrie words;
    std::vector<std::uint32_t> first;  // by word: its starts begin here; one more at the end
    std::vector<Start> starts;
  };
  static Start start_of(const Phrase& phrase, std::size_t offset);
  Beginnings beginnings(Alternatives Group::*alternatives) const;
  void assign_rules();
  const Phrase& phrase_of(const Start& start, char delimiter) const {
    const Group& group = groups_[start.group];
    return (delimiter == '_' ? group.folded : group.alternatives)[start.phrase];
  }
  bool sees(const Lines::Line& line) const;
  // Calls use(group, occurrence) for every place where a group occurs in the lines from `line` on.
  template <class Use>
  void find_groups(const Lines& lines, std::uint32_t line, Use use) const;
  template <class Use>
  void find_phrases(const Lines& lines, std::uint32_t line, Use use) const;
  template <class Use>
  void find_patterns(const Lines& lines, std::uint32_t line, Use use) const;
  template <class Use>
  void locate_pattern(std::size_t pattern, const Lines& lines, std::uint32_t line, Use use) const;
  bool possible(const CompiledRule& rule, const Occurrences& found,
                const MatchContext& context) const;
  bool holds(const CompiledRule& rule, const Lines& lines, const Occurrences& found,
             RuleHit& hit) const;

  Kind kind_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> first_candidates_;  // by group; one more at the end
  std::vector<Candidate> candidates_;
  std::vector<CompiledRule> rules_;
  std::unordered_map<std::string, std::uint32_t> groups_by_key_;
  Beginnings plain_, folded_;
  PatternSet patterns_;
  std::vector<std::uint32_t> pattern_groups_;  // by number in the set
  std::vector<std::size_t> pattern_rules_;
};

// Sorted, without overlaps or repeats.
void tidy(std::vector<Span>& spans);

}  // namespace svar::intents
