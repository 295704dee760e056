#include "bot/store/search/transcript_facts.h"

#include <algorithm>

namespace svar::store {
namespace {

struct Folding {
  TranscriptFacts& facts;
  Seq seq;

  void say(const std::string& text) const {
    if (!text.empty()) facts.said.push_back({seq, text});
  }
  void operator()(const CitizenSpoke& spoke) const { say(spoke.text); }
  void operator()(const AgentSpoke& spoke) const { say(spoke.text); }
  void operator()(const AnsweredElsewhere& answered) const { say(answered.text); }
  void operator()(const AgentNoted& noted) const { say(noted.text); }
  void operator()(const BotReplied& replied) const {
    if (replied.outcome != Outcome::answer || replied.topics.empty()) return;
    facts.topics.insert(replied.topics.front());
    facts.found.topic = replied.topics.front();
  }
  void operator()(const HandoffRequested&) const { facts.at_desk = true; }
  void operator()(const AgentJoined& joined) const {
    facts.at_desk = true;
    auto& agents = facts.found.agents;
    const bool known = std::any_of(agents.begin(), agents.end(),
                                   [&](const auto& one) { return one.name == joined.agent; });
    if (!known) agents.push_back({joined.agent, joined.name});
  }
  void operator()(const ConversationClosed& closed) const {
    facts.found.outcome = closed.outcome;
    if (!closed.topic) return;
    facts.topics.insert(*closed.topic);
    facts.found.topic = closed.topic;
  }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

TranscriptFacts facts_of(ConversationId conversation, const std::vector<Recorded>& events) {
  TranscriptFacts facts;
  facts.found.id = conversation;
  Conversation state;
  for (const Recorded& recorded : events) {
    evolve(state, recorded);
    std::visit(Folding{facts, recorded.seq}, recorded.event);
  }
  facts.erased = events.empty() || state.lifecycle == Lifecycle::erased || !state.controller;
  if (facts.erased) return facts;
  facts.seq = state.last_seq;
  facts.found.controller = *state.controller;
  facts.found.channel = state.channel;
  facts.found.language = state.language;
  facts.found.opened_at = events.front().at;
  facts.found.last_at = state.last_at;
  facts.found.closed = state.lifecycle == Lifecycle::closed;
  return facts;
}

}  // namespace svar::store
