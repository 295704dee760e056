#include "intents/foreign_words.h"

#include <algorithm>

namespace svar::intents {
namespace {

// Letters beyond a–z as short strings, Norwegian ones and its accents left out.
std::vector<std::string> special_letters(std::string_view word) {
  static const std::string_view kNorwegian = "æøåéèêòóôàüäö";
  std::vector<std::string> out;
  for (std::size_t i = 0; i < word.size();) {
    const auto lead = static_cast<unsigned char>(word[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view letter = word.substr(i, length);
    if (length > 1 && kNorwegian.find(letter) == std::string_view::npos) out.emplace_back(letter);
    i += length;
  }
  return out;
}

}  // namespace

ForeignWords::ForeignWords(const std::vector<ForeignLanguage>& languages) : languages_(&languages) {
  const auto add = [](auto& map, const std::string& key, std::size_t language) {
    std::vector<std::size_t>& all = map[key];
    if (all.empty() || all.back() != language) all.push_back(language);
  };
  for (std::size_t i = 0; i < languages.size(); ++i) {
    for (const std::string& phrase : languages[i].words) {
      const NormalText normal = normalise(phrase);
      for (const Token& token : normal.tokens) {
        add(by_word_, std::string(normal.word(token)), i);
        for (const std::string& letter : special_letters(normal.word(token)))
          add(by_letter_, letter, i);
      }
    }
  }
}

const ForeignLanguage* ForeignWords::detect(const NormalText& text) const {
  if (languages_ == nullptr || text.tokens.empty()) return nullptr;
  if (text.foreign_letters * 2 > text.letters) return by_script(text);
  return by_words(text);
}

std::vector<int> ForeignWords::count_markers(const NormalText& text) const {
  std::vector<int> counts(languages_->size(), 0);
  for (const Token& token : text.tokens) {
    const std::string_view word = text.word(token);
    if (const std::vector<std::size_t>* found = by_word_.find(word)) {
      for (const std::size_t language : *found) counts[language] += 2;
      continue;
    }
    const std::vector<std::string> letters = special_letters(word);
    if (letters.empty()) continue;
    if (const std::vector<std::size_t>* found = by_letter_.find(letters.front())) {
      for (const std::size_t language : *found) ++counts[language];
    }
  }
  return counts;
}

const ForeignLanguage* ForeignWords::by_script(const NormalText& text) const {
  const std::vector<int> counts = count_markers(text);
  const ForeignLanguage* best = nullptr;
  int most = -1;
  for (std::size_t i = 0; i < languages_->size(); ++i) {
    const ForeignLanguage& language = (*languages_)[i];
    if (language.script != text.script || counts[i] <= most) continue;
    best = &language;
    most = counts[i];
  }
  return best;
}

const ForeignLanguage* ForeignWords::by_words(const NormalText& text) const {
  const std::vector<int> counts = count_markers(text);
  const auto best = std::max_element(counts.begin(), counts.end());
  if (best == counts.end() || *best < 2) return nullptr;
  const auto words = static_cast<int>(text.tokens.size());
  // A marker counts two: two fifths of the words must be markers; of one or two words all.
  const bool enough = words <= 2 ? *best >= 2 * words : *best >= 3 && *best * 5 >= words * 4;
  if (!enough) return nullptr;
  return &(*languages_)[static_cast<std::size_t>(best - counts.begin())];
}

}  // namespace svar::intents
