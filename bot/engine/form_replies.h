// What the bot says while a form is filled in: each question, the summary, the confirmation. Pure.
// Internal to the engine.
#pragma once

#include <string>
#include <string_view>

#include "bot/engine/form_draft.h"
#include "bot/engine/form_values.h"
#include "bot/engine/replies.h"

namespace svar::engine {

// A form takes no more replies than this; then it is put away and a person is offered.
inline constexpr int kFormTurnsMax = 30;

// Explanation::how of what is said here.
inline constexpr std::string_view kSaidByForm = "form";

class FormReplies {
 public:
  FormReplies(const Question& question, const Release& release, const Replies& replies, Time now)
      : question_(question), release_(release), replies_(replies), now_(now) {}

  // What comes next, after `lead`: the first field without a value, the municipality, the summary.
  Reply proceed(FormDraft draft, std::string lead = {}) const;
  Reply ask(FormDraft draft, const FormField& field, std::string lead = {}) const;
  Reply review(FormDraft draft, std::string lead = {}) const;
  Reply which_to_change(FormDraft draft, std::string lead = {}) const;
  // The same question once more.
  Reply repeat(FormDraft draft, std::string lead = {}) const;

  // What was said gave no value: once more with the reason, then with a person offered, then the
  // form is put aside.
  Reply failed(FormDraft draft, std::string_view reason) const;
  // An answer to something else, and back to the form; from the second on the form waits aside.
  Reply beside(FormDraft draft, Reply answered) const;
  Reply cancelled(const FormDraft& draft) const;
  Reply send(FormDraft draft) const;

  std::string invalid(const FormField& field, Unfit why) const;
  // «Eg har notert: …»; empty when nothing is.
  std::string noted(const FormDraft& draft) const;
  Choice begin_choice(const Form& form) const;

 private:
  Reply ask_municipality(FormDraft draft, std::string lead) const;
  Reply step(FormDraft draft, std::string text, std::vector<Choice> choices) const;
  Reply put_aside(FormDraft draft, std::string_view key) const;
  Reply give_up(FormDraft draft) const;
  std::vector<Choice> choices_of(const FormField& field) const;
  std::string lines(const FormDraft& draft, bool with_empty) const;
  const kb::Municipality* municipality(const FormDraft& draft) const;
  std::string text(std::string_view key, const Release::Values& values = {}) const {
    return release_.text(key, replies_.language(), values);
  }
  Choice choice(std::string id, std::string_view key) const { return {std::move(id), text(key)}; }
  Explanation why() const;

  const Question& question_;
  const Release& release_;
  const Replies& replies_;
  Time now_;
};

// An offered form: its button, and what is known already, without having begun.
void offer_form(Reply& reply, FormDraft draft, Choice begin);

}  // namespace svar::engine
