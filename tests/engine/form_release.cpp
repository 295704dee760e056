#include "tests/engine/form_release.h"

#include "tests/engine/small_release.h"

namespace svar::fakes {
namespace {

using engine::FieldKind;
using engine::FormField;

kb::Localised text(const std::string& nn) {
  return {nn, nn + " (nb)", nn + " (en)"};
}

FormField field(const std::string& key, FieldKind kind, const std::string& label) {
  FormField out;
  out.key = key;
  out.kind = kind;
  out.question = text(label + "?");
  out.label = text(label);
  out.invalid = text("ugyldig " + key);
  return out;
}

engine::Form tank_form() {
  engine::Form form;
  form.id = "tank";
  form.articles = {{"slam.tomming"}, {"feiing.nar"}};
  form.title = text("Feil");
  form.start = text("Meld feil no");
  form.intro = text("Eg kan sende det.");
  form.confirmation = text("Sendt.");
  FormField kind = field("kind", FieldKind::choice, "Gjeld");
  kind.options = {{"septic", text("Septik"), text("feil på septik"), {"septik*"}, {}, {}},
                  {"chimney", text("Pipe"), {}, {"pipe*"}, {{"feiing.nar"}}, {}}};
  FormField place = field("place", FieldKind::place, "Stad");
  place.words = {"stad", "staden"};
  place.begins = {"ved", "utanfor"};
  FormField what = field("what", FieldKind::text, "Feilen");
  what.words = {"skildring"};
  what.from_report = true;
  what.length_max = 60;
  FormField contact = field("contact", FieldKind::contact, "Kontakt");
  contact.words = {"nummer", "telefon"};
  contact.optional = true;
  form.fields = {kind, place, what, contact};
  return form;
}

}  // namespace

std::shared_ptr<const engine::Release> form_release() {
  static const std::shared_ptr<const engine::Release> release = [] {
    auto out = std::make_shared<engine::Release>(*small_release());
    out->forms = {tank_form()};
    out->reports = {"intents/x.yaml#septic"};
    for (const char* key : {"form_noted",
                            "form_not_given",
                            "form_summary",
                            "form_review",
                            "form_change_which",
                            "form_municipality_label",
                            "form_ask_municipality",
                            "form_invalid",
                            "form_stuck",
                            "form_stuck_again",
                            "form_given_up",
                            "form_back",
                            "form_waits",
                            "form_cancelled",
                            "form_sent",
                            "form_choice_send",
                            "form_choice_change",
                            "form_choice_cancel",
                            "form_choice_skip",
                            "form_choice_resume"}) {
      out->texts[key] = text(key);
    }
    out->texts["form_too_long"] = text("for langt: {max}");
    out->texts["form_reference"] = text("ref {reference}");
    out->texts["form_sent_closed"] = text("opnar {opens}");
    return std::shared_ptr<const engine::Release>(out);
  }();
  return release;
}

FormCitizen::FormCitizen(std::string site) {
  opening_.site = {std::move(site)};
}

std::string FormCitizen::says(const std::string& words) {
  return submit(CitizenSays{{std::to_string(++sent_)}, words});
}

std::string FormCitizen::chooses(const std::string& id) {
  return submit(CitizenChooses{{std::to_string(++sent_)}, id});
}

void FormCitizen::presses_person() {
  submit(CitizenAsksForPerson{{std::to_string(++sent_)}});
}

std::string FormCitizen::submit(const Input& input) {
  last.clear();
  auto decision = engine::decide_with_outcome(state, opening_, input, *release_, kOpen);
  if (auto* events = std::get_if<engine::Events>(&decision)) last = std::move(events->events);
  for (const Event& event : last) evolve(state, {Seq{state.last_seq.value + 1}, kOpen, event});
  if (const auto* handoff = last_of<HandoffRequested>(*this)) return handoff->text;
  const auto* reply = last_of<BotReplied>(*this);
  return reply == nullptr ? std::string() : reply->text;
}

bool FormCitizen::offers(const std::string& choice) const {
  for (const Choice& one : state.pending.choices) {
    if (one.id == choice) return true;
  }
  return false;
}

bool FormCitizen::form_runs() const {
  return state.form && state.form->at.stage != FormStage::offered;
}

}  // namespace svar::fakes
