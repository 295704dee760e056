// Why something about an account was not done. An ordinary answer, with a code for the caller.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>

#include "bot/service/people/password_rules.h"

namespace svar::service {

enum class PeopleFault {
  unknown,             // there is no such account, session or municipality for the actor
  not_allowed,         // the actor may know it and not do this
  bad_name,            // is no log-in name, or the person's name is empty or too long
  name_taken,          // tells no more than that
  bad_rights,          // is no list of rights, or none
  yourself,            // one can't take away one's own way in
  last_administrator,  // somebody must be able to administer
  wrong_password,
  wrong_code,
  not_enrolling,  // nothing was begun, or too long ago
  not_enrolled,
  required,  // an administrator needs the second factor
  link_expired,
  password_too_short,
  password_too_long,
  password_holds_name,
  password_common,
  throttled,
  overloaded,
  unavailable,  // the store failed: nothing is known about what was stored
};
std::string_view code(PeopleFault fault);
PeopleFault as_people_fault(PasswordFault fault);

struct PeopleRefusal {
  PeopleFault fault = PeopleFault::unavailable;
  std::chrono::milliseconds retry_after{0};
};

// Nothing: done, and durable.
using PeopleDone = std::function<void(std::optional<PeopleRefusal>)>;
template <class Value>
using PeopleGives = std::function<void(std::variant<Value, PeopleRefusal>)>;

}  // namespace svar::service
