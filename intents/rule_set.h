// Many rules tested at once, however many there are: each word of a message is looked up once among
// the words that phrases begin with, and what follows is compared; raw patterns are the expressions
// of one RE2::Set. What was found is counted per group, and only rules whose groups all occur are
// looked at. (Every phrase as an expression of the set took twice the time and, in its automaton,
// a hundred times the memory.)
//
// Threads: immutable after compile; evaluate is safe from any thread.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intents/condition.h"
#include "intents/normal_text.h"
#include "intents/word_trie.h"

namespace svar::intents {

inline std::uint32_t front_bytes(std::string_view word) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, word.data(), std::min(word.size(), sizeof bytes));
  return bytes;
}

// The views of a message that rules look into, each a line of words set off by its delimiter:
// ' ' as written, in its reading or mended; '_' without Norwegian letters, which safety rules alone
// look into.
class Lines {
 public:
  struct Word {
    std::uint32_t begin = 0, end = 0;
    Span original;
  };
  struct Line {
    std::size_t first = 0, last = 0;  // words [first, last)
    char delimiter = ' ';
    double weight = 1;
  };

  void begin(char delimiter, double weight);
  void add(std::string_view word, Span original);
  void end();

  std::string_view buffer() const { return buffer_; }
  const std::vector<Line>& all() const { return lines_; }
  std::string_view word(std::size_t index) const {
    return std::string_view(buffer_).substr(words_[index].begin,
                                            words_[index].end - words_[index].begin);
  }
  const Word& at(std::size_t index) const { return words_[index]; }
  // The word's first four bytes as a number, filled up with nought.
  std::uint32_t front(std::size_t index) const { return front_bytes(word(index)); }
  std::string text(const Line& line) const;  // its words between blanks

 private:
  std::string buffer_ = "\n";
  std::vector<Word> words_;
  std::vector<Line> lines_;
};

struct RuleHit {
  std::size_t rule = 0;  // as numbered by add
  double weight = 1;     // of the line it was found in
  std::vector<Span> matched;
};

class RuleSet {
 public:
  enum class Kind { ordinary, safety };
  explicit RuleSet(Kind kind) : kind_(kind) {}
  RuleSet(const RuleSet&) = delete;

  // Returns the rule's number, counting from 0.
  std::size_t add(std::vector<Alternatives> groups, Alternatives unless, bool ordered,
                  const std::string& pattern);

  // Call once, after all adds. False: the raw patterns do not fit into `bytes_max`.
  bool compile(std::int64_t bytes_max);

  // Every rule that holds, in the order they were added.
  std::vector<RuleHit> evaluate(const Lines& lines) const;

  std::size_t rules() const { return rules_.size(); }
  std::size_t groups() const { return groups_.size(); }

 private:
  struct Group {
    Alternatives alternatives;         // empty for a raw pattern
    Alternatives folded;               // the same by fold_letters; of safety rules alone
    std::unique_ptr<re2::RE2> raw;     // to find where it matched
    std::uint32_t uses = 0;            // rules that need it
    std::vector<std::uint32_t> rules;  // those of them that are looked at when it occurs
  };
  struct CompiledRule {
    std::vector<std::uint32_t> groups;
    std::int32_t unless = -1;
    bool ordered = false;
  };
  struct Occurrence {
    std::size_t first = 0, last = 0;  // words, inclusive
  };
  std::uint32_t intern(Alternatives alternatives);
  std::uint32_t intern_pattern(const std::string& pattern);
  // Where phrases begin, for lines of one delimiter.
  struct Start {
    std::uint32_t group = 0, phrase = 0;
    std::uint32_t next = 0,
                  next_mask = 0;  // how the second word begins: rules out most phrases at once
    bool stem = false;
    bool alone = true;  // nothing follows
  };
  struct Beginnings {
    WordTrie words;
    std::vector<std::uint32_t> first;  // by word: its starts begin here; one more at the end
    std::vector<Start> starts;
  };
  static Start start_of(const Phrase& phrase, std::uint32_t group, std::uint32_t number);
  Beginnings beginnings(Alternatives Group::*alternatives) const;
  void assign_rules();
  bool compile_patterns(std::int64_t bytes_max);
  const Alternatives& alternatives(const Group& group, const Lines::Line& line) const {
    return line.delimiter == '_' ? group.folded : group.alternatives;
  }
  bool continues(const Start& start, const Lines& lines, const Lines::Line& line,
                 std::size_t at) const;
  static bool continues(const Phrase& phrase, const Lines& lines, const Lines::Line& line,
                        std::size_t at);
  // Calls use(group) for every group that occurs in the lines; perhaps more than once.
  template <class Use>
  void find_groups(const Lines& lines, Use use) const;
  template <class Use>
  void find_phrases(const Lines& lines, const Lines::Line& line, Use use) const;
  template <class Use>
  void find_patterns(const Lines& lines, Use use) const;
  bool holds(const CompiledRule& rule, const Lines& lines, RuleHit& hit) const;
  bool holds_in(const CompiledRule& rule, const Lines& lines, const Lines::Line& line,
                RuleHit& hit) const;
  bool holds_scattered(const CompiledRule& rule, const Lines& lines, RuleHit& hit) const;
  bool locate(const Group& group, const Lines& lines, const Lines::Line& line, std::size_t from,
              Occurrence& out) const;
  bool locate_raw(const re2::RE2& pattern, const Lines& lines, const Lines::Line& line,
                  std::size_t from, Occurrence& out) const;
  bool sees(const Lines::Line& line) const;

  Kind kind_;
  std::vector<Group> groups_;
  std::vector<CompiledRule> rules_;
  std::unordered_map<std::string, std::uint32_t> groups_by_key_;
  Beginnings plain_, folded_;
  std::vector<std::uint32_t> patterns_;  // the groups of raw patterns, as numbered in the set
  std::unique_ptr<re2::RE2::Set> set_;   // null without raw patterns
};

// Sorted, without overlaps or repeats.
void tidy(std::vector<Span>& spans);

}  // namespace svar::intents
