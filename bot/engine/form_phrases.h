// Finds an editor's words in a message: «hol*» for any ending, phrases of several words, spelling
// habits folded away. Pure. Internal to the engine.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intents/normal_text.h"

namespace svar::engine {

// The folded words of one message.
std::vector<std::string> folds_of(const intents::NormalText& text);

class Phrases {
 public:
  explicit Phrases(const std::vector<std::string>& phrases);
  Phrases(std::initializer_list<const char*> phrases);

  struct Found {
    std::size_t first = 0;  // word
    std::size_t count = 0;  // words
  };
  // The first place where one of them stands; the longest of those that stand there.
  std::optional<Found> find(const std::vector<std::string>& folds) const;
  // How many words of the message, from this one on, the longest phrase takes; 0 for none.
  std::size_t at(const std::vector<std::string>& folds, std::size_t word) const;

 private:
  struct Word {
    std::string fold;
    bool stem = false;
  };
  void add(std::string_view phrase);
  static bool fits(const std::vector<Word>& phrase, const std::vector<std::string>& folds,
                   std::size_t word);

  std::vector<std::vector<Word>> phrases_;
};

}  // namespace svar::engine
