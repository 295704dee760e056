// Fills in forms with the citizen, field by field: begins them, reads answers, corrections and
// commands, and sends. Pure. Internal to the engine.
//
// A form ends: every reply counts towards kFormTurnsMax, three tries in vain put it aside, and a
// question beside it is answered once before it waits. Danger and the wish for a person are the
// caller's and come first.
#pragma once

#include <optional>

#include "bot/engine/form_replies.h"
#include "intents/intent_matcher.h"

namespace svar::engine {

class Forms {
 public:
  Forms(const Question& question, const Release& release, const Replies& replies, Time now)
      : question_(question),
        release_(release),
        replies_(replies),
        out_(question, release, replies, now) {}

  // Whether a form waits for this message.
  bool runs() const;

  // --- while a form runs
  // The message asks for another topic rather than answering the form.
  bool asks_beside(const intents::Matches& matches) const;
  Reply beside(Reply answered) const;
  Reply next(const intents::Matches& matches) const;

  // --- while one is only offered
  // «ja», «meld feil no», «hald fram»; nothing when the message says something else.
  std::optional<Reply> taken_up(const intents::Matches& matches) const;

  // A pressed button of a form; nothing when it belongs to none.
  std::optional<Reply> chosen(const Choice& choice) const;

  // --- around answers
  // The form that this report begins at once; nothing when it only asks, or no form belongs to it.
  std::optional<Reply> begun_by(const intents::Hit& hit, const intents::Matches& matches,
                                std::string_view short_answer, Explanation because) const;
  // Adds the button of the answered article's form, if it has one.
  void offer(Reply& reply, const intents::Matches& matches) const;
  // What a reply outside the form leaves of it: its values follow to a person, it waits behind
  // anything but another answer.
  void keep(Reply& reply) const;

 private:
  FormDraft current() const;
  FormMessage message(const intents::Matches& matches) const;
  Reply answered(FormDraft draft, const intents::Matches& matches) const;
  Reply reviewed(FormDraft draft, const intents::Matches& matches) const;
  Reply change_named(FormDraft draft, const intents::Matches& matches) const;
  std::optional<Reply> commanded(const FormDraft& draft, const intents::Matches& matches) const;
  std::optional<Reply> corrected(const FormDraft& draft, const intents::Matches& matches) const;
  Reply replace(FormDraft draft, const FormField& field, const FormMessage& message,
                const Span& span) const;
  Reply skipped(FormDraft draft) const;
  Reply municipality_given(FormDraft draft, const intents::Matches& matches) const;
  Reply choose_in(FormDraft draft, const Choice& choice) const;
  std::string not_taken() const { return release_.text("form_invalid", replies_.language()); }
  FormDraft draft_for(const Form& form, const ArticleId& article, const intents::Matches& matches,
                      bool reports) const;

  const Question& question_;
  const Release& release_;
  const Replies& replies_;
  FormReplies out_;
};

}  // namespace svar::engine
