// What administrators do with other people's accounts, from the desk or from the command line. Each
// act is judged by the actor's rights, durable and in the audit log before it is reported.
//
// Threads: one, the executor's. A `done` runs exactly once and may run inside the call.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/service/people/audit_trail.h"
#include "bot/service/people/people.h"
#include "bot/service/people/people_fault.h"

namespace svar::service {

struct Actor {
  AgentId name;
  Rights rights;
};
// Whoever may run a command as the service's user may do everything.
Actor operator_actor();

// A link that was made: the token is shown once and kept nowhere.
struct InvitationMade {
  AgentId name;
  std::string token;
  Time expires;
};

class Administration {
 public:
  using IsMunicipality = std::function<bool(const MunicipalityId&)>;

  // Everything referred to must outlive this object.
  Administration(People& people, AuditTrail& audit, const Clock& clock,
                 IsMunicipality is_municipality, std::chrono::hours invitation_life);

  // By name; what exists for the actor.
  std::vector<const Account*> known_to(const Actor& actor) const;
  // Nothing when it doesn't exist for the actor.
  const Account* find(const Actor& actor, const AgentId& name) const;

  // A new account without a password.
  void invite(const Actor& actor, const AgentId& name, std::string display_name,
              const Rights& rights, PeopleGives<InvitationMade> done);
  // A new link for somebody who has lost the password or let the first link expire; the password so
  // far and the sessions end.
  void reset_password(const Actor& actor, const AgentId& name, PeopleGives<InvitationMade> done);
  // Replaces the rights that the actor is shown; the others stay.
  void set_rights(const Actor& actor, const AgentId& name, const Rights& rights, PeopleDone done);
  // A disabled account keeps its rights and its name in the log; its sessions end.
  void disable(const Actor& actor, const AgentId& name, PeopleDone done);
  void enable(const Actor& actor, const AgentId& name, PeopleDone done);
  void remove(const Actor& actor, const AgentId& name, PeopleDone done);
  void reset_second_factor(const Actor& actor, const AgentId& name, PeopleDone done);
  void end_session(const Actor& actor, const AgentId& name, const std::string& handle,
                   PeopleDone done);

  People& people() { return people_; }

 private:
  // The account when the actor may do this to it, or why not.
  std::variant<const Account*, PeopleRefusal> manageable(const Actor& actor,
                                                         const AgentId& name) const;
  std::optional<PeopleFault> fault_in(const Actor& actor, const Rights& wanted,
                                      const Rights& shown) const;
  bool is_last_administrator(const Account& account) const;
  struct Act {
    AuditKind kind;
    std::function<void(Account&)> edit;
    bool ends_sessions = false;
    bool may_lock_out = false;  // refused for oneself and for the last administrator
  };
  void act(const Actor& actor, const AgentId& name, Act act, PeopleDone done);
  void save(const Actor& actor, const AgentId& name, const Act& act, PeopleDone done);
  void give_link(const Actor& actor, Act act, const AgentId& name,
                 PeopleGives<InvitationMade> done);

  People& people_;
  AuditTrail& audit_;
  const Clock& clock_;
  IsMunicipality is_municipality_;
  std::chrono::hours invitation_life_;
};

}  // namespace svar::service
