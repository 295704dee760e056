#include "connectors/desk/wire_encoding.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "kb-adapter/articles/article_index.h"

namespace svar::desk {
namespace {

template <class Enum>
Json code_or_null(const std::optional<Enum>& value) {
  return value ? Json(code(*value)) : Json(nullptr);
}
Json time_or_null(const std::optional<Time>& time) {
  return time ? Json(iso(*time)) : Json(nullptr);
}
Json id_or_null(const std::optional<MunicipalityId>& id) {
  return id ? Json(id->value) : Json(nullptr);
}

template <class Id>
Json encode_ids(const std::vector<Id>& ids) {
  Json list = Json::array();
  for (const auto& id : ids) list.push_back(id.value);
  return list;
}

Json encode_municipality(const std::optional<MunicipalityId>& id, const engine::Release& release) {
  if (!id) return nullptr;
  const auto* known = release.municipality(*id);
  if (!known) return {{"id", id->value}, {"name", id->value}};
  return {{"id", id->value}, {"name", known->name}, {"colour", known->colour}};
}

Json encode(const std::vector<Choice>& choices) {
  Json list = Json::array();
  for (const auto& choice : choices) list.push_back({{"id", choice.id}, {"label", choice.label}});
  return list;
}

Json encode(const std::vector<Link>& links) {
  Json list = Json::array();
  for (const auto& link : links) {
    list.push_back({{"label", link.label}, {"url", link.url}, {"sample", link.sample}});
  }
  return list;
}

std::string topic_of(const ArticleId& id, const engine::Release& release) {
  const kb::Article* article = release.articles->find(id);
  return article == nullptr ? id.value : article->topic.in(Language::nn);
}

Json encode(const Explanation& because, const engine::Release& release) {
  Json matched = Json::array();
  for (const Span span : because.matched) matched.push_back({span.begin, span.end});
  Json candidates = Json::array();
  for (const auto& candidate : because.candidates) {
    candidates.push_back({{"article", candidate.article.value},
                          {"title", topic_of(candidate.article, release)},
                          {"score", candidate.score},
                          {"how", candidate.how},
                          {"lost", candidate.lost}});
  }
  Json readings = Json::array();
  for (const auto& reading : because.readings) {
    readings.push_back({{"original", {reading.original.begin, reading.original.end}},
                        {"as", reading.as},
                        {"how", reading.how}});
  }
  Json out = {{"how", because.how},
              {"rule", because.rule},
              {"matched", std::move(matched)},
              {"candidates", std::move(candidates)},
              {"municipality_from", because.municipality_from},
              {"language_from", because.language_from},
              {"readings", std::move(readings)}};
  if (because.in_scope) out["in_scope"] = *because.in_scope;
  if (because.in_scope_min) out["in_scope_min"] = *because.in_scope_min;
  return out;
}

// Adds to `out` what one event says; `from` and `kind` as in the web chat, and kinds of our own for
// the private ones.
struct EventEncoding {
  Json& out;
  const engine::Release& release;

  void say(std::string_view from, std::string_view kind) const {
    out["from"] = from;
    out["kind"] = kind;
  }
  void say(std::string_view from, std::string_view kind, const std::string& text) const {
    say(from, kind);
    out["text"] = text;
  }
  void agent(const AgentId& agent) const { out["agent"] = agent.value; }
  void id(const ClientId& id) const {
    if (!id.empty()) out["id"] = id.value;
  }
  void reply_to(const ClientId& id) const {
    if (!id.empty()) out["reply_to"] = id.value;
  }
  void safety(const std::optional<SafetyKind>& kind) const {
    if (kind) out["safety"] = code(*kind);
  }

