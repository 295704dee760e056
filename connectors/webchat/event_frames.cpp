#include "connectors/webchat/event_frames.h"

#include "connectors/webchat/frame_writer.h"
#include "connectors/webchat/frames.h"

namespace svar::webchat {

namespace {

// Fills the frame of one event; false when the citizen does not see it. One overload an event, in
// the order of event.h.
class Encoding {
 public:
  Encoding(FrameWriter& frame, Shown& shown, const engine::Release& release)
      : frame_(frame), shown_(shown), release_(release) {}

  bool operator()(const ConversationOpened&) { return false; }
  bool operator()(const ControllerSet&) { return false; }

  bool operator()(const LanguageSet& event) {
    begin("system", "language");
    frame_.text("language", code(event.language));
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
    frame_.text("choice", event.choice.id);
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
    frame_.number("score", event.score);
    return true;
  }

  bool operator()(const BotReplied& event) {
    begin("bot", "message");
    reply_to(event.reply_to);
    text(event.text);
    add_choices(event.choices);
    add_links(event.links);
    frame_.text("outcome", code(event.outcome));
    if (event.outcome == Outcome::answer && !event.topics.empty()) {
      frame_.text("article", event.topics.front().value);
    }
    if (!event.topic_title.empty()) frame_.text("title", event.topic_title);
    if (event.sample) frame_.truth("sample");
    if (event.municipality) add_municipality(*event.municipality);
    frame_.text("language", code(event.language));
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
    frame_.text("reason", code(event.reason));
    return true;
  }

  bool operator()(const AgentJoined& event) {
    begin("agent", "joined");
    frame_.text("name", event.name);
    text(event.text);
    return true;
  }

  bool operator()(const AgentSpoke& event) {
    begin("agent", "message");
    frame_.text("name", event.name);
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
    frame_.text("by", code(event.by));
    return true;
  }

  bool operator()(const ConversationReopened&) {
    begin("system", "reopened");
    return true;
  }

  bool operator()(const Redacted& event) {
    begin("system", "redacted");
    frame_.numbers("seqs", event.seqs, [](Seq seq) { return seq.value; });
    return true;
  }

  bool operator()(const Erased&) {
    begin("system", "erased");
    shown_.ends = true;
    return true;
  }

  bool operator()(const HandoffDeferred&) { return false; }  // the bot's reply says it

  bool operator()(const WaitGrewLong& event) {
    begin("system", "queue");
    text(event.text);
    add_choices(event.choices);
    return true;
  }

  bool operator()(const AgentLost& event) {
    begin("system", "queue");
    text(event.text);
    return true;
  }

  // The agents' own.
  bool operator()(const AgentNoted&) { return false; }
  bool operator()(const TransferOffered&) { return false; }
  bool operator()(const TransferAccepted&) { return false; }
  bool operator()(const TransferReturned&) { return false; }
  bool operator()(const ColleagueInvited&) { return false; }
  bool operator()(const ColleagueLeft&) { return false; }
  bool operator()(const AgentParked&) { return false; }
  bool operator()(const AgentResumed&) { return false; }

  // What only social channels have; and the telephone.
  bool operator()(const CitizenSentOther&) { return false; }
  bool operator()(const CitizenWithdrew&) { return false; }
  bool operator()(const AnsweredElsewhere& event) {
    begin("agent", "message");
    text(event.text);
    return true;
  }
  bool operator()(const ContactCounted&) { return false; }

 private:
  void begin(std::string_view from, std::string_view kind) {
    frame_.text("from", from);
    frame_.text("kind", kind);
  }

  void own(const ClientId& id) { frame_.text("id", id.value); }

  void text(const std::string& text) { frame_.text("text", text); }

  void reply_to(const ClientId& id) {
    if (!id.empty()) frame_.text("reply_to", id.value);
  }

  void safety(const std::optional<SafetyKind>& kind) {
    if (kind) frame_.text("safety", code(*kind));
  }

  void add_choices(const std::vector<Choice>& choices) {
    if (choices.empty()) return;
    frame_.objects("choices", choices, [this](const Choice& choice) {
      frame_.text("id", choice.id);
      frame_.text("label", choice.label);
    });
  }

  void add_links(const std::vector<Link>& links) {
    if (links.empty()) return;
    frame_.objects("links", links, [this](const Link& link) {
      frame_.text("label", link.label);
      frame_.text("url", link.url);
      if (link.sample) frame_.truth("sample");
    });
  }

  void add_municipality(const MunicipalityId& id) {
    const kb::Municipality* known = release_.municipality(id);
    frame_.object("municipality", [&] {
      frame_.text("id", id.value);
      frame_.text("name", known ? known->name : id.value);
    });
  }

  FrameWriter& frame_;
  Shown& shown_;
  const engine::Release& release_;
};

}  // namespace

const ClientId* sent_as(const Event& event) {
  if (const auto* spoke = std::get_if<CitizenSpoke>(&event)) return &spoke->id;
  if (const auto* chose = std::get_if<CitizenChose>(&event)) return &chose->id;
  if (const auto* rated = std::get_if<CitizenRated>(&event)) return &rated->id;
  return nullptr;
}

std::optional<Shown> show(const Recorded& recorded, const engine::Release& release) {
  Shown shown;
  shown.seq = recorded.seq;
  if (const ClientId* id = sent_as(recorded.event)) shown.sent_as = *id;
  FrameWriter frame{"event"};
  frame.number("seq", recorded.seq.value);
  frame.text("at", iso_time(recorded.at));
  if (!std::visit(Encoding{frame, shown, release}, recorded.event)) return std::nullopt;
  shown.frame = frame.take();
  return shown;
}

}  // namespace svar::webchat
