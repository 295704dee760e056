// When a person is wanted and nobody can come: what the citizen is told, and the forms for a
// message instead. Pure. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/engine/decide.h"

namespace svar::engine {

// Whose agents would answer this conversation, and whose hours hold.
MunicipalityId desk_of(const Conversation& state, const std::optional<MunicipalityId>& asked_about,
                       const Release& release);

// What is told when the conversation joins the queue.
std::string handoff_text(HandoffReason reason, const Conversation& state, const BotReplied& said,
                         const Release& release, const Moment& moment);

// Instead of the queue: that nobody is there, when somebody is, and the offer of a message. Nothing
// when somebody can come, when a form was sent (it waits for the morning), or when the content has
// no form for it: then the queue is the better promise. `said` is what would have been handed over.
std::optional<std::vector<Event>> defer(HandoffReason reason, const BotReplied& said,
                                        const Conversation& state, const Release& release,
                                        const Moment& moment);

// To those who wait: once per hand-off, when nobody can come any more or the wait is too long.
std::optional<WaitGrewLong> wait_grew_long(const Conversation& state, const Release& release,
                                           const Moment& moment, Time waiting_since_max);

}  // namespace svar::engine
