#include "bot/engine/form_phrases.h"

#include <algorithm>

namespace svar::engine {

std::vector<std::string> folds_of(const intents::NormalText& text) {
  std::vector<std::string> folds;
  folds.reserve(text.tokens.size());
  for (const intents::Token& token : text.tokens) folds.push_back(intents::fold(text.word(token)));
  return folds;
}

Phrases::Phrases(const std::vector<std::string>& phrases) {
  for (const std::string& phrase : phrases) add(phrase);
}

Phrases::Phrases(std::initializer_list<const char*> phrases) {
  for (const char* phrase : phrases) add(phrase);
}

void Phrases::add(std::string_view phrase) {
  const bool stem = phrase.ends_with('*');
  if (stem) phrase.remove_suffix(1);
  std::vector<Word> words;
  for (std::string& fold : folds_of(intents::normalise(phrase))) words.push_back({std::move(fold)});
  if (words.empty()) return;
  words.back().stem = stem;
  phrases_.push_back(std::move(words));
}

bool Phrases::fits(const std::vector<Word>& phrase, const std::vector<std::string>& folds,
                   std::size_t word) {
  if (word + phrase.size() > folds.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const std::string& own = folds[word + i];
    const bool same = phrase[i].stem ? own.starts_with(phrase[i].fold) : own == phrase[i].fold;
    if (!same) return false;
  }
  return true;
}

std::size_t Phrases::at(const std::vector<std::string>& folds, std::size_t word) const {
  std::size_t longest = 0;
  for (const auto& phrase : phrases_) {
    if (phrase.size() > longest && fits(phrase, folds, word)) longest = phrase.size();
  }
  return longest;
}

std::optional<Phrases::Found> Phrases::find(const std::vector<std::string>& folds) const {
  for (std::size_t word = 0; word < folds.size(); ++word) {
    if (const std::size_t count = at(folds, word)) return Found{word, count};
  }
  return std::nullopt;
}

}  // namespace svar::engine
