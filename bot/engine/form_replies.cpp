#include "bot/engine/form_replies.h"

#include "bot/engine/oslo_time.h"

namespace svar::engine {
namespace {

constexpr int kFailuresBeforePerson = 2;

std::string joined(std::string lead, const std::string& text) {
  if (lead.empty()) return text;
  return std::move(lead) + "\n\n" + text;
}

// Told to the citizen and shown at the desk, so that both can name the same message: the day, and
// five letters that differ between the messages of a day. No secret.
std::string reference_of(const FormDraft& draft, Seq seq, Time now) {
  constexpr std::string_view kLetters =
      "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";            // none looks like another
  std::uint64_t hash = 14'695'981'039'346'656'037u;  // FNV-1a
  const auto mix = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  };
  mix(std::to_string(now.time_since_epoch().count()) + "#" + std::to_string(seq.value));
  for (const std::string& words : draft.running.words) mix(words);
  const auto date = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(oslo(now)));
  const unsigned day =
      static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
  std::string out = std::to_string(10'000 + day).substr(1) + "-";
  for (int i = 0; i < 5; ++i, hash >>= 5) out += kLetters[(hash ^ (hash >> 32)) & 31];
  return out;
}

}  // namespace

void offer_form(Reply& reply, FormDraft draft, Choice begin) {
  draft.at().stage = FormStage::offered;
  draft.at().asks.clear();
  reply.said.form = std::move(draft.running.at);
  reply.said.choices.push_back(std::move(begin));
}

Explanation FormReplies::why() const {
  Explanation because;
  because.how = kSaidByForm;
  return because;
}

const kb::Municipality* FormReplies::municipality(const FormDraft& draft) const {
  if (draft.at().municipality) return release_.municipality(*draft.at().municipality);
  return replies_.known().municipality;
}

Choice FormReplies::begin_choice(const Form& form) const {
  return {"form:" + form.id, form.start.in(replies_.language())};
}

Reply FormReplies::step(FormDraft draft, std::string text, std::vector<Choice> choices) const {
  if (++draft.at().turns > kFormTurnsMax) return give_up(std::move(draft));
  Reply reply = replies_.say(Outcome::answer, "", why());
  reply.said.text = std::move(text);
  reply.said.choices = std::move(choices);
  reply.said.topics = draft.at().topics;
  reply.said.confidence = 1;
  if (const auto* known = municipality(draft)) reply.said.municipality = known->id;
  reply.said.form = std::move(draft.running.at);
  return reply;
}

Reply FormReplies::proceed(FormDraft draft, std::string lead) const {
  if (const FormField* field = draft.first_empty()) {
    return ask(std::move(draft), *field, std::move(lead));
  }
  if (municipality(draft) == nullptr) return ask_municipality(std::move(draft), std::move(lead));
  return review(std::move(draft), std::move(lead));
}

std::vector<Choice> FormReplies::choices_of(const FormField& field) const {
  std::vector<Choice> choices;
  for (const FormOption& option : field.options) {
    choices.push_back({"option:" + option.id, option.label.in(replies_.language())});
  }
  if (field.optional) choices.push_back(choice("skip", "form_choice_skip"));
  choices.push_back(choice("cancel", "form_choice_cancel"));
  return choices;
}

Reply FormReplies::ask(FormDraft draft, const FormField& field, std::string lead) const {
  draft.at().stage = FormStage::asking;
  draft.at().asks = field.key;
  return step(std::move(draft), joined(std::move(lead), field.question.in(replies_.language())),
              choices_of(field));
}

Reply FormReplies::ask_municipality(FormDraft draft, std::string lead) const {
  draft.at().stage = FormStage::asking;
  draft.at().asks = kMunicipalityField;
  std::vector<Choice> choices;
  for (const auto& [id, one] : release_.municipalities) {
    choices.push_back({"municipality:" + id.value, one.name});
  }
  choices.push_back(choice("cancel", "form_choice_cancel"));
  return step(std::move(draft), joined(std::move(lead), text("form_ask_municipality")),
              std::move(choices));
}

std::string FormReplies::lines(const FormDraft& draft, bool with_empty) const {
  std::string out;
  const Language language = replies_.language();
  for (const FormField& field : draft.form->fields) {
    const FormValue* value = draft.value(field.key);
    if (value == nullptr) continue;
    std::string shown = shown_value(field, *value, draft.words(*value), language);
    if (shown.empty() && !with_empty) continue;
    if (shown.empty()) shown = text("form_not_given");
    out += (out.empty() ? "" : "\n") + field.label.in(language) + ": " + shown;
  }
  return out;
}

std::string FormReplies::noted(const FormDraft& draft) const {
  const std::string values = lines(draft, false);
  return values.empty() ? std::string() : text("form_noted") + "\n" + values;
}

Reply FormReplies::review(FormDraft draft, std::string lead) const {
  draft.at().stage = FormStage::reviewing;
  draft.at().asks.clear();
  std::string summary = lines(draft, true);
  if (const auto* known = municipality(draft)) {
    summary = text("form_municipality_label") + ": " + known->name + "\n" + summary;
  }
  const std::string whole = text("form_summary") + "\n" + summary + "\n\n" + text("form_review");
  return step(std::move(draft), joined(std::move(lead), whole),
              {choice("send", "form_choice_send"), choice("change", "form_choice_change"),
               choice("cancel", "form_choice_cancel")});
}

