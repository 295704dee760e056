// Reads a citizen's words as the value of a field. Pure. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"
#include "bot/engine/form.h"
#include "intents/normal_text.h"

namespace svar::engine {

// A citizen's message: the words as stored (masked), and where they stand in the log.
struct FormMessage {
  std::string_view text;
  const intents::NormalText& normal;
  Seq seq;
};

enum class Unfit { not_valid, too_long };

// The part `span` of the message as the value of `field`, or why it is none.
struct ReadValue {
  std::optional<FormValue> value;
  Unfit why = Unfit::not_valid;
};
ReadValue read_value(const FormField& field, const FormMessage& message, const Span& span);

// The whole message without blanks at either end.
Span whole(std::string_view text);

// Whether the message can hardly be meant for another field than this: an address for a contact, an
// option's own words for a choice. Free text fits nothing in particular.
bool clearly_fits(const FormField& field, const FormMessage& message, const Span& span);

// What the message that begins a form, and the article it came from, already tell.
std::vector<FormValue> values_in_report(const Form& form, const ArticleId& article,
                                        const FormMessage& message, bool reports);

// How a value reads: the option's label, or the words; nothing when it was skipped or emptied.
std::string shown_value(const FormField& field, const FormValue& value, const std::string& words,
                        Language language);

}  // namespace svar::engine
