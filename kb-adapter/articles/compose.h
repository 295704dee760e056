// Common text composed with local facts. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"
#include "kb-adapter/articles/article.h"

namespace svar::kb {

// An article as one citizen may read it.
struct Composed {
  std::string short_answer;          // filled; also the beginning of `text`
  std::string text;                  // short answer and sections, plain, separated by blank lines
  std::vector<Link> links;           // filled
  Language language = Language::nn;  // the language it really is in; differs from the wish when
                                     // there is no translation
  bool sample = false;               // something shown is not confirmed by the municipality
  std::vector<std::string> missing;  // slots without a value, each once

  // False: a fact is missing and the text holds gaps. Never show it; say that the answer is missing
  // instead.
  bool complete() const { return missing.empty(); }
};

// Fills the article's slots with the municipality's facts. «{{municipality.name}}»,
// «{{municipality.full_name}}» and «{{municipality.council}}» are always there when a municipality
// is. Without one (nullptr) every slot is missing.
Composed compose(const Article& article, const Municipality* municipality, Language language);

// The value of one slot in a language, or nothing when the municipality has none (or an empty one).
struct SlotValue {
  std::string_view text;  // lives as long as the municipality
  bool sample = false;
};
std::optional<SlotValue> slot_value(const Municipality* municipality, std::string_view slot,
                                    Language language);

// The names of the slots in a text, in order, repeats included. «{{ name }}» may have blanks
// inside.
std::vector<std::string_view> slots_in(std::string_view text);

}  // namespace svar::kb
