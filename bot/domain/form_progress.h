// How far a form has come: what the bot asks for field by field, and what was given. Part of the
// events that carry it, so it only ever gets new optional fields.
//
// Privacy: never a copy of the citizen's words. A value points into the citizen's own message;
// whoever folds the log gets the words from there, and nothing once that message was emptied.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"

namespace svar {

// A half-open range of bytes [begin, end) in a citizen's text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

// What a citizen gave for one field.
struct FormValue {
  std::string field;
  Seq seq;             // of the citizen's message it stands in
  Span span;           // within that message; empty when an option was pressed or the field skipped
  std::string option;  // the option's id, in a field of options
  bool skipped = false;
  bool operator==(const FormValue&) const = default;
};

enum class FormStage {
  offered,    // may be begun or taken up again; the bot answers other things meanwhile
  asking,     // waits for the field `asks`
  reviewing,  // the summary is shown: send, change or cancel
  changing,   // asked which field to change
  sent
};
std::string_view code(FormStage stage);
std::optional<FormStage> form_stage_from_code(std::string_view code);

// Where a form stands after the event that carries this.
struct FormProgress {
  std::string form;  // its id
  FormStage stage = FormStage::offered;
  std::string asks;                            // the field asked for; empty unless asking
  std::vector<FormValue> filled;               // in the order they were given, each field once
  std::vector<ArticleId> topics;               // the articles it came from, best first
  std::optional<MunicipalityId> municipality;  // whose fault, road or lamp it is, when known
  std::string reference;                       // told to the citizen when it was sent
  int failures = 0;                            // tries in a row that did not give what was asked
  int asides = 0;                              // questions answered since the last value
  int turns = 0;                               // replies this form has taken; bounded
  bool operator==(const FormProgress&) const = default;
};

}  // namespace svar
