// The log as agents see it: as in the web chat's protocol, with kinds of our own.
#include <nlohmann/json.hpp>

#include "connectors/desk/json_parts.h"
#include "connectors/desk/wire_encoding.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::desk {
namespace {

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
    if (e.edits) out["edits"] = e.edits->value;
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
    if (e.incident) out["incident"] = *e.incident;
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
  void operator()(const CitizenSentOther& e) const {
    say("citizen", "sent_other");
    id(e.id);
    out["what"] = e.kind;
  }
  void operator()(const CitizenWithdrew& e) const {
    say("citizen", "withdrew");
    id(e.id);
    out["message"] = e.message.value;
  }
  void operator()(const AnsweredElsewhere& e) const {
    say("agent", "elsewhere", e.text);
    id(e.id);
  }
  void operator()(const ContactCounted& e) const {
    say("agent", "contact", e.text);
    agent(e.agent);
    out["name"] = e.name;
    id(e.id);
    if (e.topic) out["topics"] = encode_ids(std::vector{*e.topic});
  }
};

}  // namespace

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

}  // namespace svar::desk
