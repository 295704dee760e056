#include "bot/engine/deferral.h"

#include "bot/engine/oslo_time.h"

namespace svar::engine {
namespace {

std::vector<const Form*> message_forms(const Release& release) {
  std::vector<const Form*> forms;
  for (const Form& form : release.forms) {
    if (form.takes_messages) forms.push_back(&form);
  }
  return forms;
}

std::vector<Choice> choices_of(const std::vector<const Form*>& forms, Language language) {
  std::vector<Choice> choices;
  for (const Form* form : forms) choices.push_back({"form:" + form->id, form->start.in(language)});
  return choices;
}

std::optional<Time> told_opening(Delay delay, const MunicipalityId& desk, const Release& release,
                                 Time now) {
  return delay == Delay::closed ? release.next_opening(desk, now) : std::nullopt;
}

std::string with_opening(const std::string& key, const std::optional<Time>& opens,
                         Language language, const Release& release) {
  const std::string when = opens ? date_and_clock(*opens, language) : std::string();
  const bool unknown = !opens && key.ends_with("_closed");
  return release.text(unknown ? key + "_unknown" : key, language, {{"opens", when}});
}

// What was meant to be said before a person came, without the promise of one.
std::string lead_of(HandoffReason reason, Language language, const Release& release) {
  switch (reason) {
    case HandoffReason::not_understood:
    case HandoffReason::personal:
    case HandoffReason::sensitive:
    case HandoffReason::angry:
      return release.text("deferred_lead_" + std::string(code(reason)), language) + " ";
    case HandoffReason::asked:
    case HandoffReason::safety:
    case HandoffReason::form:
      break;
  }
  return {};
}

// The form that «ja» begins; one that was under way can be taken up again as well.
void offer_forms(BotReplied& reply, const std::vector<const Form*>& forms,
                 const std::optional<RunningForm>& running, const Release& release) {
  reply.choices = choices_of(forms, reply.language);
  FormProgress progress;
  progress.form = forms.front()->id;
  progress.topics = reply.topics;
  const Form* begun = running && running->at.turns > 0 ? release.form(running->at.form) : nullptr;
  if (begun != nullptr && !begun->takes_messages) {
    progress = running->at;
    const Choice resume{"form:" + progress.form,
                        release.text("form_choice_resume", reply.language)};
    reply.choices.insert(reply.choices.begin(), resume);
  }
  progress.stage = FormStage::offered;
  progress.asks.clear();
  reply.form = std::move(progress);
}

}  // namespace

MunicipalityId desk_of(const Conversation& state, const std::optional<MunicipalityId>& asked_about,
                       const Release& release) {
  const auto& municipality = state.municipality ? state.municipality : asked_about;
  return municipality.value_or(release.host_municipality);
}

std::string handoff_text(HandoffReason reason, const Conversation& state, const BotReplied& said,
                         const Release& release, const Moment& moment) {
  const MunicipalityId desk = desk_of(state, said.municipality, release);
  const bool somebody_comes = moment.staffing.rule == QueueRule::staffed;  // at any hour
  if (!somebody_comes && !release.is_open(desk, moment.now)) {
    const auto opens = release.next_opening(desk, moment.now);
    const std::string when = opens ? date_and_clock(*opens, said.language) : "";
    return release.text("handoff_closed", said.language, {{"opens", when}});
  }
  return release.text("handoff_" + std::string{code(reason)}, said.language);
}

std::optional<std::vector<Event>> defer(HandoffReason reason, const BotReplied& said,
                                        const Conversation& state, const Release& release,
                                        const Moment& moment) {
  if (reason == HandoffReason::form) return std::nullopt;
  const MunicipalityId desk = desk_of(state, said.municipality, release);
  const auto delay = delay_of(moment.staffing, release, desk, moment.now);
  const auto forms = message_forms(release);
  if (!delay || forms.empty()) return std::nullopt;
  HandoffDeferred deferred{
      state.answer_due->id, reason, *delay, told_opening(*delay, desk, release, moment.now), desk,
      said.topics};
  BotReplied reply = said;
  reply.reply_to = state.answer_due->id;
  reply.outcome = Outcome::handoff;
  reply.release = release.number;
  reply.text = lead_of(reason, said.language, release) +
               with_opening("deferred_" + std::string(code(*delay)), deferred.opens, said.language,
                            release) +
               "\n\n" + release.text("deferred_urgent", said.language);
  offer_forms(reply, forms, state.form, release);
  return std::vector<Event>{std::move(deferred), std::move(reply)};
}

std::optional<WaitGrewLong> wait_grew_long(const Conversation& state, const Release& release,
                                           const Moment& moment, Time waiting_since_max) {
  const bool waits = state.owner == Owner::queue && !state.message_waits && !state.offer;
  const auto forms = message_forms(release);
  if (!waits || state.told_of_wait || forms.empty()) return std::nullopt;
  const MunicipalityId desk = desk_of(state, std::nullopt, release);
  auto delay = delay_of(moment.staffing, release, desk, moment.now);
  if (!delay && state.waiting_since <= waiting_since_max) delay = Delay::long_wait;
  if (!delay) return std::nullopt;
  WaitGrewLong told;
  told.delay = *delay;
  told.opens = told_opening(*delay, desk, release, moment.now);
  told.text =
      with_opening("wait_" + std::string(code(*delay)), told.opens, state.language, release);
  told.choices = choices_of(forms, state.language);
  return told;
}

}  // namespace svar::engine
