// What events tell by one of a few words. The spelling of each code() is stored for ever and
// public.
#pragma once

#include <optional>
#include <string_view>

namespace svar {

// What a bot reply amounts to (protocol.md, command line). The spelling of code() is public.
enum class Outcome {
  answer,
  clarify,
  clarify_municipality,
  handoff,
  safety,
  smalltalk,
  offtopic,
  language
};
std::string_view code(Outcome outcome);
std::optional<Outcome> outcome_from_code(std::string_view code);

enum class SafetyKind { medical, fire, police, suicide, violence, child };
std::string_view code(SafetyKind kind);
std::optional<SafetyKind> safety_kind_from_code(std::string_view code);

// form: a filled-in form was sent.
enum class HandoffReason { asked, not_understood, personal, sensitive, safety, angry, form };
std::string_view code(HandoffReason reason);
std::optional<HandoffReason> handoff_reason_from_code(std::string_view code);

enum class ClosedBy { citizen, agent, inactivity };
std::string_view code(ClosedBy by);
std::optional<ClosedBy> closed_by_from_code(std::string_view code);

// Why a wish for a person led to no place in the queue, or the wait in it grew too long.
enum class Delay { closed, unstaffed, long_wait };
std::string_view code(Delay delay);
std::optional<Delay> delay_from_code(std::string_view code);

// warm: the agent stays until somebody accepts. cold: the agent has left, and the conversation
// waits.
enum class TransferKind { warm, cold };
std::string_view code(TransferKind kind);
std::optional<TransferKind> transfer_kind_from_code(std::string_view code);

// How an offered transfer came to nothing.
enum class TransferEnd { declined, timed_out, withdrawn };
std::string_view code(TransferEnd end);
std::optional<TransferEnd> transfer_end_from_code(std::string_view code);

// What came of a conversation, as the agent who closed it says. passed_on: somebody else in the
// municipality goes on with it. no_reply: the citizen was gone.
enum class CloseOutcome { resolved, passed_on, not_resolved, no_reply, other };
std::string_view code(CloseOutcome outcome);
std::optional<CloseOutcome> close_outcome_from_code(std::string_view code);

}  // namespace svar
