// Raw patterns, tested all at once: those of fixed form as one RE2::Set, those with gaps or open
// stems behind a FilteredRE2, because each gap multiplies the states of a common automaton. Neither
// answers "no match" when it runs out of memory: then every pattern is tried by itself.
//
// Threads: immutable after compile; the rest is safe from any thread.
#pragma once

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace svar::intents {

class PatternSet {
 public:
  // Returns the pattern's number, counting from 0. Precondition: a valid expression.
  std::size_t add(const std::string& expression);

  // Call once, after all adds. False: the patterns do not fit into `bytes_max`.
  bool compile(std::int64_t bytes_max);

  bool empty() const { return patterns_.empty(); }
  std::size_t size() const { return patterns_.size(); }
  const std::string& expression(std::size_t number) const { return patterns_[number]->pattern(); }

  // The numbers of those that may match somewhere in `text`; every one that does is among them.
  enum class Room { enough, out_of_memory };
  Room find(std::string_view text, std::vector<int>& numbers) const;

  // The first match at or behind `from`: bytes of `text`; an empty match is none.
  struct Match {
    std::size_t begin = 0, end = 0;
  };
  bool locate(std::size_t number, std::string_view text, std::size_t from, Match& match) const;

  // Instructions of the compiled expression: what it costs grows with it.
  int program_size(std::size_t number) const { return patterns_[number]->ProgramSize(); }

 private:
  bool compile_filter(std::int64_t bytes_max);

  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  std::unique_ptr<re2::RE2::Set> fixed_;  // null without any of that kind
  std::vector<int> fixed_numbers_;        // by number in the set
  std::unique_ptr<re2::FilteredRE2> open_;
  std::vector<int> open_numbers_;         // by number in the filter
  std::unique_ptr<re2::RE2::Set> atoms_;  // literal parts that the filter asks for; null without
  std::vector<int> always_;               // in the filter, without a literal part
};

// Whether an expression repeats something without a fixed length («.*», «\w+», «[^ ]{2,}»).
bool has_gap(std::string_view expression);

}  // namespace svar::intents
