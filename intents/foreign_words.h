// Tells a language that the bot does not know, by its script or its commonest words.
//
// Threads: immutable after making; safe from any thread. Refers to the languages it was given.
#pragma once

#include <string>
#include <vector>

#include "intents/intent_sources.h"
#include "intents/normal_text.h"
#include "intents/string_map.h"

namespace svar::intents {

class ForeignWords {
 public:
  ForeignWords() = default;
  explicit ForeignWords(const std::vector<ForeignLanguage>& languages);

  // Nothing unless most of a message is foreign: one foreign word or name does not turn a Norwegian
  // message.
  const ForeignLanguage* detect(const NormalText& text) const;

 private:
  const ForeignLanguage* by_script(const NormalText& text) const;
  const ForeignLanguage* by_words(const NormalText& text) const;
  std::vector<int> count_markers(const NormalText& text) const;

  const std::vector<ForeignLanguage>* languages_ = nullptr;
  StringMap<std::vector<std::size_t>> by_word_;
  StringMap<std::vector<std::size_t>> by_letter_;  // letters Norwegian does not have
};

}  // namespace svar::intents
