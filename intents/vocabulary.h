// The words that the content knows, and how a message's unknown words are led to them: spelling
// habits, inflection, compounds apart or joined, one typo, two in long words.
//
// Safety words and place names are never a goal and never touched: a false correction to «brann» is
// dangerous.
//
// Threads: immutable after the last add; safe from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intents/condition.h"
#include "intents/word_reading.h"
#include "intents/word_trie.h"

namespace svar::intents {

// A better spelling, and what sort of fault it mends.
struct Mending {
  std::string word;
  How how = How::fold;
};

class Vocabulary {
 public:
  // A word or stem that rules look for: misspelt words may be led to it.
  void add_goal(const WordPattern& word);
  // A word that is right as it is: never mended by a typo, never a goal for one.
  void add_known(std::string_view word);
  // A word that editors' examples use, perhaps misspelt on purpose: no goal, and no typo leads away
  // from it.
  void add_seen(std::string_view word);
  // A word that must not be touched nor led to: of safety rules and names.
  void add_untouchable(const WordPattern& word);
  // Call once, after all adds.
  void close();

  // A better spelling of an unknown word, or nothing.
  std::optional<Mending> mend(std::string_view word) const;

  // «søppel dunk» as «søppeldunk», when rules know the whole.
  bool joins(std::string_view first, std::string_view second) const;

  // «bossdunk» as «boss», «dunk», when rules know both parts and not the whole. The joints -s- and
  // -e- are dropped.
  struct Parts {
    std::string_view first, second;
  };
  std::optional<Parts> split(std::string_view word) const;

  std::size_t size() const { return size_; }  // of the goals

 private:
  // What a word is, one bit each.
  enum Mark : std::uint8_t {
    kGoal = 1,
    kGoalStem = 2,
    kKnown = 4,
    kSeen = 8,
    kUntouchable = 16,
    kUntouchableStem = 32,
  };
  // Everything that one walk along a word tells.
  struct Look {
    std::uint8_t marks = 0;        // of exactly this word
    std::size_t longest_stem = 0;  // of a goal, in bytes; 0 when none begins the word
    bool untouchable = false;      // exactly or by a stem
    bool has(Mark mark) const { return (marks & mark) != 0; }
  };
  Look look(std::string_view word) const;
  std::uint8_t marks(std::string_view word) const;
  bool is_last_part(std::string_view word) const;
  std::optional<std::string> mend_fold(std::string_view word) const;
  std::optional<std::string> mend_inflection(std::string_view word) const;
  std::optional<std::string> mend_typo(std::u32string_view letters) const;
  std::optional<std::string> mend_two_typos(std::u32string_view letters) const;
  void close_folds();
  void close_typos();

  std::map<std::string, std::uint8_t, std::less<>> added_;  // emptied by close
  std::size_t size_ = 0;
  WordTrie words_;
  std::vector<std::uint8_t> marks_;  // by word
  WordTrie folds_;
  std::vector<std::string> unfolded_;  // by fold: the word
  WordTrie stem_folds_;
  std::vector<std::string> unfolded_stems_;
  struct Goal {
    std::u32string letters;
    bool stem = false;
    std::uint64_t letters_seen = 0;  // one bit a letter: most words are ruled out by it
  };
  static std::uint64_t letters_seen(std::u32string_view letters);
  static std::optional<std::u32string> as_goal(std::u32string_view letters, const Goal& goal);
  std::unordered_map<char32_t, std::vector<Goal>> by_first_;  // goals for typos, by first letter
};

// Whether a and b differ by at most one letter added, dropped, changed or two neighbours swapped.
bool within_one_typo(std::u32string_view a, std::u32string_view b);

// The same with two such faults, in different places.
bool within_two_typos(std::u32string_view a, std::u32string_view b);

}  // namespace svar::intents