  void operator()(const ConversationOpened& e) const {
    say("system", "opened");
    out["site"] = e.site.value;
    out["language"] = code(e.language);
    out["channel"] = e.channel;
    out["page"] = {{"url", e.page_url}, {"title", e.page_title}};
  }
  void operator()(const ControllerSet& e) const {
    say("system", "controller");
    out["municipality"] = encode_municipality(e.municipality, release);
  }
  void operator()(const LanguageSet& e) const {
    say("system", "language");
    out["language"] = code(e.language);
  }
  void operator()(const CitizenSpoke& e) const {
    say("citizen", "message", e.text);
    id(e.id);
    if (e.masked) out["masked"] = true;
  }
  void operator()(const CitizenChose& e) const {
    say("citizen", "message", e.choice.label);
    id(e.id);
    out["choice"] = e.choice.id;
  }
  void operator()(const CitizenAskedForPerson& e) const {
    say("citizen", "asked");
    id(e.id);
  }
  void operator()(const CitizenReturnedToBot& e) const { say("citizen", "returned", e.text); }
  void operator()(const CitizenRated& e) const {
    say("citizen", "rated", e.text);
    out["score"] = e.score;
  }
  void operator()(const BotReplied& e) const {
    say("bot", "message", e.text);
    reply_to(e.reply_to);
    out["outcome"] = code(e.outcome);
    if (!e.choices.empty()) out["choices"] = encode(e.choices);
    if (!e.links.empty()) out["links"] = encode(e.links);
    if (e.outcome == Outcome::answer && !e.topics.empty()) out["article"] = e.topics.front().value;
    out["topics"] = encode_ids(e.topics);
    if (!e.topic_title.empty()) out["title"] = e.topic_title;
    if (e.municipality) out["municipality"] = encode_municipality(e.municipality, release);
    safety(e.safety);
    if (e.sample) out["sample"] = true;
    out["confidence"] = e.confidence;
    out["release"] = e.release.value;
    out["because"] = encode(e.because, release);
  }
  void operator()(const SystemNoticed& e) const {
    say("system", "notice", e.text);
    reply_to(e.reply_to);
    safety(e.safety);
  }
  void operator()(const HandoffRequested& e) const {
    say("system", "handoff", e.text);
    reply_to(e.reply_to);
    out["reason"] = code(e.reason);
  }
  void operator()(const AgentJoined& e) const {
    say("agent", "joined", e.text);
    agent(e.agent);
    out["name"] = e.name;
  }
  void operator()(const AgentSpoke& e) const {
    say("agent", "message", e.text);
    agent(e.agent);
    out["name"] = e.name;
    id(e.id);
  }
  void operator()(const AgentHandedBack& e) const {
    say("agent", "left", e.text);
    agent(e.agent);
  }
  void operator()(const ConversationClosed& e) const {
    say(e.agent ? "agent" : "system", "closed", e.text);
    out["by"] = code(e.by);
    if (e.agent) agent(*e.agent);
    if (e.outcome) out["outcome"] = code(*e.outcome);
    if (e.topic) out["topics"] = encode_ids(std::vector{*e.topic});
  }
  void operator()(const ConversationReopened&) const { say("system", "reopened"); }
  void operator()(const Redacted& e) const {
    say("system", "redacted");
    out["seqs"] = encode_ids(e.seqs);
  }
  void operator()(const Erased&) const { say("system", "erased"); }
  void operator()(const HandoffDeferred& e) const {
    say("system", "deferred");
    reply_to(e.reply_to);
    out["reason"] = code(e.reason);
    out["delay"] = code(e.delay);
    out["opens"] = time_or_null(e.opens);
  }
  void operator()(const WaitGrewLong& e) const {
    say("system", "queue", e.text);
    out["delay"] = code(e.delay);
    out["opens"] = time_or_null(e.opens);
    out["choices"] = encode(e.choices);
  }
  void operator()(const AgentLost& e) const {
    say("system", "lost", e.text);
    agent(e.agent);
  }
  void operator()(const AgentNoted& e) const {
    say("agent", "note", e.text);
    agent(e.agent);
    out["name"] = e.name;
    id(e.id);
  }
  void operator()(const TransferOffered& e) const {
    say("agent", "transfer", e.text);
    agent(e.agent);
    out["name"] = e.name;
    out["transfer"] = {{"kind", code(e.kind)},
                       {"to", e.to ? Json(e.to->value) : Json(nullptr)},
                       {"unit", e.unit},
                       {"name", e.to_name}};
  }
  void operator()(const TransferAccepted& e) const {
    say("agent", "transfer_accepted");
    agent(e.agent);
  }
  void operator()(const TransferReturned& e) const {
    say("system", "transfer_returned");
    out["end"] = code(e.end);
    if (!e.agent.empty()) agent(e.agent);
  }
  void operator()(const ColleagueInvited& e) const {
    say("agent", "invited", e.text);
    agent(e.agent);
    out["name"] = e.name;
    out["colleague"] = {{"name", e.colleague.value}, {"display_name", e.colleague_name}};
  }
  void operator()(const ColleagueLeft& e) const {
    say("agent", "colleague_left");
    agent(e.colleague);
  }
  void operator()(const AgentParked& e) const {
    say("agent", "parked", e.text);
    agent(e.agent);
  }
  void operator()(const AgentResumed& e) const {
    say("agent", "resumed");
    agent(e.agent);
  }
};

// What a sent form is called in each language: by its option, where that has a title.
Json encode_form_title(const service::Card& card, const engine::Release& release) {
  if (card.form.empty()) return nullptr;
  Json title = {{"id", card.form}};
  const engine::Form* form = release.form(card.form);
  for (const Language language : {Language::nn, Language::nb, Language::en}) {
    std::string text = form == nullptr ? card.form : form->title.in(language);
    for (const auto& field : form == nullptr ? std::vector<engine::FormField>() : form->fields) {
      const auto* option = engine::find_option(field, card.form_option);
      if (option != nullptr && !option->title.nn.empty()) text = option->title.in(language);
    }
    title[std::string(code(language))] = std::move(text);
  }
  return title;
}

Json encode(const std::optional<service::Packet::Form>& form) {
  if (!form) return nullptr;
  Json values = Json::array();
  for (const auto& value : form->values) {
    values.push_back({{"key", value.key},
                      {"label", value.label},
                      {"value", value.value},
                      {"seq", value.seq.value}});
  }
  return {{"id", form->id},
          {"title", form->title},
          {"reference", form->reference},
          {"sent", form->sent},
          {"values", std::move(values)}};
}

Json encode(const service::Understood& understood) {
  return {{"seq", understood.seq.value}, {"topics", encode_ids(understood.topics)},
          {"title", understood.title},   {"confidence", understood.confidence},
          {"how", understood.how},       {"outcome", code(understood.outcome)}};
}

Json encode(const service::Packet::About& about) {
  Json facts = Json::array();
  for (const auto& fact : about.facts) {
    facts.push_back({{"key", fact.key},
                     {"label", fact.label},
                     {"value", fact.value},
                     {"sample", fact.sample},
                     {"source", fact.source}});
  }
  return {{"id", about.id.value},   {"name", about.name},     {"full_name", about.full_name},
          {"number", about.number}, {"colour", about.colour}, {"facts", std::move(facts)}};
}

}  // namespace

Json encode(const service::Rights& rights) {
  Json list = Json::array();
  for (const auto& right : rights.all())
    list.push_back({{"role", code(right.role)}, {"municipality", id_or_null(right.municipality)}});
  return list;
}

Json encode(const service::Account& agent) {
  Json roles = Json::array();
  for (const auto role : {service::Role::agent, service::Role::editor, service::Role::administrator,
                          service::Role::system_administrator}) {
    if (agent.has(role)) roles.push_back(code(role));
  }
  const auto served = agent.rights.municipalities(service::Role::agent);
  return {{"name", agent.name.value},
          {"display_name", agent.display_name},
          {"roles", std::move(roles)},
          {"municipalities", encode_ids(std::vector(served.begin(), served.end()))},
          {"rights", encode(agent.rights)},
          {"second_factor", agent.totp.has_value()},
          {"must_enrol", agent.must_enrol()},
          {"recovery_codes_left", agent.totp ? agent.totp->recovery.size() : 0}};
}

std::string why_opened(const service::Card& card, const AgentId& reader) {
  switch (card.owner) {
    case Owner::queue:
      return "waiting";
    case Owner::agent:
      return card.agent == reader ? "own" : "colleague";
    case Owner::bot:
      return "with_bot";
    case Owner::none:
      return "closed";
  }
  return "closed";
}

Json encode(const service::Card& card, const engine::Release& release) {
  Json agent = nullptr;
  if (card.agent) agent = {{"name", card.agent->value}, {"display_name", card.agent_name}};
  return {{"id", std::to_string(card.id.value)},
          {"seq", card.seq.value},
          {"owner", code(card.owner)},
          {"agent", std::move(agent)},
          {"site", card.site.value},
          {"municipality", encode_municipality(card.municipality, release)},
          {"language", code(card.language)},
          {"channel", card.channel},
          {"waiting_since", time_or_null(card.waiting_since)},
          {"last_at", iso(card.last_at)},
          {"reason", code_or_null(card.reason)},
          {"safety", code_or_null(card.safety)},
          {"preview", card.preview},
          {"topics", encode_ids(card.topics)},
          {"topic_title", card.topic_title},
          {"form", encode_form_title(card, release)}};
}

Json encode(const service::Packet& packet) {
  Json understood = Json::array();
  for (const auto& one : packet.understood) understood.push_back(encode(one));
  Json shown = Json::array();
  for (const auto& one : packet.articles_shown) {
    shown.push_back({{"id", one.article.value}, {"title", one.title}});
  }
  return {{"version", 1},
          {"reason", code_or_null(packet.reason)},
          {"municipality", packet.municipality ? encode(*packet.municipality) : Json(nullptr)},
          {"controller", id_or_null(packet.controller)},
          {"page", {{"url", packet.page_url}, {"title", packet.page_title}}},
          {"language", code(packet.language)},
          {"channel", packet.channel},
          {"opened_at", iso(packet.opened_at)},
          {"waiting_since", time_or_null(packet.waiting_since)},
          {"understood", std::move(understood)},
          {"articles_shown", std::move(shown)},
          {"safety", code_or_null(packet.safety)},
          {"notice_version", packet.notice_version},
          {"misses", packet.misses},
          {"form", encode(packet.form)}};
}

Json encode(const Recorded& recorded, const engine::Release& release) {
  Json out = {{"seq", recorded.seq.value}, {"at", iso(recorded.at)}};
  std::visit(EventEncoding{out, release}, recorded.event);
  return out;
}

Json encode(const std::vector<Recorded>& events, const engine::Release& release) {
  Json list = Json::array();
  for (const auto& recorded : events) list.push_back(encode(recorded, release));
  return list;
}

std::string iso(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()),
                int(clock.subseconds().count()));
  return text;
}

std::string write(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace svar::desk
