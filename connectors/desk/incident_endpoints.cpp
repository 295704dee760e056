#include "connectors/desk/incident_endpoints.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/domain/codes.h"
#include "connectors/desk/json_parts.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::desk {
namespace {

using service::Incident;
using service::IncidentDraft;
using service::IncidentFault;
using service::IncidentPhase;
using service::IncidentText;

constexpr std::size_t kTextBytesMax = 4 * 1024;  // more than may be stored, so that it is told so
constexpr std::size_t kIdBytesMax = 128;

Refusal refusal_of(IncidentFault fault) {
  switch (fault) {
    case IncidentFault::unknown:
      return kNotFound;
    case IncidentFault::changed:
    case IncidentFault::ended:
    case IncidentFault::crisis_runs:
      return {409, code(fault), 0, "", ""};
    case IncidentFault::empty:
    case IncidentFault::too_long:
    case IncidentFault::bad_time:
      return {422, code(fault), 0, "", ""};
    case IncidentFault::not_allowed:
      return kNotAllowed;
    case IncidentFault::unavailable:
      return kUnavailable;
  }
  return kUnavailable;
}

std::string_view phase_code(IncidentPhase phase) {
  switch (phase) {
    case IncidentPhase::planned:
      return "planned";
    case IncidentPhase::running:
      return "running";
    case IncidentPhase::ended:
      return "ended";
  }
  return "ended";
}

Json encode(const IncidentText& text) {
  return {{"language", code(text.language)}, {"text", text.text}};
}

Json encode(const Incident& incident, const engine::Release& release, Language language, Time now) {
  const auto& draft = incident.draft;
  const kb::Article* topic =
      draft.topic && release.articles ? release.articles->find(*draft.topic) : nullptr;
  return {{"id", incident.id},
          {"version", incident.version},
          {"municipality", encode_municipality(draft.municipality, release)},
          {"topic", draft.topic ? Json(draft.topic->value) : Json(nullptr)},
          {"topic_title", topic ? Json(topic->topic.in(language)) : Json(nullptr)},
          {"text", encode(draft.text)},
          {"second", draft.second ? encode(*draft.second) : Json(nullptr)},
          {"from", iso(draft.from)},
          {"to", iso(draft.to)},
          {"crisis", draft.crisis},
          {"phase", phase_code(phase_at(incident, now))},
          {"author", incident.author.value},
          {"written", iso(incident.written)}};
}

// Where an administrator may declare a crisis, with the words prepared for it.
Json crisis_of(const kb::Municipality& municipality, const engine::Release& release) {
  Json texts = Json::object();
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    texts[std::string(code(language))] = release.text(
        "crisis_banner", language, {{"municipality", municipality.full_name.in(language)}});
  }
  return {{"id", municipality.id.value},
          {"name", municipality.name},
          {"language", code(municipality.language)},
          {"texts", std::move(texts)}};
}

// Nothing when a field is missing or can't be understood.
std::optional<IncidentDraft> draft_in(const Call& call) {
  const auto field = [&](std::string_view name) {
    return call.body.text(name, kTextBytesMax).value_or("");
  };
  IncidentDraft draft;
  draft.municipality = MunicipalityId{field("municipality")};
  if (const auto topic = field("topic"); !topic.empty()) draft.topic = ArticleId{topic};
  const auto language = language_from_code(field("language"));
  const auto from = time_from_iso(field("from"));
  const auto to = time_from_iso(field("to"));
  const auto text = call.body.text("text", kTextBytesMax);
  if (!language || !from || !to || !text) return std::nullopt;
  draft.text = {*language, *text};
  draft.crisis = call.body.number("crisis").value_or(0) == 1;
  if (draft.crisis && draft.topic) return std::nullopt;
  draft.from = *from;
  draft.to = *to;
  const auto second = field("second_text");
  if (second.empty()) return draft;
  const auto second_language = language_from_code(field("second_language"));
  if (!second_language || *second_language == *language) return std::nullopt;
  draft.second = IncidentText{*second_language, second};
  return draft;
}

std::optional<int> version_in(const Call& call) {
  const auto version = call.body.number("version");
  if (!version || *version < 1 || *version > 1'000'000) return std::nullopt;
  return static_cast<int>(*version);
}

std::int64_t id_in(const Call& call) {
  const std::string& text = call.captures.at(0);
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc{} && end == text.data() + text.size() ? id : 0;
}

}  // namespace

