#include "bot/server/commands/dialogue.h"

namespace svar::server {
namespace {

// Gathers what the citizen sees of the events of one turn.
class Gather {
 public:
  explicit Gather(Reaction& reaction) : reaction_(reaction) {}

  void operator()(const CitizenSpoke& event) {
    if (event.masked) reaction_.masked = event.text;
  }
  void operator()(const BotReplied& event) {
    reaction_.silent = false;
    reaction_.outcome = event.outcome;
    reaction_.text = event.text;
    reaction_.choices = event.choices;
    reaction_.links = event.links;
    reaction_.topics = event.topics;
    reaction_.topic_title = event.topic_title;
    reaction_.municipality = event.municipality;
    reaction_.language = event.language;
    reaction_.safety = event.safety;
    reaction_.sample = event.sample;
    reaction_.confidence = event.confidence;
    reaction_.release = event.release;
    reaction_.because = event.because;
    reaction_.incident = event.incident;
    if (event.form && event.form->stage != FormStage::offered) reaction_.form = event.form->form;
  }
  void operator()(const HandoffRequested& event) {
    reaction_.silent = false;
    reaction_.outcome = Outcome::handoff;
    reaction_.text = event.text;
    reaction_.topics = event.topics;
    reaction_.municipality = event.municipality;
    reaction_.language = event.language;
    reaction_.handoff_reason = event.reason;
    reaction_.confidence = 1;
    reaction_.release = event.release;
    reaction_.because = event.because;
    if (event.form) reaction_.form = event.form->form;
  }
  void operator()(const HandoffDeferred& event) { reaction_.handoff_reason = event.reason; }
  // While a person owns the conversation a safety text is all that is said.
  void operator()(const SystemNoticed& event) {
    reaction_.notices.push_back(event.text);
    if (!event.safety || !reaction_.silent) return;
    reaction_.outcome = Outcome::safety;
    reaction_.safety = event.safety;
    reaction_.text = event.text;
    reaction_.because.how = "safety";
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  Reaction& reaction_;
};

// Before anything is said: what holds when nobody says anything.
Reaction silence(const Conversation& state) {
  Reaction reaction;
  reaction.silent = true;
  reaction.outcome = Outcome::handoff;
  reaction.handoff_reason = state.handoff_reason;
  reaction.language = state.language;
  reaction.municipality = state.municipality;
  reaction.because.how = "person";
  return reaction;
}

}  // namespace

Dialogue::Dialogue(SiteId site, Language language) {
  opening_.site = std::move(site);
  opening_.language = language;
}

std::variant<Reaction, engine::Rejected> Dialogue::say(std::string_view text,
                                                       const engine::Release& release, Time now) {
  return submit(CitizenSays{{std::to_string(++said_)}, std::string(text)}, release, now);
}

std::variant<Reaction, engine::Rejected> Dialogue::choose(std::string_view choice,
                                                          const engine::Release& release,
                                                          Time now) {
  return submit(CitizenChooses{{std::to_string(++said_)}, std::string(choice)}, release, now);
}

std::variant<Reaction, engine::Rejected> Dialogue::submit(const Input& input,
                                                          const engine::Release& release,
                                                          Time now) {
  // As in the opening hours somebody is there: nobody is at the desk of a command.
  const engine::Staffing staffing{engine::QueueRule::open, true, {}};
  const auto decision =
      engine::decide_with_outcome(state_, opening_, input, release, {now, staffing, incidents_});
  if (const auto* rejected = std::get_if<engine::Rejected>(&decision)) return *rejected;
  Reaction reaction = silence(state_);
  if (const auto* events = std::get_if<engine::Events>(&decision)) {
    for (const Event& event : events->events) {
      std::visit(Gather(reaction), event);
      evolve(state_, {{state_.last_seq.value + 1}, now, event});
    }
  }
  return reaction;
}

Language language_of_site(const SiteId& site, const engine::Release& release) {
  const bool common = site == kCommonSite;
  const auto* municipality =
      release.municipality(common ? release.host_municipality : MunicipalityId{site.value});
  return municipality != nullptr ? municipality->language : Language::nn;
}

}  // namespace svar::server
