// Every text that an article is found by, and the passages that an agent is shown. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb-adapter/articles/article.h"

namespace svar::kb {

// Which part of an article a text is.
enum class Field {
  title,
  topic,
  phrase,  // an editor's example or synonym; no part of the article itself
  short_answer,
  section,
  around,      // the responsible unit, the law, what the links are called
  fact,        // a municipality's value for one of the slots
  agent_note,  // for agents alone
};

struct FieldText {
  Field field = Field::title;
  Language language = Language::nn;
  std::string_view name;  // of a section
  std::string_view text;  // with slots; never empty
};

// All of them but phrases and facts, in the order of Field, Nynorsk first. The views live as long
// as the article.
std::vector<FieldText> texts_of(const Article& article);

// The text with a blank in the place of each slot: a slot's name is no word of the answer.
std::string without_slots(std::string_view text);

// The text with the municipality's facts; a slot without a value stays as it is written.
struct FilledText {
  std::string text;
  bool sample = false;  // a fact in it is not confirmed
};
FilledText with_facts(std::string_view text, const Municipality* municipality, Language language);

}  // namespace svar::kb
