// A conversation's state: everything `decide` needs to know, folded from its events. Small on
// purpose: no transcript.
#pragma once

#include <array>
#include <map>
#include <set>

#include "bot/domain/event.h"

namespace svar {

// Who speaks. While it is not the bot, the bot is silent; but for a message that waits in the
// queue, which nobody sits and waits with.
enum class Owner { none, bot, queue, agent };  // none: nothing stored yet, closed or erased
std::string_view code(Owner owner);
std::optional<Owner> owner_from_code(std::string_view code);

enum class Lifecycle { unstored, open, closed, erased };

// What the citizen said that nobody has answered yet. Set by CitizenSpoke, CitizenChose and
// CitizenAskedForPerson while the bot answers; cleared by BotReplied, HandoffRequested, or somebody
// else who owns the conversation.
struct AnswerDue {
  Seq seq;
  ClientId id;
  std::string text;              // the words, or the label of the choice; masked
  std::optional<Choice> choice;  // set when it was pressed
  bool asks_for_person = false;
  bool is_other = false;  // no words at all: CitizenSentOther
  bool operator==(const AnswerDue&) const = default;
};

// A question that waits for something: which municipality, or which of several topics.
struct Pending {
  std::vector<ArticleId> articles;  // the question that waits for a municipality
  std::vector<Choice> choices;  // what was offered last, in order, so that «2» means something
  bool answered = false;        // one of them was given already: «nr 1 òg» may still follow
  bool operator==(const Pending&) const = default;
};

// A form in this conversation, and the words its values point at.
struct RunningForm {
  FormProgress at;
  std::vector<std::string> words;  // of at.filled, in its order; empty for what was emptied since
  Seq shown;                       // the latest reply of the form: it may repeat those words
  bool operator==(const RunningForm&) const = default;
};

// A transfer that somebody may still accept.
struct TransferOffer {
  TransferKind kind = TransferKind::warm;
  AgentId from;
  std::string from_name;
  std::optional<AgentId> to;  // nothing: whoever serves the unit
  std::string to_name;
  std::string unit;
  Time at{};
  bool operator==(const TransferOffer&) const = default;
};

struct Conversation {
  Lifecycle lifecycle = Lifecycle::unstored;
  Owner owner = Owner::none;
  Seq last_seq;
  Time last_at{};
  Time last_citizen_at{};   // the citizen's last word, for windows of social channels
  bool with_agent = false;  // an agent had it at some time: kept for longer

  SiteId site;
  std::string channel;
  Language language = Language::nn;
  std::optional<MunicipalityId>
      controller;  // responsible for the data: exactly one after the first append
  std::optional<MunicipalityId>
      municipality;  // whose facts the citizen asks about; unset on the common site at first

  std::optional<AnswerDue> answer_due;
  Pending pending;
  std::optional<RunningForm> form;     // until another topic is answered, or a person takes over
  std::vector<ArticleId> last_topics;  // of the last answer, for follow-ups
  int clarify_turns = 0;               // in a row
  int misses = 0;                      // replies in a row that understood nothing
  std::set<SafetyKind>
      safety_shown;  // since it was opened or reopened; a safety text is shown once

  std::optional<Seq> begun_number;  // the citizen's last message, when it begins_number

  std::optional<AgentId> agent;  // set while owner is agent
  std::string agent_name;
  std::optional<HandoffReason> handoff_reason;
  Time waiting_since{};        // since the hand-off; valid while owner is queue
  bool message_waits = false;  // the queue has a sent form, which stays there until a person comes
  bool bot_meanwhile = false;  // the bot goes on answering though it waits in the queue
  bool told_of_wait = false;   // since the hand-off
  std::optional<TransferOffer> offer;
  std::vector<AgentId> invited;           // colleagues who read along
  bool parked = false;                    // by the agent who has it
  std::optional<SafetyKind> safety_flag;  // raises the conversation in the desk

  // Ids seen, and the seq each was first stored with: sending a message again is harmless.
  // Ordered, because that is the smallest for the few that most conversations have.
  std::map<ClientId, Seq> seen;
  bool operator==(const Conversation&) const = default;
};

// Whether what the citizen says is answered by the bot.
inline bool bot_answers(const Conversation& state) {
  return state.owner == Owner::bot || (state.owner == Owner::queue && state.bot_meanwhile);
}

// Folds one event. Never refuses, never decides, reads no clock.
// Precondition: recorded.seq is last_seq + 1; a gap is a broken promise of the store and ends the
// process.
void evolve(Conversation& state, const Recorded& recorded);

}  // namespace svar
