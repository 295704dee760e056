// What follows from what an agent does with a conversation, and from an agent who is gone. Pure.
// Internal to the engine: decide() leads here.
//
// Who has a conversation alone writes to the citizen, gives it away, parks and closes it. A note
// may be written by every agent; that this one may see the conversation is the caller's to know.
#pragma once

#include "bot/engine/decide.h"

namespace svar::engine {

class AgentDeciding {
 public:
  AgentDeciding(const Conversation& state, const Release& release)
      : state_(state), release_(release) {}

  // Whoever takes first has it. A transfer is accepted by taking it: until its time is out nobody
  // else can, but for the agent who offered it.
  Decision operator()(const AgentTakes& input);
  Decision operator()(const AgentSays& input);
  Decision operator()(const AgentHandsBack& input);
  Decision operator()(const AgentCloses& input);
  Decision operator()(const AgentNotes& input);
  Decision operator()(const AgentOffersTransfer& input);
  Decision operator()(const AgentDeclinesTransfer& input);
  Decision operator()(const AgentInvites& input);
  Decision operator()(const ColleagueLeaves& input);
  Decision operator()(const AgentParks& input);
  Decision operator()(const AgentResumes& input);
  Decision operator()(const AgentDisappears& input);
  Decision operator()(const TransferTimesOut& input);

 private:
  std::optional<Decision> before(const ClientId& id) const;
  std::optional<Decision> before_holder(const ClientId& id, const AgentId& agent) const;
  bool may_accept(const AgentId& agent) const;
  void join(const AgentId& agent, const std::string& name);
  void return_transfer(TransferEnd end, const AgentId& agent, const ClientId& id);
  void tell_citizen(std::string text);
  std::string text(std::string_view key, const Release::Values& values = {}) const {
    return release_.text(key, state_.language, values);
  }
  void add(Event event) { events_.events.push_back(std::move(event)); }
  Decision take() { return std::move(events_); }

  const Conversation& state_;
  const Release& release_;
  Events events_;
};

// Why these words can't be stored: empty, or too long. Notes may be empty.
std::optional<Refusal> text_fault(std::string_view text);
bool is_too_long(std::string_view text);

}  // namespace svar::engine
