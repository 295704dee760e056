// What a citizen says about the form itself rather than in it: «avbryt», «tilbake», «feil stad»,
// «nei, eg meinte …». Pure. Internal to the engine.
#pragma once

#include <optional>

#include "bot/domain/form_progress.h"
#include "bot/engine/form.h"
#include "intents/normal_text.h"

namespace svar::engine {

enum class FormCommand { cancel, back, skip, send, change, resume };

// The command that the whole message amounts to; nothing when it says anything beside it.
std::optional<FormCommand> form_command(const intents::NormalText& text);

// «endre stad», «feil nummer», «staden er Lonevåg»: a field that is to have another value.
struct FieldChange {
  const FormField* field = nullptr;
  std::optional<Span> value;  // the new one, when it was said
};
std::optional<FieldChange> field_change(const intents::NormalText& text, const Form& form);

// «nei, eg meinte Lonevåg»: where what was meant stands in the message.
std::optional<Span> meant_instead(const intents::NormalText& text);

// The field that the message names and says little else: «staden», «kontakt».
const FormField* named_field(const intents::NormalText& text, const Form& form);

// Whether the message asks something, rather than giving an answer: a question mark, or a question
// word in front.
bool is_question(const intents::NormalText& text, std::string_view original);

}  // namespace svar::engine
