// The account of one's own over HTTP: password, second factor, sessions, and the link of an
// invitation.
//
// Threads: one, the I/O thread.
#pragma once

#include "bot/service/people/own_account.h"
#include "connectors/desk/gate.h"

namespace svar::desk {

// Everything referred to must outlive the router's last request.
class AccountEndpoints {
 public:
  AccountEndpoints(Gate& gate, service::People& people, service::OwnAccount& own,
                   service::AuditTrail& audit)
      : gate_(gate), people_(people), own_(own), audit_(audit) {}

  void mount(net::Router& router);

 private:
  void change_password(const Call& call);
  void begin_enrolment(const Call& call);
  void confirm_enrolment(const Call& call);
  void remove_second_factor(const Call& call);
  void renew_recovery_codes(const Call& call);
  void sessions(const Call& call);
  void end_session(const Call& call);
  void show_invitation(const net::Request& request, const net::Respond& respond);
  void accept_invitation(const net::Request& request, const net::Respond& respond);
  // Answers with the codes, which are shown this once.
  service::PeopleGives<service::OwnAccount::RecoveryCodes> give_codes(const Call& call);

  Gate& gate_;
  service::People& people_;
  service::OwnAccount& own_;
  service::AuditTrail& audit_;
};

// {"id","device","created","last_used","this"} of each.
Json encode(const std::vector<service::Session>& sessions, const service::SessionKey& here);

}  // namespace svar::desk
