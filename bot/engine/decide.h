// The decision: what follows from an input, given a state. Pure: same arguments, same answer; no
// clock, no I/O, no lock.
#pragma once

#include <variant>

#include "bot/domain/conversation.h"
#include "bot/domain/input.h"
#include "bot/engine/moment.h"
#include "bot/engine/release.h"

namespace svar::engine {

// Append these. May be empty: nothing follows (a timer overtaken, an answer already given).
struct Events {
  std::vector<Event> events;
};
// This id was accepted before, as `first`; nothing is appended.
struct AlreadyAccepted {
  Seq first;
};
enum class Refusal { too_long, empty, not_offered, not_yours, not_open, unknown };
struct Rejected {
  Refusal why;
  std::string held_by;  // an agent's name, with not_yours
};
using Decision = std::variant<Events, AlreadyAccepted, Rejected>;

// Of the privacy notice in config/content/texts; raised when what it promises changes.
inline constexpr const char* kNoticeVersion = "2";
inline constexpr int kTextCodePointsMax = 4'000;  // protocol.md, web chat

// What the input amounts to, without the bot's answer: the words are stored, the answer falls due.
// `opening` is used when nothing of the conversation is stored yet.
Decision decide(const Conversation& state, const std::optional<Opening>& opening,
                const Input& input, const Release& release, const Moment& moment);

// The outcome of what is due in `state`: the bot's reply or the hand-off; empty when nothing is due
// or the bot does not own the conversation. Deciding again on the state after it yields nothing.
Events decide_outcome(const Conversation& state, const Release& release, const Moment& moment);

// Both at once: decide, fold, decide_outcome. What web chat appends in one piece.
Decision decide_with_outcome(const Conversation& state, const std::optional<Opening>& opening,
                             const Input& input, const Release& release, const Moment& moment);

}  // namespace svar::engine