std::optional<Refusal> IncidentEndpoints::unknown_in(const IncidentDraft& draft) const {
  const auto release = release_();
  if (!release->municipality(draft.municipality)) return kNotFound;
  if (draft.topic &&
      (draft.topic->value.size() > kIdBytesMax || !knows_article(*release, *draft.topic)))
    return Refusal{422, "unknown_topic", 0, "", ""};
  return std::nullopt;
}

service::Incidents::Saved IncidentEndpoints::give(const Call& call) const {
  return [this, call](const auto& outcome) {
    if (const auto* fault = std::get_if<IncidentFault>(&outcome))
      return call.refuse(refusal_of(*fault));
    call.send({{"incident",
                encode(std::get<Incident>(outcome), *release_(), call.language, clock_.now())}});
  };
}

void IncidentEndpoints::list(const Call& call) const {
  const auto release = release_();
  Json incidents = Json::array();
  for (const Incident& incident : incidents_.shown_to(call.agent))
    incidents.push_back(encode(incident, *release, call.language, clock_.now()));
  Json municipalities = Json::array();
  Json crisis = Json::array();
  for (const auto& [id, municipality] : release->municipalities) {
    if (service::Incidents::may_write(call.agent.rights, id))
      municipalities.push_back({{"id", id.value}, {"name", municipality.name}});
    if (service::Incidents::may_declare_crisis(call.agent.rights, id))
      crisis.push_back(crisis_of(municipality, *release));
  }
  call.send({{"incidents", std::move(incidents)},
             {"municipalities", std::move(municipalities)},
             {"crisis", std::move(crisis)},
             {"now", iso(clock_.now())}});
}

// What an incident can be about, in the reader's language; whoever shows it sorts it.
void IncidentEndpoints::topics(const Call& call) const {
  const auto release = release_();
  Json topics = Json::array();
  if (release->articles) {
    for (const kb::Article& article : release->articles->all())
      topics.push_back({{"id", article.id.value}, {"title", article.topic.in(call.language)}});
  }
  call.send({{"topics", std::move(topics)}});
}

void IncidentEndpoints::add(const Call& call) {
  const auto draft = draft_in(call);
  if (!draft) return call.refuse(kBadRequest);
  // First, so that a foreign municipality looks like one that isn't there.
  if (!service::Incidents::may_write(call.agent.rights, draft->municipality))
    return call.refuse(kNotFound);
  if (const auto unknown = unknown_in(*draft)) return call.refuse(*unknown);
  incidents_.add(call.agent, *draft, give(call));
}

void IncidentEndpoints::change(const Call& call) {
  const Incident* incident = incidents_.find(id_in(call));
  if (!incident || !service::Incidents::may_write(call.agent.rights, incident->draft.municipality))
    return call.refuse(kNotFound);
  auto draft = draft_in(call);
  const auto version = version_in(call);
  if (!draft || !version) return call.refuse(kBadRequest);
  draft->municipality = incident->draft.municipality;
  if (const auto unknown = unknown_in(*draft)) return call.refuse(*unknown);
  incidents_.change(call.agent, incident->id, *version, *draft, give(call));
}

void IncidentEndpoints::end(const Call& call) {
  const Incident* incident = incidents_.find(id_in(call));
  if (!incident || !service::Incidents::may_write(call.agent.rights, incident->draft.municipality))
    return call.refuse(kNotFound);
  const auto version = version_in(call);
  if (!version) return call.refuse(kBadRequest);
  incidents_.end(call.agent, incident->id, *version, give(call));
}

void IncidentEndpoints::mount(net::Router& router) {
  const std::vector<std::string_view> words = {"topic",       "language", "text", "second_language",
                                               "second_text", "from",     "to"};
  auto added = words;
  added.emplace_back("municipality");
  added.emplace_back("crisis");
  auto changed = words;
  changed.emplace_back("version");
  gate_.get(router, "/desk/v1/incidents", [this](const Call& call) { list(call); });
  gate_.get(router, "/desk/v1/incidents/topics", [this](const Call& call) { topics(call); });
  gate_.post(router, "/desk/v1/incidents", added, [this](const Call& call) { add(call); });
  gate_.post(router, "/desk/v1/incidents/*", changed, [this](const Call& call) { change(call); });
  gate_.post(router, "/desk/v1/incidents/*/end", {"version"},
             [this](const Call& call) { end(call); });
}

}  // namespace svar::desk
