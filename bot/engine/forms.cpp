#include "bot/engine/forms.h"

#include <algorithm>

#include "bot/engine/form_phrases.h"
#include "bot/engine/form_words.h"
#include "bot/engine/pending_answer.h"

namespace svar::engine {
namespace {

using intents::Matches;
using intents::PlaceMention;

std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

bool is_free(const FormField& field) {
  return field.kind == FieldKind::text || field.kind == FieldKind::place;
}

// «hei», «takk», «ja»: said beside the question, and no value of a free text either.
bool is_courtesy(const Matches& matches) {
  constexpr double kShareAlone = 0.6;
  double share = 0;
  for (const intents::ActHit& act : matches.acts) {
    if (act.act == "greeting" || act.act == "thanks" || act.act == "goodbye") share += act.share;
  }
  return share >= kShareAlone || says_yes(matches.text) || says_no(matches.text);
}

// «english please»: the wish was heard, and the message holds no more than that.
bool is_wish_alone(const Matches& matches) {
  constexpr double kShareAlone = 0.5;
  return std::any_of(matches.acts.begin(), matches.acts.end(), [](const intents::ActHit& act) {
    return act.act.starts_with("language_") && act.share >= kShareAlone;
  });
}

void note_municipality(FormDraft& draft, const PlaceMention& place) {
  if (place.kind == PlaceMention::Kind::settled) {
    draft.at().municipality = place.municipalities.front();
  }
}

}  // namespace

bool Forms::runs() const {
  if (question_.form == nullptr || release_.form(question_.form->at.form) == nullptr) return false;
  const FormStage stage = question_.form->at.stage;
  return stage == FormStage::asking || stage == FormStage::reviewing ||
         stage == FormStage::changing;
}

FormDraft Forms::current() const {
  return {release_.form(question_.form->at.form), *question_.form};
}

FormMessage Forms::message(const Matches& matches) const {
  return {question_.text, matches.text, question_.seq};
}

bool Forms::asks_beside(const Matches& matches) const {
  const FormDraft draft = current();
  const bool other = std::any_of(matches.hits.begin(), matches.hits.end(), [&](const auto& hit) {
    return !draft.form->belongs_to(hit.article);
  });
  if (!other || form_command(matches.text)) return false;
  const FormField* field = draft.asked();
  if (field == nullptr) return true;
  if (is_free(*field)) return is_question(matches.text, question_.text);
  return !read_value(*field, message(matches), whole(question_.text)).value;
}

Reply Forms::beside(Reply answered) const {
  return out_.beside(current(), std::move(answered));
}

Reply Forms::next(const Matches& matches) const {
  FormDraft draft = current();
  if (is_wish_alone(matches)) return out_.repeat(std::move(draft));
  note_municipality(draft, matches.place);
  if (auto reply = commanded(draft, matches)) return std::move(*reply);
  if (auto reply = corrected(draft, matches)) return std::move(*reply);
  switch (draft.at().stage) {
    case FormStage::reviewing:
      return reviewed(std::move(draft), matches);
    case FormStage::changing:
      return change_named(std::move(draft), matches);
    case FormStage::asking:
    case FormStage::offered:
    case FormStage::sent:
      break;
  }
  return answered(std::move(draft), matches);
}

// Commands that mean the same at every step.
std::optional<Reply> Forms::commanded(const FormDraft& draft, const Matches& matches) const {
  const auto command = form_command(matches.text);
  if (!command) return std::nullopt;
  const FormField* field = draft.asked();
  switch (*command) {
    case FormCommand::cancel:
      return out_.cancelled(draft);
    case FormCommand::back:
      return out_.ask(draft,
                      field == nullptr ? draft.form->fields.back() : *draft.before(field->key));
    case FormCommand::change:
      return out_.which_to_change(draft);
    case FormCommand::resume:
      return out_.repeat(draft);
    case FormCommand::skip:
      if (field != nullptr && field->optional) return skipped(draft);
      break;
    case FormCommand::send:
      if (draft.at().stage == FormStage::changing) return out_.proceed(draft);
      break;
  }
  return std::nullopt;
}

// «nei, eg meinte …», «staden er …», «feil stad», wherever the form is.
std::optional<Reply> Forms::corrected(const FormDraft& draft, const Matches& matches) const {
  const FormMessage said = message(matches);
  const FormField* asked = draft.asked();
  if (const auto change = field_change(matches.text, *draft.form)) {
    const bool given = draft.value(change->field->key) != nullptr;
    if (change->value && (given || change->field == asked)) {
      return replace(draft, *change->field, said, *change->value);
    }
    if (given) return out_.ask(draft, *change->field);
  }
  const auto meant = meant_instead(matches.text);
  if (!meant) return std::nullopt;
  for (const FormField& field : draft.form->fields) {
    const bool given = draft.value(field.key) != nullptr;
    if (given && clearly_fits(field, said, *meant)) return replace(draft, field, said, *meant);
  }
  const bool at_end = draft.at().stage != FormStage::asking;
  for (const FormField& field : draft.form->fields) {
    if (field.kind != FieldKind::place || draft.value(field.key) == nullptr) continue;
    const bool named = at_end && matches.place.kind != PlaceMention::Kind::none;
    const auto words =
        folds_of(intents::normalise(said.text.substr(meant->begin, meant->end - meant->begin)));
    const bool begins = Phrases(field.begins).at(words, 0) != 0;
    if (named || begins) return replace(draft, field, said, *meant);
  }
  if (at_end) return out_.which_to_change(draft);
  const FormField* last = draft.last_filled();
  if (last != nullptr && is_free(*last)) return replace(draft, *last, said, *meant);
  return asked == nullptr ? std::nullopt : std::optional(replace(draft, *asked, said, *meant));
}

Reply Forms::replace(FormDraft draft, const FormField& field, const FormMessage& said,
                     const Span& span) const {
  ReadValue read = read_value(field, said, span);
  if (!read.value) {
    const std::string reason = out_.invalid(field, read.why);
    draft.at().stage = FormStage::asking;
    draft.at().asks = field.key;
    return out_.failed(std::move(draft), reason);
  }
  draft.put(std::move(*read.value),
            std::string(said.text.substr(span.begin, span.end - span.begin)));
  return out_.proceed(std::move(draft));
}

Reply Forms::skipped(FormDraft draft) const {
  FormValue value{draft.at().asks, question_.seq, {}, {}, true};
  draft.put(std::move(value), {});
  return out_.proceed(std::move(draft));
}

Reply Forms::answered(FormDraft draft, const Matches& matches) const {
  const FormField* field = draft.asked();
  if (field == nullptr) return municipality_given(std::move(draft), matches);
  if (field->optional && says_no(matches.text)) return skipped(std::move(draft));
  const bool no_value = is_free(*field) && (is_courtesy(matches) || form_command(matches.text));
  if (no_value) {
    const std::string reason = out_.invalid(*field, Unfit::not_valid);
    return out_.failed(std::move(draft), reason);
  }
  return replace(std::move(draft), *field, message(matches), whole(question_.text));
}

Reply Forms::municipality_given(FormDraft draft, const Matches& matches) const {
  const auto& offered = question_.pending.choices;
  const auto place = ordinal(matches.text);
  if (place && *place > 0 && static_cast<std::size_t>(*place) <= offered.size()) {
    return choose_in(std::move(draft), offered[static_cast<std::size_t>(*place - 1)]);
  }
  if (draft.at().municipality) return out_.proceed(std::move(draft));
  return out_.failed(std::move(draft), not_taken());
}

Reply Forms::reviewed(FormDraft draft, const Matches& matches) const {
  const auto& offered = question_.pending.choices;
  const auto place = ordinal(matches.text);
  if (place && *place > 0 && static_cast<std::size_t>(*place) <= offered.size()) {
    return choose_in(std::move(draft), offered[static_cast<std::size_t>(*place - 1)]);
  }
  const bool agreed = says_yes(matches.text) || form_command(matches.text) == FormCommand::send;
  if (agreed && draft.first_empty() == nullptr) return out_.send(std::move(draft));
  if (agreed) return out_.proceed(std::move(draft));
  if (says_no(matches.text)) return out_.which_to_change(std::move(draft));
  return out_.failed(std::move(draft), not_taken());
}

Reply Forms::change_named(FormDraft draft, const Matches& matches) const {
  const auto& offered = question_.pending.choices;
  const auto place = ordinal(matches.text);
  if (place && *place > 0 && static_cast<std::size_t>(*place) <= offered.size()) {
    return choose_in(std::move(draft), offered[static_cast<std::size_t>(*place - 1)]);
  }
  if (const FormField* field = named_field(matches.text, *draft.form)) {
    return out_.ask(std::move(draft), *field);
  }
  const FormMessage said = message(matches);
  for (const FormField& field : draft.form->fields) {
    if (clearly_fits(field, said, whole(said.text))) {
      return replace(std::move(draft), field, said, whole(said.text));
    }
  }
  if (says_no(matches.text) || says_yes(matches.text)) return out_.proceed(std::move(draft));
  return out_.failed(std::move(draft), not_taken());
}

std::optional<Reply> Forms::taken_up(const Matches& matches) const {
  if (question_.form == nullptr || question_.form->at.stage != FormStage::offered) {
    return std::nullopt;
  }
  const auto& choices = question_.pending.choices;
  const auto offered = std::find_if(choices.begin(), choices.end(), [](const Choice& choice) {
    return choice.id.starts_with("form:");
  });
  const bool resumes = form_command(matches.text) == FormCommand::resume;
  const bool begins =
      offered != choices.end() &&
      (says_yes(matches.text) || Phrases({offered->label.c_str()}).find(folds_of(matches.text)));
  if (!resumes && !begins) return std::nullopt;
  return chosen({"form:" + question_.form->at.form, {}});
}

std::optional<Reply> Forms::chosen(const Choice& choice) const {
  if (const auto id = after(choice.id, "form:")) {
    const Form* form = release_.form(*id);
    if (form == nullptr) return std::nullopt;
    FormDraft draft = new_draft(*form);
    draft.at().topics = question_.last_topics;
    if (question_.form != nullptr && question_.form->at.form == *id) draft = current();
    const bool fresh = draft.at().turns == 0;
    const std::string noted = out_.noted(draft);
    std::string lead = fresh ? form->intro.in(replies_.language()) : std::string();
    if (!noted.empty()) lead += (lead.empty() ? "" : "\n\n") + noted;
    return out_.proceed(std::move(draft), std::move(lead));
  }
  if (!runs()) return std::nullopt;
  return choose_in(current(), choice);
}

Reply Forms::choose_in(FormDraft draft, const Choice& choice) const {
  if (choice.id == "cancel") return out_.cancelled(draft);
  if (choice.id == "send" && draft.first_empty() == nullptr) return out_.send(std::move(draft));
  if (choice.id == "change") return out_.which_to_change(std::move(draft));
  const FormField* asked = draft.asked();
  if (choice.id == "skip" && asked != nullptr && asked->optional) return skipped(std::move(draft));
  if (const auto key = after(choice.id, "field:")) {
    if (const FormField* field = draft.form->field(*key)) {
      return out_.ask(std::move(draft), *field);
    }
  }
  if (const auto id = after(choice.id, "option:"); id && asked != nullptr) {
    if (find_option(*asked, *id) != nullptr) {
      draft.put({asked->key, question_.seq, {}, std::string(*id), false}, {});
    }
  }
  if (const auto id = after(choice.id, "municipality:")) {
    draft.at().municipality = MunicipalityId{std::string(*id)};
    Reply reply = out_.proceed(std::move(draft));
    reply.settled = MunicipalityId{std::string(*id)};
    return reply;
  }
  return out_.proceed(std::move(draft));
}

FormDraft Forms::draft_for(const Form& form, const ArticleId& article, const Matches& matches,
                           bool reports) const {
  FormDraft draft = new_draft(form);
  draft.at().topics = {article};
  note_municipality(draft, matches.place);
  for (FormValue& value : values_in_report(form, article, message(matches), reports)) {
    std::string words(question_.text.substr(value.span.begin, value.span.end - value.span.begin));
    draft.put(std::move(value), std::move(words));
  }
  return draft;
}

std::optional<Reply> Forms::begun_by(const intents::Hit& hit, const Matches& matches,
                                     std::string_view short_answer, Explanation because) const {
  const Form* form = release_.form_of(hit.article);
  if (form == nullptr || !release_.reports.contains(hit.rule)) return std::nullopt;
  if (is_question(matches.text, question_.text)) return std::nullopt;
  FormDraft draft = draft_for(*form, hit.article, matches, true);
  std::string lead(short_answer);
  if (!lead.empty()) lead += "\n\n";
  lead += form->intro.in(replies_.language());
  const std::string noted = out_.noted(draft);
  if (!noted.empty()) lead += "\n\n" + noted;
  Reply reply = out_.proceed(std::move(draft), std::move(lead));
  reply.said.because = std::move(because);
  return reply;
}

void Forms::offer(Reply& reply, const Matches& matches) const {
  if (reply.said.outcome != Outcome::answer || reply.said.topics.size() != 1) return;
  const ArticleId& article = reply.said.topics.front();
  const Form* form = release_.form_of(article);
  if (form == nullptr) return;
  offer_form(reply, draft_for(*form, article, matches, false), out_.begin_choice(*form));
}

void Forms::keep(Reply& reply) const {
  if (question_.form == nullptr || reply.said.form) return;
  if (reply.said.because.how == kSaidByForm) return;  // it was cancelled, or given up
  if (reply.said.outcome == Outcome::answer) return;
  reply.said.form = question_.form->at;
  if (reply.handoff) return;
  reply.said.form->stage = FormStage::offered;
  reply.said.form->asks.clear();
}

}  // namespace svar::engine
