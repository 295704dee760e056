#include "connectors/webchat/event_frames.h"

#include <nlohmann/json.hpp>

#include "connectors/webchat/frames.h"

namespace svar::webchat {

namespace {

using nlohmann::ordered_json;

// Fills the frame of one event; false when the citizen does not see it. One overload an event, in the order of event.h.
class Encoding {
 public:
  Encoding(ordered_json& frame, Shown& shown, const engine::Release& release)
      : frame_(frame), shown_(shown), release_(release) {}

  bool operator()(const ConversationOpened&) { return false; }
  bool operator()(const ControllerSet&) { return false; }

  bool operator()(const LanguageSet& event) {
    begin("system", "language");
    frame_["language"] = code(event.language);
    return true;
  }

  bool operator()(const CitizenSpoke& event) {
    begin("citizen", "message");
    own(event.id);
    text(event.text);
    return true;
  }

  bool operator()(const CitizenChose& event) {
    begin("citizen", "message");
    own(event.id);
    text(event.choice.label);
    frame_["choice"] = event.choice.id;
    return true;
  }

  bool operator()(const CitizenAskedForPerson&) { return false; }

  bool operator()(const CitizenReturnedToBot& event) {
    begin("system", "left");
    text(event.text);
    return true;
  }

  bool operator()(const CitizenRated& event) {
    begin("system", "rated");
    own(event.id);
    frame_["score"] = event.score;
    return true;
  }

  bool operator()(const BotReplied& event) {
    begin("bot", "message");
    reply_to(event.reply_to);
    text(event.text);
    add_choices(event.choices);
    add_links(event.links);
    frame_["outcome"] = code(event.outcome);
    if (event.outcome == Outcome::answer && !event.topics.empty()) {
      frame_["article"] = event.topics.front().value;
    }
    if (!event.topic_title.empty()) frame_["title"] = event.topic_title;
    if (event.sample) frame_["sample"] = true;
    if (event.municipality) add_municipality(*event.municipality);
    frame_["language"] = code(event.language);
    safety(event.safety);
    return true;
  }

  bool operator()(const SystemNoticed& event) {
    begin("system", "notice");
    reply_to(event.reply_to);
    text(event.text);
    safety(event.safety);
    return true;
  }

  bool operator()(const HandoffRequested& event) {
    begin("system", "handoff");
    reply_to(event.reply_to);
    text(event.text);
    frame_["reason"] = code(event.reason);
    return true;
  }

  bool operator()(const AgentJoined& event) {
    begin("agent", "joined");
    frame_["name"] = event.name;
    text(event.text);
    return true;
  }

  bool operator()(const AgentSpoke& event) {
    begin("agent", "message");
    frame_["name"] = event.name;
    text(event.text);
    return true;
  }

  bool operator()(const AgentHandedBack& event) {
    begin("system", "left");
    text(event.text);
    return true;
  }

  bool operator()(const ConversationClosed& event) {
    begin("system", "closed");
    text(event.text);
    frame_["by"] = code(event.by);
    return true;
  }

  bool operator()(const ConversationReopened&) {
    begin("system", "reopened");
    return true;
  }

  bool operator()(const Redacted& event) {
    begin("system", "redacted");
    frame_["seqs"] = ordered_json::array();
    for (const Seq seq : event.seqs) frame_["seqs"].push_back(seq.value);
    return true;
  }

  bool operator()(const Erased&) {
    begin("system", "erased");
    shown_.ends = true;
    return true;
  }

 private:
  void begin(std::string_view from, std::string_view kind) {
    frame_["from"] = from;
    frame_["kind"] = kind;
  }

  void own(const ClientId& id) {
    frame_["id"] = id.value;
    shown_.sent_as = id;
  }

  void text(const std::string& text) { frame_["text"] = text; }

  void reply_to(const ClientId& id) {
    if (!id.empty()) frame_["reply_to"] = id.value;
  }

  void safety(const std::optional<SafetyKind>& kind) {
    if (kind) frame_["safety"] = code(*kind);
  }

  void add_choices(const std::vector<Choice>& choices) {
    if (choices.empty()) return;
    ordered_json& list = frame_["choices"] = ordered_json::array();
    for (const Choice& choice : choices) {
      list.push_back({{"id", choice.id}, {"label", choice.label}});
    }
  }

  void add_links(const std::vector<Link>& links) {
    if (links.empty()) return;
    ordered_json& list = frame_["links"] = ordered_json::array();
    for (const Link& link : links) {
      list.push_back({{"label", link.label}, {"url", link.url}});
      if (link.sample) list.back()["sample"] = true;
    }
  }

  void add_municipality(const MunicipalityId& id) {
    const kb::Municipality* known = release_.municipality(id);
    frame_["municipality"] = {{"id", id.value}, {"name", known ? known->name : id.value}};
  }

  ordered_json& frame_;
  Shown& shown_;
  const engine::Release& release_;
};

}  // namespace

std::optional<Shown> show(const Recorded& recorded, const engine::Release& release) {
  Shown shown;
  shown.seq = recorded.seq;
  ordered_json frame = {
      {"type", "event"}, {"seq", recorded.seq.value}, {"at", iso_time(recorded.at)}};
  if (!std::visit(Encoding{frame, shown, release}, recorded.event)) return std::nullopt;
  shown.frame = frame.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  return shown;
}

}  // namespace svar::webchat
