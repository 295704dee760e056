#include "intents/inflection.h"

#include <algorithm>
#include <initializer_list>

namespace svar::intents {
namespace {

using Endings = std::initializer_list<std::string_view>;

bool ends_with(const std::string& word, std::string_view ending) {
  return word.size() > ending.size() + 1 && std::string_view(word).ends_with(ending);
}

std::string without(std::string word, std::size_t bytes) {
  word.resize(word.size() - bytes);
  return word;
}

bool ends_double(const std::string& word) {
  const std::size_t size = word.size();
  return size >= 3 && word[size - 1] == word[size - 2] &&
         static_cast<unsigned char>(word[size - 1]) < 0x80;
}

// «tømm» as «tøm»: before a consonant a doubled one is written once.
std::string single(std::string word) {
  return ends_double(word) ? without(std::move(word), 1) : word;
}

bool ends_in_vowel(std::string_view word) {
  for (const std::string_view vowel : {"a", "e", "i", "o", "u", "y", "æ", "ø", "å"}) {
    if (word.ends_with(vowel)) return true;
  }
  return false;
}

class Forms {
 public:
  explicit Forms(std::string phrase) { add(std::move(phrase)); }
  void add(std::string form) {
    if (std::find(all_.begin(), all_.end(), form) == all_.end()) all_.push_back(std::move(form));
  }
  void add(const std::string& stem, Endings endings) {
    for (const std::string_view ending : endings) add(stem + std::string(ending));
  }
  // «sykkel» as «sykl», «nummer» as «numr»: what endings in a vowel follow.
  void add_contracted(const std::string& word, Endings endings) {
    if (!ends_with(word, "el") && !ends_with(word, "er")) return;
    add(single(without(word, 2)) + word.back(), endings);
  }
  std::vector<std::string> take() { return std::move(all_); }

 private:
  std::vector<std::string> all_;
};

std::string noun_stem(const std::string& word) {
  return ends_with(word, "e") ? without(word, 1) : word;
}

// «rom» is «rommet», «problem» is «problemet»: both are made.
void add_noun(Forms& forms, const std::string& word, Endings endings) {
  const std::string stem = noun_stem(word);
  forms.add(stem, endings);
  if (ends_with(word, "m") && ends_in_vowel(without(word, 1))) forms.add(word + "m", endings);
}

void add_verb(Forms& forms, const std::string& infinitive) {
  if (!ends_with(infinitive, "e") && !ends_with(infinitive, "a")) {
    return forms.add(infinitive, {"r", "dde", "dd", "tt", "s", "ast"});
  }
  const std::string stem = without(infinitive, 1);
  forms.add(stem, {"e", "a", "ar", "er", "ast", "es", "est", "et", "ande", "ende"});
  const bool soft = ends_with(stem, "gj") || ends_with(stem, "kj") || ends_with(stem, "nj");
  const std::string hard = soft ? without(stem, 1) : stem;  // «søkje» is «søkte», and nb «søker»
  if (soft) forms.add(hard, {"e", "er", "es"});
  forms.add(hard);
  const std::string before_consonant = single(hard);
  forms.add(before_consonant, {"", "d", "de"});
  if (!ends_with(before_consonant, "t")) forms.add(before_consonant, {"t", "te"});
}

void add_adjective(Forms& forms, const std::string& word) {
  forms.add(noun_stem(word), {"e", "are", "ast", "ere", "est", "aste", "este"});
  forms.add_contracted(word, {"e", "are", "ast", "ere", "est"});
  if (ends_with(word, "en")) forms.add(without(word, 2), {"e", "ne", "nt"});
  if (!ends_with(word, "t")) forms.add(single(word), {"t"});
}

}  // namespace

std::optional<Inflection> inflection_from_code(std::string_view code) {
  if (code == "masculine") return Inflection::masculine;
  if (code == "feminine") return Inflection::feminine;
  if (code == "neuter") return Inflection::neuter;
  if (code == "verb") return Inflection::verb;
  if (code == "adjective") return Inflection::adjective;
  return std::nullopt;
}

std::vector<std::string> inflected(std::string_view phrase, Inflection inflection) {
  const std::string word(phrase);
  Forms forms(word);
  switch (inflection) {
    case Inflection::none:
      break;
    case Inflection::masculine:
      add_noun(forms, word, {"en", "ar", "ane", "er", "ene"});
      forms.add_contracted(word, {"ar", "ane", "er", "ene"});
      if (ends_with(word, "er")) forms.add(word, {"e", "ne"});  // «kalendere», «kalenderne»
      break;
    case Inflection::feminine:
      add_noun(forms, word, {"a", "en", "ar", "ane", "er", "ene"});
      break;
    case Inflection::neuter:
      add_noun(forms, word, {"et", "a", "ene", "er"});
      forms.add_contracted(word, {"et", "a", "e", "ene", "er"});
      break;
    case Inflection::verb:
      add_verb(forms, word);
      break;
    case Inflection::adjective:
      add_adjective(forms, word);
      break;
  }
  return forms.take();
}

}  // namespace svar::intents
