// A name and a password, and for some a code, become a session, or a refusal that tells nothing
// about whether the name exists.
//
// Threads: one, the executor's. Callbacks run on it, never inside the call.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "bot/service/people/audit_trail.h"
#include "bot/service/people/password_hasher.h"
#include "bot/service/people/people.h"
#include "bot/service/people/sign_in_throttle.h"
#include "bot/service/turn/executor.h"

namespace svar::service {

struct Credentials {
  std::string name;
  std::string password;
  std::string code;    // of the second factor, or a recovery code; empty when none was asked for
  std::string device;  // as in Session
};
struct SignedIn {
  AgentId agent;
  std::string token;  // for the browser's cookie; a new one at every log-in
};
struct WrongLogin {};
// The password is right; the code of the second factor is still wanted.
struct CodeWanted {};
struct WrongCode {};
struct Throttled {
  std::chrono::milliseconds retry_after;
};
// Too many log-ins wait, or the store failed. Says nothing about the password.
struct SignInUnavailable {
  std::chrono::milliseconds retry_after;
};
using SignInOutcome =
    std::variant<SignedIn, WrongLogin, CodeWanted, WrongCode, Throttled, SignInUnavailable>;

class SignIn {
 public:
  struct Limits {
    SignInThrottle::Limits by_account_and_address;          // five a minute, then a growing delay
    SignInThrottle::Limits by_address{.attempts_max = 60};  // one address trying many names
    // Codes, by account alone: whoever tries them has the password, from however many addresses.
    SignInThrottle::Limits by_code{.attempts_max = 10};
  };

  // Everything referred to must outlive this object.
  SignIn(People& people, PasswordHasher& hasher, AuditTrail& audit, Executor& executor,
         const Clock& clock, Limits limits);
  SignIn(People& people, PasswordHasher& hasher, AuditTrail& audit, Executor& executor,
         const Clock& clock);
  ~SignIn();
  SignIn(const SignIn&) = delete;

  // `address` is the sender's, as far as it can be trusted. `done` runs exactly once, unless this
  // object ends first, after the outcome stands in the audit log.
  void attempt(Credentials credentials, std::string_view address,
               std::function<void(SignInOutcome)> done);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace svar::service
