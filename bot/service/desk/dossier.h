// What the desk keeps of one conversation: enough for its card in the lists and for the context
// that goes with a hand-off, folded from the log. Values; no threads, no I/O. The words themselves
// stay in the log, but for the preview.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/engine/release.h"

namespace svar::service {

// One conversation in the agents' lists.
struct Card {
  ConversationId id;
  Seq seq;  // of the last event
  Owner owner = Owner::none;
  std::optional<AgentId> agent;  // who holds it, and the name the citizen sees
  std::string agent_name;
  SiteId site;
  std::optional<MunicipalityId> controller;    // rights hang on it
  std::optional<MunicipalityId> municipality;  // whose facts the citizen asks about
  Language language = Language::nn;
  std::string channel;
  std::optional<Time> waiting_since;  // while it waits for a person
  Time last_at{};
  std::optional<HandoffReason> reason;
  std::optional<SafetyKind> safety;
  std::string preview;            // the citizen's last words, at most 120 code points, as written
  std::vector<ArticleId> topics;  // of the bot's last answer
  std::string topic_title;
  std::string form;            // the id of the form that was sent; empty when none was
  std::string form_option;     // the option chosen in its first field of options
  bool message_waits = false;  // what waits is a form that was sent: nobody sits and waits
  bool told_of_wait = false;
  bool parked = false;
  std::optional<TransferOffer> offer;
  std::vector<AgentId> invited;
  Time last_citizen_at{};
  bool operator==(const Card&) const = default;
};

// Something the bot made of the citizen's words.
struct Understood {
  Seq seq;  // of the bot's reply
  std::vector<ArticleId> topics;
  std::string title;
  double confidence = 0;
  std::string how;
  Outcome outcome = Outcome::answer;
  bool operator==(const Understood&) const = default;
};

struct ShownArticle {
  ArticleId article;
  std::string title;  // as the citizen saw it, when it was the topic of the reply; else empty
  bool operator==(const ShownArticle&) const = default;
};

struct Dossier {
  ConversationId id;
  Conversation state;
  Time opened_at{};
  std::string page_url;
  std::string page_title;
  std::string notice_version;
  std::string preview;
  std::string topic_title;
  std::vector<Understood> understood;        // the last twenty, oldest first
  std::vector<ShownArticle> articles_shown;  // each once, in the order they were first shown
  // Not before this, whatever the log says: those who came earlier wait since then, and the clock
  // was set back meanwhile. The desk's own, not folded.
  Time waiting_since_min{};
  std::optional<RunningForm> form;  // that went with the latest hand-off which had one
  bool was_at_desk = false;         // waited for a person, or a person took it, at least once

  bool is_at_desk() const { return state.owner == Owner::queue || state.owner == Owner::agent; }
};

// Folds one event. Precondition: recorded.seq is dossier.state.last_seq + 1.
void fold(Dossier& dossier, const Recorded& recorded);

Card card_of(const Dossier& dossier);

// What it counts of an agent's capacity: 2 when it is sensitive, 0 while it is parked, else 1.
int weight_of(const Card& card);

// Whether this agent may take it from the queue, or from whoever offered it.
bool may_take(const Card& card, const AgentId& agent);

// Who comes first in the queue: what is about safety, then who has waited longest.
bool comes_before(const Card& a, const Card& b);

// The context an agent reads before the first answer. Names and facts are those of the release of
// this moment.
struct Packet {
  struct Fact {
    std::string key;
    std::string label;
    std::string value;
    std::string source;
    bool sample = false;
  };
  struct About {
    MunicipalityId id;
    std::string name;
    std::string full_name;
    std::string number;
    std::string colour;
    std::vector<Fact> facts;
  };
  std::optional<About> municipality;  // the citizen's, as far as it is known
  std::optional<MunicipalityId> controller;
  std::optional<HandoffReason> reason;
  std::optional<SafetyKind> safety;
  std::string page_url;
  std::string page_title;
  Language language = Language::nn;
  std::string channel;
  Time opened_at{};
  std::optional<Time> waiting_since;
  std::vector<Understood> understood;
  std::vector<ShownArticle> articles_shown;
  std::string notice_version;
  int misses = 0;
  struct Form {
    struct Value {
      std::string key;
      std::string label;
      std::string value;  // empty when it was not given, or emptied since
      Seq seq;            // of the citizen's message it stands in
    };
    std::string id;
    std::string title;
    std::string reference;
    bool sent = false;  // false: a person was wanted before it was sent
    std::vector<Value> values;
  };
  std::optional<Form> form;
};
// `reader` is the agent's language: facts are given in it.
Packet packet_of(const Dossier& dossier, const engine::Release& release, Language reader);

}  // namespace svar::service
