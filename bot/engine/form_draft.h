// A form while one message is worked on: what is filled in so far, and the words. Internal to the
// engine; a value, made anew for each message.
#pragma once

#include <string>
#include <string_view>

#include "bot/domain/conversation.h"
#include "bot/engine/form.h"

namespace svar::engine {

struct FormDraft {
  const Form* form = nullptr;  // never null; lives as long as the release
  RunningForm running;

  FormProgress& at() { return running.at; }
  const FormProgress& at() const { return running.at; }

  // Nothing when the field has no value; one whose words were emptied counts as none.
  const FormValue* value(std::string_view key) const;
  const std::string& words(const FormValue& value) const;
  const FormField* first_empty() const;  // nothing when every field has its value
  const FormField* last_filled() const;  // the latest that was given and is still there
  const FormField* before(std::string_view key) const;  // the field in front of it; may be itself
  const FormField* asked() const;  // nothing when no field, or the municipality, is asked for

  // Replaces what the field had.
  void put(FormValue value, std::string words);
};

// The draft of a new form, or of the one that the conversation has.
FormDraft new_draft(const Form& form);

}  // namespace svar::engine