Reply FormReplies::which_to_change(FormDraft draft, std::string lead) const {
  draft.at().stage = FormStage::changing;
  draft.at().asks.clear();
  std::vector<Choice> choices;
  for (const FormField& field : draft.form->fields) {
    if (draft.value(field.key) == nullptr) continue;
    choices.push_back({"field:" + field.key, field.label.in(replies_.language())});
  }
  if (choices.empty()) return proceed(std::move(draft), std::move(lead));
  choices.push_back(choice("cancel", "form_choice_cancel"));
  return step(std::move(draft), joined(std::move(lead), text("form_change_which")),
              std::move(choices));
}

Reply FormReplies::repeat(FormDraft draft, std::string lead) const {
  switch (draft.at().stage) {
    case FormStage::reviewing:
      return review(std::move(draft), std::move(lead));
    case FormStage::changing:
      return which_to_change(std::move(draft), std::move(lead));
    case FormStage::asking:
      if (const FormField* field = draft.asked()) {
        return ask(std::move(draft), *field, std::move(lead));
      }
      break;
    case FormStage::offered:
    case FormStage::sent:
      break;
  }
  return proceed(std::move(draft), std::move(lead));
}

std::string FormReplies::invalid(const FormField& field, Unfit why) const {
  if (why == Unfit::too_long) {
    return text("form_too_long", {{"max", std::to_string(field.length_max)}});
  }
  const std::string& own = field.invalid.in(replies_.language());
  return own.empty() ? text("form_invalid") : own;
}

Reply FormReplies::failed(FormDraft draft, std::string_view reason) const {
  const int failures = ++draft.at().failures;
  if (failures > kFailuresBeforePerson) return put_aside(std::move(draft), "form_stuck_again");
  std::string lead(reason);
  if (failures == kFailuresBeforePerson) lead += "\n\n" + text("form_stuck");
  Reply reply = repeat(std::move(draft), std::move(lead));
  const bool still = reply.said.form && reply.said.form->stage != FormStage::offered;
  if (still && failures == kFailuresBeforePerson) {
    reply.said.choices.insert(reply.said.choices.begin(), replies_.person());
  }
  return reply;
}

Reply FormReplies::put_aside(FormDraft draft, std::string_view key) const {
  if (++draft.at().turns > kFormTurnsMax) return give_up(std::move(draft));
  Reply reply = replies_.say(Outcome::clarify, key, why());
  reply.said.topics = draft.at().topics;
  reply.said.choices = {replies_.person()};
  draft.at().failures = draft.at().asides = 0;
  const Choice resume{"form:" + draft.form->id, text("form_choice_resume")};
  offer_form(reply, std::move(draft), resume);
  return reply;
}

// Without the form: nothing leads on from here but a person or another question.
Reply FormReplies::give_up(FormDraft draft) const {
  Reply reply = replies_.say(Outcome::clarify, "form_given_up", why());
  reply.said.topics = draft.at().topics;
  reply.said.choices = {replies_.person()};
  return reply;
}

Reply FormReplies::beside(FormDraft draft, Reply answered) const {
  if (answered.said.outcome != Outcome::answer || draft.at().asides > 0) {
    const Choice resume{"form:" + draft.form->id, text("form_choice_resume")};
    if (answered.said.outcome == Outcome::answer) {
      answered.said.text += "\n\n" + text("form_waits");
    }
    ++draft.at().turns;
    offer_form(answered, std::move(draft), resume);
    return answered;
  }
  ++draft.at().asides;
  Reply again = repeat(std::move(draft), text("form_back"));
  answered.said.text += "\n\n" + again.said.text;
  answered.said.choices = std::move(again.said.choices);
  answered.said.form = std::move(again.said.form);
  return answered;
}

Reply FormReplies::cancelled(const FormDraft& draft) const {
  Reply reply = replies_.say(Outcome::smalltalk, "form_cancelled", why());
  reply.said.topics = draft.at().topics;
  return reply;
}

Reply FormReplies::send(FormDraft draft) const {
  const kb::Municipality* about = municipality(draft);
  draft.at().stage = FormStage::sent;
  draft.at().asks.clear();
  draft.at().reference = reference_of(draft, question_.seq, now_);
  Reply reply = replies_.say(Outcome::handoff, "", why());
  reply.handoff = HandoffReason::form;
  reply.said.topics = draft.at().topics;
  if (about != nullptr) reply.said.municipality = about->id;
  const MunicipalityId desk = question_.municipality ? *question_.municipality
                              : about != nullptr     ? about->id
                                                     : release_.host_municipality;
  reply.said.text = draft.form->confirmation.in(replies_.language()) + "\n" +
                    text("form_reference", {{"reference", draft.at().reference}});
  const auto opens =
      release_.is_open(desk, now_) ? std::nullopt : release_.next_opening(desk, now_);
  reply.said.text += "\n\n";
  reply.said.text +=
      opens ? text("form_sent_closed", {{"opens", date_and_clock(*opens, replies_.language())}})
            : text("form_sent");
  reply.said.form = std::move(draft.running.at);
  return reply;
}

}  // namespace svar::engine
