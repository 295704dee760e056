// Administration over HTTP: the people of the administrator's municipalities, and the audit log.
// What belongs to others does not exist here.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/people/administration.h"
#include "bot/service/turn/conversations.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class PeopleEndpoints {
 public:
  PeopleEndpoints(Gate& gate, service::Administration& administration, service::AuditTrail& audit,
                  service::Conversations::ReleaseSource release)
      : gate_(gate), administration_(administration), audit_(audit), release_(std::move(release)) {}

  void mount(net::Router& router);

 private:
  using OnPerson = std::function<void(const Call&, const AgentId&)>;
  // By an administrator, about somebody who exists for it.
  Gate::OnCall about_person(OnPerson then);
  void list(const Call& call);
  void invite(const Call& call);
  void set_rights(const Call& call, const AgentId& name);
  void sessions(const Call& call, const AgentId& name);
  void audit(const Call& call);
  // Answers with the account as it is now.
  service::PeopleDone give_person(const Call& call, const AgentId& name);
  service::PeopleGives<service::InvitationMade> give_link(const Call& call, const AgentId& name);

  Gate& gate_;
  service::Administration& administration_;
  service::AuditTrail& audit_;
  service::Conversations::ReleaseSource release_;
};

}  // namespace svar::desk
