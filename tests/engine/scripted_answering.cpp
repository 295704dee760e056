#include "tests/engine/scripted_answering.h"

namespace svar::engine {

const kb::Municipality* Release::municipality(const MunicipalityId& id) const {
  const auto found = municipalities.find(id);
  return found == municipalities.end() ? nullptr : &found->second;
}

bool Release::knows_site(const SiteId& site) const {
  return site == kCommonSite || municipality(MunicipalityId{site.value});
}

const Form* Release::form(std::string_view) const {
  return nullptr;
}

std::string Release::text(std::string_view key, Language, const Values& values) const {
  std::string text{key};
  for (const auto& [name, value] : values) text += " " + std::string{value};
  return text;
}

bool Release::is_open(const MunicipalityId& id, Time now) const {
  const auto* found = municipality(id);
  return found && !found->open.empty() && now >= found->open[0].from && now < found->open[0].to;
}

std::optional<Time> Release::next_opening(const MunicipalityId& id, Time) const {
  const auto* found = municipality(id);
  if (!found || found->open.empty()) return std::nullopt;
  return found->open[0].from;
}

Reply answer(const Question& question, const Release& release, Time) {
  Reply reply;
  reply.said.text = "svar: " + std::string{question.text};
  reply.said.language = question.language;
  reply.said.release = release.number;
  reply.said.municipality = question.municipality;
  reply.said.topics = {ArticleId{"boss.tommekalender"}};
  if (question.text == "person") {
    reply.handoff = HandoffReason::asked;
  } else if (question.text == "brann") {
    reply.said.outcome = Outcome::safety;
    reply.said.safety = SafetyKind::fire;
    reply.said.topics.clear();
  } else if (question.text == "gulen") {
    reply.settled = MunicipalityId{"gulen"};
  } else if (question.text == "kva") {
    reply.said.outcome = Outcome::clarify;
    reply.said.choices = {{"article:boss.tommekalender", "Tømmekalender"},
                          {"other", "Noko anna"},
                          {"person", "Snakk med eit menneske"}};
  } else if (question.text == "slett") {
    reply.said.choices = {{"delete", "Slett samtalen"}, {"keep", "Nei, behald han"}};
  } else if (question.text == "bokmål") {
    reply.language_wish = Language::nb;
  }
  return reply;
}

Reply answer_choice(const Choice& choice, const Question&, const Release& release, Time) {
  Reply reply;
  reply.said.text = "val: " + choice.id;
  reply.said.release = release.number;
  return reply;
}

std::optional<SafetyText> safety(std::string_view text, Language,
                                 const std::optional<MunicipalityId>&, const Release&) {
  if (text != "brann") return std::nullopt;
  return SafetyText{SafetyKind::fire, "Ring 110", {}};
}

bool declines_person(std::string_view text, const Release&) {
  return text == "fann det sjølv";
}

bool wishes_deletion(std::string_view text, bool was_offered, const Release&) {
  return text == "slett alt" || (was_offered && text == "ja");
}

}  // namespace svar::engine

namespace svar::fakes {

engine::Release scripted_release() {
  engine::Release release;
  release.number = ReleaseNumber{7};
  release.host_municipality = MunicipalityId{"osteroy"};
  for (const char* id : {"osteroy", "gulen"}) {
    release.municipalities[MunicipalityId{id}].id = MunicipalityId{id};
  }
  return release;
}

}  // namespace svar::fakes
