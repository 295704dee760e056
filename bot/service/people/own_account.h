// What everybody does with the account of their own: password, second factor, the link of an
// invitation.
//
// Threads: one, the executor's. A `done` runs exactly once, unless this object ends first, and may
// run inside the call.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/service/people/audit_trail.h"
#include "bot/service/people/password_hasher.h"
#include "bot/service/people/people.h"
#include "bot/service/people/people_fault.h"

namespace svar::service {

class OwnAccount {
 public:
  // Everything referred to must outlive this object.
  OwnAccount(People& people, PasswordHasher& hasher, AuditTrail& audit, const Clock& clock);
  ~OwnAccount();
  OwnAccount(const OwnAccount&) = delete;

  // Whose account and from which browser.
  struct Self {
    AgentId name;
    SessionKey session;
  };

  // The other sessions end.
  void change_password(const Self& self, std::string password, const std::string& next,
                       PeopleDone done);

  // The secret is told this once. It is in force when a code made from it was confirmed, by the
  // same browser within ten minutes; until then another call replaces it. The password is asked for
  // unless the account can do nothing else than enrol.
  struct Enrolment {
    std::string key;      // base32
    std::string address;  // otpauth://…
  };
  void begin_enrolment(const Self& self, std::string password, PeopleGives<Enrolment> done);
  // Gives the recovery codes, once. The other sessions end.
  using RecoveryCodes = std::vector<std::string>;
  void confirm_enrolment(const Self& self, const std::string& code,
                         PeopleGives<RecoveryCodes> done);
  void remove_second_factor(const Self& self, std::string password, PeopleDone done);
  // The old ones are void.
  void renew_recovery_codes(const Self& self, std::string password,
                            PeopleGives<RecoveryCodes> done);

  // Whose link this is; nothing when it was used, has expired or never was.
  const Account* invitee(const std::string& token) const;
  // The link is void afterwards.
  void accept_invitation(const std::string& token, const std::string& password,
                         PeopleGives<AgentId> done);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace svar::service
