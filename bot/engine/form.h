// A form as editors write it: what is asked, in which order, and what counts as an answer. Plain
// data, part of the Release; parsed by kb-adapter/sources, filled in by forms.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "kb-adapter/articles/article.h"

namespace svar::engine {

// What an answer must look like.
enum class FieldKind {
  choice,   // one of the options
  text,     // some words
  place,    // some words that say where
  contact,  // holds a telephone number or an e-mail address
  phone,
  email,
  number,  // a whole number
  date,    // 24.11.2026, 24/11, 2026-11-24, «i dag», «i går», «i morgon»
};
std::string_view code(FieldKind kind);
std::optional<FieldKind> field_kind_from_code(std::string_view code);

struct FormOption {
  std::string id;
  kb::Localised label;
  kb::Localised title;              // of the sent form in the desk's list; may be empty
  std::vector<std::string> words;   // that mean it: «hol*» any ending, phrases too
  std::vector<ArticleId> articles;  // to come from one of these means it
  kb::Place place;
};

struct FormField {
  std::string key;
  FieldKind kind = FieldKind::text;
  bool optional = false;
  kb::Localised question;
  kb::Localised label;              // in the summary and at the desk
  kb::Localised invalid;            // why an answer was not taken; may be empty
  std::vector<FormOption> options;  // of a choice
  std::vector<std::string> words;   // by which a citizen names the field: «stad», «plassen»
  std::vector<std::string> begins;  // what such an answer begins with in the message that started
                                    // the form: «ved», «utanfor»
  bool from_report = false;         // the message that starts the form is the answer
  int length_max = 500;             // code points
  kb::Place place;
};

struct Form {
  std::string id;
  std::vector<ArticleId> articles;  // it is offered with their answers
  kb::Localised title;
  kb::Localised start;         // on the button that begins it
  kb::Localised intro;         // in front of the first question
  kb::Localised confirmation;  // once it is sent
  std::vector<FormField> fields;
  bool takes_messages = false;  // offered when a person is wanted and nobody can come
  kb::Place place;

  bool belongs_to(const ArticleId& article) const;
  const FormField* field(std::string_view key) const;  // nothing when there is none
};

const FormOption* find_option(const FormField& field, std::string_view id);

// Not the key of a field: the municipality is asked for by the program when nothing tells it.
inline constexpr std::string_view kMunicipalityField = "municipality";

}  // namespace svar::engine
