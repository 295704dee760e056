// Push: who waits in a municipality that wants it so is offered to one agent at a time, without
// anybody asking. The first in the queue goes to whoever has room and has waited longest for
// something to do; who does not accept in time, or passes it on, comes last, and is not offered the
// same one again at once.
//
// An offer holds nothing: whoever takes first has the conversation, offered or not, so two agents
// never get the same. Offers are in memory alone; a restart makes them anew.
//
// Threads: one, the executor's.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "bot/service/desk/team_work.h"

namespace svar::service {

struct Assignment {
  ConversationId conversation;
  Time until{};  // then it is another's
  bool operator==(const Assignment&) const = default;
};

class AssignmentListener {
 public:
  virtual ~AssignmentListener() = default;
  // What this agent is offered is another one now, or nothing.
  virtual void assignment_changed(const AgentId& agent) = 0;
};

class Assignments {
 public:
  struct Options {
    std::set<MunicipalityId> in;  // responsible for what is offered
    std::chrono::seconds accept_max{20};
  };

  // Everything referred to must outlive this object.
  Assignments(DeskView& view, Presence& presence, TeamWork& team, const Clock& clock,
              Options options);
  Assignments(const Assignments&) = delete;

  // Called about once a second.
  void sweep();

  std::optional<Assignment> offered_to(const AgentId& agent) const;
  // False when it is not offered to this agent (any more).
  bool pass_on(const AgentId& agent, ConversationId conversation);

  // Lifetime: until remove.
  void add_listener(AssignmentListener& listener);
  void remove_listener(AssignmentListener& listener);

 private:
  struct Offer {
    Assignment assignment;
    SteadyTime ends;
  };
  struct Idle {
    SteadyTime since;
    int load = 0;
  };
  std::vector<Card> waiting() const;
  void note_idle();
  void end_offers(const std::vector<Card>& waiting);
  void offer(const Card& card);
  bool suits(const Account& agent, const Card& card) const;
  // Among those of whom `may_get` says so.
  const Account* longest_idle(const Card& card,
                              const std::function<bool(const AgentId&)>& may_get) const;
  void passed_over(const AgentId& agent, ConversationId conversation);
  void tell(const AgentId& agent);

  DeskView& view_;
  Presence& presence_;
  TeamWork& team_;
  const Clock& clock_;
  const Options options_;
  std::map<AgentId, Offer> offers_;
  std::map<AgentId, Idle> idle_;                                    // of those who are online
  std::map<ConversationId, std::map<AgentId, SteadyTime>> passed_;  // and when
  std::vector<AssignmentListener*> listeners_;
};

}  // namespace svar::service
