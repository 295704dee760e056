#include "bot/engine/agent_decisions.h"

#include <algorithm>

#include "bot/engine/masking.h"

namespace svar::engine {
namespace {

int code_points(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // every byte but continuations
  }));
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

}  // namespace

bool is_too_long(std::string_view text) {
  return code_points(text) > kTextCodePointsMax;
}

std::optional<Refusal> text_fault(std::string_view text) {
  if (blank(text)) return Refusal::empty;
  if (is_too_long(text)) return Refusal::too_long;
  return std::nullopt;
}

std::optional<Decision> AgentDeciding::before(const ClientId& id) const {
  const auto seen = state_.seen.find(id);
  if (!id.empty() && seen != state_.seen.end()) return AlreadyAccepted{seen->second};
  if (state_.lifecycle == Lifecycle::unstored) return Rejected{Refusal::unknown, {}};
  if (state_.lifecycle != Lifecycle::open) return Rejected{Refusal::not_open, {}};
  return std::nullopt;
}

std::optional<Decision> AgentDeciding::before_holder(const ClientId& id,
                                                     const AgentId& agent) const {
  if (auto stop = before(id)) return stop;
  if (state_.owner == Owner::agent && state_.agent == agent) return std::nullopt;
  return Rejected{Refusal::not_yours, state_.agent_name};
}

// A unit's transfer is accepted by whoever serves the municipality.
bool AgentDeciding::may_accept(const AgentId& agent) const {
  if (!state_.offer || state_.offer->from == agent) return false;
  return !state_.offer->to || state_.offer->to == agent;
}

Decision AgentDeciding::operator()(const AgentTakes& input) {
  if (auto stop = before({})) return *stop;
  if (state_.agent == input.agent && state_.owner == Owner::agent) return Events{};
  const bool accepts = may_accept(input.agent);
  if (accepts) {
    add(TransferAccepted{input.agent});
  } else if (state_.owner == Owner::agent) {
    return Rejected{Refusal::not_yours, state_.agent_name};
  } else if (state_.offer) {
    if (state_.offer->from != input.agent) {
      return Rejected{Refusal::not_yours, state_.offer->to_name};
    }
    return_transfer(TransferEnd::withdrawn, input.agent, {});
    return take();
  }
  join(input.agent, input.name);
  return take();
}

void AgentDeciding::join(const AgentId& agent, const std::string& as) {
  const std::string name = mask(as).text;
  add(AgentJoined{agent, name, text("agent_joined", {{"name", name}})});
}

Decision AgentDeciding::operator()(const AgentSays& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  if (const auto fault = text_fault(input.text)) return Rejected{*fault, {}};
  add(AgentSpoke{input.agent, mask(input.name).text, input.id, input.text});
  return take();
}

Decision AgentDeciding::operator()(const AgentHandsBack& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  add(AgentHandedBack{input.agent, input.id, text("agent_left")});
  return take();
}

Decision AgentDeciding::operator()(const AgentCloses& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  add(ConversationClosed{ClosedBy::agent, input.id, input.agent, text("closed_by_agent"),
                         input.outcome, input.topic});
  return take();
}

// After-work is done on a closed conversation too.
Decision AgentDeciding::operator()(const AgentNotes& input) {
  auto stop = before(input.id);
  const bool closed = state_.lifecycle == Lifecycle::closed;
  if (stop && !(closed && std::holds_alternative<Rejected>(*stop))) return *stop;
  if (const auto fault = text_fault(input.text)) return Rejected{*fault, {}};
  add(AgentNoted{input.agent, mask(input.name).text, input.id, mask(input.text).text});
  return take();
}

Decision AgentDeciding::operator()(const AgentOffersTransfer& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  const bool to_somebody = input.to.has_value() != !input.unit.empty();
  if (!to_somebody || input.to == input.agent) return Rejected{Refusal::not_offered, {}};
  if (is_too_long(input.note)) return Rejected{Refusal::too_long, {}};
  const std::string name = mask(input.name).text;
  add(TransferOffered{input.id, input.kind, input.agent, name, input.to, input.to_name, input.unit,
                      mask(input.note).text});
  if (input.kind == TransferKind::cold) {
    tell_citizen(text("transfer_offered", {{"name", name}, {"to", input.to_name}}));
  }
  return take();
}

Decision AgentDeciding::operator()(const AgentDeclinesTransfer& input) {
  if (auto stop = before(input.id)) return *stop;
  if (!state_.offer) return Rejected{Refusal::not_offered, {}};
  const bool withdrawn = state_.offer->from == input.agent;
  if (!withdrawn && state_.offer->to != input.agent) return Rejected{Refusal::not_offered, {}};
  return_transfer(withdrawn ? TransferEnd::withdrawn : TransferEnd::declined, input.agent,
                  input.id);
  return take();
}

Decision AgentDeciding::operator()(const TransferTimesOut& input) {
  if (!state_.offer || state_.offer->at > input.offered_at_max) return Events{};
  return_transfer(TransferEnd::timed_out, {}, {});
  return take();
}

void AgentDeciding::return_transfer(TransferEnd end, const AgentId& agent, const ClientId& id) {
  add(TransferReturned{end, agent, id});
  if (state_.owner != Owner::queue) return;  // the citizen never heard of it
  tell_citizen(text("transfer_returned", {{"name", state_.offer->from_name}}));
}

Decision AgentDeciding::operator()(const AgentInvites& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  if (input.colleague == input.agent) return Rejected{Refusal::not_offered, {}};
  if (is_too_long(input.note)) return Rejected{Refusal::too_long, {}};
  const auto& invited = state_.invited;
  if (std::find(invited.begin(), invited.end(), input.colleague) != invited.end()) return Events{};
  add(ColleagueInvited{input.id, input.agent, mask(input.name).text, input.colleague,
                       mask(input.colleague_name).text, mask(input.note).text});
  return take();
}

Decision AgentDeciding::operator()(const ColleagueLeaves& input) {
  if (auto stop = before(input.id)) return *stop;
  const auto& invited = state_.invited;
  const bool known = std::find(invited.begin(), invited.end(), input.colleague) != invited.end();
  if (!known) return Rejected{Refusal::not_offered, {}};
  add(ColleagueLeft{input.colleague, input.id});
  return take();
}

Decision AgentDeciding::operator()(const AgentParks& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  if (is_too_long(input.note)) return Rejected{Refusal::too_long, {}};
  if (state_.parked) return Events{};
  add(AgentParked{input.agent, input.id, mask(input.note).text});
  return take();
}

Decision AgentDeciding::operator()(const AgentResumes& input) {
  if (auto stop = before_holder(input.id, input.agent)) return *stop;
  if (!state_.parked) return Events{};
  add(AgentResumed{input.agent, input.id});
  return take();
}

Decision AgentDeciding::operator()(const AgentDisappears& input) {
  if (state_.owner != Owner::agent || state_.agent != input.agent) return Events{};
  add(AgentLost{input.agent, text("agent_lost", {{"name", state_.agent_name}})});
  return take();
}

void AgentDeciding::tell_citizen(std::string words) {
  add(SystemNoticed{{}, {}, std::move(words), release_.number});
}

}  // namespace svar::engine
