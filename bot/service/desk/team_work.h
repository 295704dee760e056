// What agents do together: who takes how much, transfers, colleagues, notes, parking and closing.
// Checks what the log can't know (rights, presence, capacity) and leaves the rest to the decision.
//
// Threads: one, the executor's. A `done` runs exactly once and may run inside the call.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/service/desk/capacity.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/presence.h"

namespace svar::service {

// Whether the two serve the same municipality, so that each may know of the other.
bool shares_municipality(const Account& one, const Account& other);

class TeamWork {
 public:
  // Everything referred to must outlive this object.
  struct Setup {
    DeskView& view;
    Presence& presence;
    Presence::AccountSource accounts;
    Conversations::ReleaseSource release;
    Capacity capacity = {};
  };
  explicit TeamWork(Setup setup);
  TeamWork(const TeamWork&) = delete;

  using Taken = std::function<void(std::variant<Card, Refused>)>;
  using Done = std::function<void(SubmitOutcome)>;

  // Refused with at_capacity when it is more than this agent serves at once. Whoever has nothing
  // may take anything, and danger is never refused.
  void take(const Account& agent, ConversationId conversation, Taken done);
  // The first in the queue's order that this agent may take; unknown when there is none, and
  // at_capacity when the first does not fit: nobody is overtaken, but those of a municipality of
  // which the agent has as many as it allows are left to others.
  void take_next(const Account& agent, Taken done);

  // Whether take() would not be refused with at_capacity or for an offer to somebody else.
  bool has_room(const AgentId& agent, const Card& card) const;
  int load(const AgentId& agent) const;  // what the agent has at once, in weights

  void note(const Account& agent, ConversationId conversation, ClientId id, std::string text,
            Done done);

  struct Transfer {
    TransferKind kind = TransferKind::warm;
    AgentId to;        // or …
    std::string unit;  // … this; one of the two
    std::string note;
  };
  // absent: that agent is not at the desk or must not see it, or there is no such unit.
  void offer_transfer(const Account& agent, ConversationId conversation, ClientId id,
                      Transfer transfer, Done done);
  void decline_transfer(const Account& agent, ConversationId conversation, ClientId id, Done done);

  void invite(const Account& agent, ConversationId conversation, ClientId id,
              const AgentId& colleague, std::string note, Done done);
  // Leaves the conversation that this agent was invited to.
  void leave(const Account& agent, ConversationId conversation, ClientId id, Done done);

  void park(const Account& agent, ConversationId conversation, ClientId id, std::string note,
            Done done);
  void resume(const Account& agent, ConversationId conversation, ClientId id, Done done);
  void close(const Account& agent, ConversationId conversation, ClientId id,
             std::optional<CloseOutcome> outcome, std::optional<ArticleId> topic, Done done);

  struct Colleague {
    AgentId name;
    std::string display_name;
    Availability availability = Availability::offline;
    int load = 0;
    int capacity = 0;
  };
  // Who is at the desk and serves a municipality that this agent serves; the agent too.
  std::vector<Colleague> colleagues(const Account& agent) const;
  // Where this conversation can be passed on to; nothing when the agent doesn't see it.
  std::vector<kb::Unit> units(const Account& agent, ConversationId conversation) const;

 private:
  bool fits(const AgentId& agent, const Card& card) const;
  bool has_room_in(const AgentId& agent, const Card& card) const;
  MunicipalityId desk_of(const Card& card) const;
  std::map<AgentId, int> loads() const;
  const Account* present_colleague(const AgentId& name, const Card& card) const;

  Setup setup_;
  // Weights on their way into the log.
  std::map<std::pair<AgentId, MunicipalityId>, int> taking_;
  std::shared_ptr<TeamWork*> self_;  // completions that come after the end find it empty
};

}  // namespace svar::service
