// Many rules tested at once: every phrase of every rule is one expression in a single RE2::Set, so
// a message is read once however many rules there are. What was found is counted per group, and
// only rules whose groups all occur are looked at.
//
// Threads: immutable after compile; evaluate is safe from any thread.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intents/condition.h"
#include "intents/normal_text.h"

namespace svar::intents {

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

  // Call once, after all adds. False: it does not fit into `bytes_max`. Also walks every phrase
  // once, so that the first citizens do not wait while RE2 builds its automaton.
  bool compile(std::int64_t bytes_max);

  // Every rule that holds, in the order they were added.
  std::vector<RuleHit> evaluate(const Lines& lines) const;

  std::size_t rules() const { return rules_.size(); }
  std::size_t groups() const { return groups_.size(); }

 private:
  struct Group {
    Alternatives alternatives;         // empty for a raw pattern
    std::unique_ptr<re2::RE2> raw;     // to find where it matched
    std::vector<std::uint32_t> rules;  // that need it
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
  void add_expression(const std::string& expression, std::uint32_t group);
  void warm() const;
  // Calls use(group) for every group that occurs in the lines; perhaps more than once.
  template <class Use>
  void find_groups(const Lines& lines, Use use) const;
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
  std::unordered_map<std::string, std::uint32_t> expression_numbers_;
  std::vector<std::string> expressions_;                       // as numbered in the set
  std::vector<std::vector<std::uint32_t>> expression_groups_;  // the groups each of them answers
  std::unique_ptr<re2::RE2::Set> set_;
};

// Sorted, without overlaps or repeats.
void tidy(std::vector<Span>& spans);

}  // namespace svar::intents
