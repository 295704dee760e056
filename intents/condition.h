// A rule's condition, read from what editors write into patterns of words. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "intents/intent_sources.h"
#include "intents/string_map.h"

namespace svar::intents {

// One word of a phrase: exactly it, or («hent*») any word that begins with it.
struct WordPattern {
  std::string text;
  bool stem = false;
  bool matches(std::string_view word) const {
    return stem ? word.substr(0, text.size()) == text : word == text;
  }
  bool operator==(const WordPattern&) const = default;
};

using Phrase = std::vector<WordPattern>;   // words that follow each other
using Alternatives = std::vector<Phrase>;  // any one of these

// Reads every word of a line of equivalents as its first. Phrases too («ka tid» as «når»).
class Equivalents {
 public:
  Equivalents() = default;
  explicit Equivalents(const std::vector<WordGroup>& lines);

  // The longest equivalent that begins at words[index]: how many words it takes and what they are
  // read as; 0 words when there is none. `reading` lives as long as this object.
  struct Found {
    std::size_t words = 0;
    const std::vector<std::string>* reading = nullptr;
  };
  Found find(const std::vector<std::string_view>& words, std::size_t index) const;

  // A whole phrase in its reading.
  std::vector<std::string> read(const std::vector<std::string_view>& words) const;

  std::vector<std::string> all_words() const;

 private:
  struct Entry {
    std::vector<std::string> words;
    std::vector<std::string> reading;
  };
  StringMap<std::vector<Entry>> by_first_;  // longest first
};

// Turns the alternatives of a group into phrases: normalised, in their reading, «@group» filled in.
class ConditionReader {
 public:
  ConditionReader(const std::vector<WordGroup>& groups, const Equivalents& equivalents);

  // The error is a sentence: an unknown or self-containing group, an alternative without letters, a
  // lone «*».
  Result<Alternatives, std::string> read(const std::vector<std::string>& alternatives) const;

 private:
  using Fault = std::string;
  Fault add(std::string_view alternative, Alternatives& out, int depth) const;
  Fault add_group(std::string_view name, Alternatives& out, int depth) const;
  Fault add_phrase(std::string_view phrase, Alternatives& out) const;

  std::map<std::string, const WordGroup*, std::less<>> groups_;
  const Equivalents& equivalents_;
};

}  // namespace svar::intents
