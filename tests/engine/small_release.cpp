#include "tests/engine/small_release.h"

#include "intents/intent_matcher.h"
#include "intents/model/example_model.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/composed_answers.h"

namespace svar::fakes {
namespace {

using intents::Intent;
using intents::Rule;

kb::Localised all(const std::string& text) {
  return {text, text, ""};
}

kb::Article article(const std::string& id, const std::string& topic, const std::string& answer,
                    kb::ArticleKind kind, bool varies) {
  kb::Article out;
  out.id = {id};
  out.kind = kind;
  out.varies = varies;
  out.title = {topic + "?", topic + "?", ""};
  out.topic = {topic, topic + " (nb)", ""};
  out.nn.short_answer = answer;
  out.nb.short_answer = "Bokmål: " + answer;
  return out;
}

std::vector<kb::Article> articles() {
  using enum kb::ArticleKind;
  return {article("boss.tommekalender", "Tømmekalender", "{{waste.company}} tømmer bosset.", local,
                  true),
          article("boss.dunk", "Ny bossdunk", "Ring {{waste.company}}.", local, true),
          article("barnehage.soke", "Søkje barnehageplass", "Søk innan 1. mars.", mixed, false),
          article("barnehage.pris", "Pris i barnehage", "Prisen er fastsett.", mixed, false),
          article("barnehage.oppseiing", "Seie opp barnehageplass", "To månader.", mixed, false),
          article("sfo.pris", "Pris på SFO", "Prisen på SFO.", mixed, false),
          article("feiing.nar", "Feiing", "Feiaren kjem til {{municipality.name}}.", local, true),
          article("slam.tomming", "Septiktømming", "Slambilen kjem.", local, true),
          article("bygg.status", "Status i byggesak", "Ein medarbeidar ser etter.", personal, true),
          article("krisesenter.kontakt", "Krisesenter", "Du kan ringje krisesenteret.", sensitive,
                  true),
          article("bibliotek.opning", "Opningstid på biblioteket", "Ope {{library.hours}}.", local,
                  true)};
}

Rule rule(const std::string& name, std::vector<std::vector<std::string>> groups,
          std::vector<std::string> unless = {}) {
  Rule out;
  out.name = name;
  out.when.all = std::move(groups);
  out.when.unless = std::move(unless);
  out.place = {"intents/x.yaml", 1};
  return out;
}

Intent intent(const std::string& id, std::vector<Rule> rules, std::vector<std::string> examples) {
  Intent out;
  out.article = {id};
  out.rules = std::move(rules);
  out.examples = std::move(examples);
  out.place = {"intents/" + id + ".yaml", 1};
  return out;
}

intents::IntentSources sources() {
  intents::IntentSources out;
  out.groups = {{"waste", {"boss*", "søppel*"}, {}}};
  out.equivalents = {{"ikkje", {"ikke"}, {}}, {"når", {"kva tid", "ka ti"}, {}}};
  out.intents = {
      intent("boss.tommekalender", {rule("when", {{"når"}, {"@waste"}})},
             {"tømmekalender", "når kjem bossbilen"}),
      intent("boss.dunk", {rule("bin", {{"bossdunk*", "søppeldunk*"}})},
             {"ny bossdunk", "dunken er knust"}),
      intent("barnehage.soke", {rule("apply", {{"søk*"}, {"barnehage*"}})},
             {"søkje barnehageplass", "barnehage"}),
      intent("barnehage.pris", {rule("price", {{"pris*", "kost*"}, {"barnehage*"}})},
             {"pris barnehage", "barnehage"}),
      intent("barnehage.oppseiing", {rule("end", {{"oppsei*", "seie opp"}, {"barnehage*"}})},
             {"seie opp plassen"}),
      intent("sfo.pris", {rule("price", {{"pris*", "kost*"}, {"sfo"}})}, {"pris på sfo"}),
      intent("feiing.nar", {rule("sweep", {{"feiing*", "feiar*"}})}, {"når kjem feiaren"}),
      intent("slam.tomming", {rule("septic", {{"septik*"}})}, {"tømme septiktank"}),
      intent("bygg.status", {rule("status", {{"status"}, {"byggesak*"}})},
             {"kor langt er byggesaka"}),
      intent("krisesenter.kontakt", {rule("centre", {{"krisesenter*"}}, {"jobb*"})},
             {"krisesenter"}),
      intent("bibliotek.opning", {rule("open", {{"bibliotek*"}})}, {"når er biblioteket ope"}),
  };
  const auto safety = [&](SafetyKind kind, const char* name, std::vector<std::string> phrases,
                          std::vector<std::string> unless = {}) {
    out.safety.push_back({kind, rule(name, {std::move(phrases)}, std::move(unless))});
  };
  safety(SafetyKind::fire, "burning", {"det brenn i", "det brenner i"}, {"peisen"});
  safety(SafetyKind::violence, "beats", {"slår meg", "mannen min han slår"});
  safety(SafetyKind::medical, "breath", {"pustar ikkje"});
  const auto act = [&](const char* name, std::vector<std::string> words) {
    out.speech_acts.push_back({name, rule(name, {std::move(words)})});
  };
  act("person", {"menneske", "ein person"});
  act("greeting", {"hei", "hallo"});
  act("thanks", {"takk", "👍"});
  act("goodbye", {"ha det"});
  act("about_bot", {"er du ein robot"});
  act("anger", {"idiot*", "udugeleg*"});
  act("personal_case", {"saka mi", "søknaden min"});
  act("language_nb", {"bokmål"});
  act("language_en", {"english"});
  act("other", {"noko anna"});
  act("delete", {"slett samtalen"});
  act("privacy", {"kven har ansvaret"});
  act("offtopic", {"lefse"});
  act("health", {"eg har kreft"});
  out.languages = {{"uk", "Cyrillic", {"коли"}, "Вибачте.", {}}};
  return out;
}

kb::Municipality municipality(const std::string& id, const std::string& name,
                              const std::string& company) {
  kb::Municipality out;
  out.id = {id};
  out.name = name;
  out.full_name = all(name + " kommune");
  out.council = all("kommunestyret");
  out.facts["waste.company"] = {all(company), false, "", ""};
  out.facts["safety.crisis_centre"] = {all("krisesenteret i " + name), true, "", ""};
  out.open = {{kOpen - std::chrono::hours(1), kOpen + std::chrono::hours(1)}};
  return out;
}

std::map<std::string, kb::Localised> texts() {
  std::map<std::string, kb::Localised> out;
  for (const char* key :
       {"clarify",          "clarify_first_miss", "clarify_other",          "not_understood",
        "offer_person",     "danger_hint",        "own_case_beside",        "ask_municipality",
        "choice_person",    "choice_other",       "handoff_asked",          "handoff_personal",
        "handoff_angry",    "health_reminder",    "handoff_not_understood", "smalltalk_greeting",
        "smalltalk_thanks", "smalltalk_goodbye",  "smalltalk_about_bot",    "smalltalk_ok",
        "offtopic",         "language_changed",   "language_unknown",       "delete_how",
        "safety_fire",      "safety_medical",     "safety_likely_medical"}) {
    out[key] = {std::string(key) + ".nn", std::string(key) + ".nb", std::string(key) + ".en"};
  }
  out["incident_over"] = all("incident_over {municipality}");
  out["incident_elsewhere"] = all("incident_elsewhere {municipality}");
  out["ask_municipality_ambiguous"] = all("{place}: {municipality} eller {elsewhere}?");
  out["answer_missing_fact"] = all("manglar: {topic}");
  out["privacy_how"] = all("{municipality} {days}");
  out["safety_violence"] = all("Ring 112. {crisis_centre}.");
  return out;
}

}  // namespace

std::shared_ptr<const engine::Release> small_release() {
  static const std::shared_ptr<const engine::Release> release = [] {
    auto out = std::make_shared<engine::Release>();
    out->number = {7};
    kb::Municipality osteroy = municipality("osteroy", "Osterøy", "BIR");
    osteroy.facts["library.hours"] = {all("10–15"), true, "", ""};
    out->municipalities.emplace(MunicipalityId{"osteroy"}, osteroy);
    out->municipalities.emplace(MunicipalityId{"gulen"}, municipality("gulen", "Gulen", "NGIR"));
    out->municipalities.emplace(MunicipalityId{"vaksdal"},
                                municipality("vaksdal", "Vaksdal", "BIR"));
    out->host_municipality = {"osteroy"};
    out->texts = texts();
    intents::MatcherOptions options;
    options.places = {
        {"Osterøy", {"osteroy"}, "", true},  {"Gulen", {"gulen"}, "", true},
        {"Vaksdal", {"vaksdal"}, "", true},  {"Dalsøyra", {"gulen"}, "", false},
        {"Lonevåg", {"osteroy"}, "", false}, {"Dale", {"vaksdal"}, "Sunnfjord", false}};
    out->intents = *intents::IntentMatcher::compile(sources(), options);
    kb::ArticleIndex::Phrases phrases;
    for (const Intent& one : sources().intents) phrases[one.article] = one.examples;
    out->articles = kb::ArticleIndex::build(articles(), phrases);
    out->model = std::make_shared<const intents::ExampleModel>();
    out->composed =
        std::make_shared<kb::ComposedAnswers>(out->articles->all(), out->municipalities);
    return std::shared_ptr<const engine::Release>(out);
  }();
  return release;
}

Citizen::Citizen(std::string site, Language language, Time now,
                 std::shared_ptr<const engine::Release> release)
    : release_(std::move(release)), now_(now) {
  state.lifecycle = Lifecycle::open;
  state.owner = Owner::bot;
  state.site = {site};
  state.language = language;
  if (state.site != kCommonSite) state.municipality = MunicipalityId{site};
}

engine::Question Citizen::question(std::string_view text) const {
  engine::Question question{text,          state.site,        state.municipality,  state.language,
                            state.pending, state.last_topics, state.clarify_turns, state.misses};
  question.incidents = &out_of_order;
  return question;
}

engine::Reply Citizen::says(const std::string& text) {
  return take(engine::answer(question(text), *release_, now_));
}

engine::Reply Citizen::chooses(std::size_t index) {
  const Choice choice = state.pending.choices.at(index);
  return take(engine::answer_choice(choice, question(choice.label), *release_, now_));
}

engine::Reply Citizen::chooses(const std::string& id) {
  for (std::size_t i = 0; i < state.pending.choices.size(); ++i) {
    if (state.pending.choices[i].id == id) return chooses(i);
  }
  return {};
}

engine::Reply Citizen::take(engine::Reply reply) {
  if (reply.language_wish) state.language = *reply.language_wish;
  if (reply.settled && !state.municipality) state.municipality = reply.settled;
  if (!reply.handoff) evolve(state, {Seq{state.last_seq.value + 1}, now_, reply.said});
  return reply;
}

}  // namespace svar::fakes
