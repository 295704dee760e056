// What the example model sees of a message: its words, their skeletons, pairs of them and pieces of
// words, each as a 64-bit key. No strings are kept: a feature remembers the word it came from.
//
// Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intents/model/hyper_parameters.h"
#include "intents/model/near_words.h"

namespace svar::intents {

// The two blocks are brought to length one separately, so that a long word's many pieces don't
// drown its neighbours.
enum class Block : std::uint8_t { words, letters };

struct Feature {
  std::uint64_t key = 0;
  std::uint16_t token = 0;  // index of the (first) word it came from
  Block block = Block::words;
  bool word = false;     // the word itself
  bool pair = false;     // of two words
  bool guessed = false;  // of the word that a misspelt one may have been meant as
};

// Words that count as another: «ikke» → «ikkje». Applied to the words of examples and messages
// alike.
class WordForms {
 public:
  void add(std::string form, std::string word);
  // The word that `form` stands for; `form` itself when it stands for none.
  std::string_view operator()(std::string_view form) const;
  std::vector<std::pair<std::string, std::string>> sorted() const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
      return std::hash<std::string_view>()(word);
    }
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> words_;
};

class FeatureReader {
 public:
  // `near_words`: what a word that is none of them may have been meant as.
  FeatureReader(const HyperParameters&, WordForms,
                std::shared_ptr<const NearWords> near_words = std::make_shared<const NearWords>());

  // Replaces `out`. `normalised`: NormalText::text. Reads at most kTokensMax words and stops at
  // kFeaturesMax features: what a citizen asks stands in the first hundred words.
  void read(std::string_view normalised, std::vector<Feature>& out) const;

  const WordForms& forms() const { return forms_; }

  static constexpr std::size_t kTokensMax = 120;
  static constexpr std::size_t kFeaturesMax = 3'000;

 private:
  void read_letters(std::string_view word, std::uint16_t token, std::vector<Feature>& out) const;
  void read_meant(std::string_view word, std::uint16_t token, std::vector<Feature>& out) const;

  std::size_t letters_shortest_ = 0;
  std::size_t letters_longest_ = 0;
  WordForms forms_;
  std::shared_ptr<const NearWords> near_words_;
};

}  // namespace svar::intents
