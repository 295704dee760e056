#include "bot/service/people/people_fault.h"

namespace svar::service {

std::string_view code(PeopleFault fault) {
  switch (fault) {
    case PeopleFault::unknown:
      return "not_found";
    case PeopleFault::not_allowed:
      return "not_allowed";
    case PeopleFault::bad_name:
      return "bad_name";
    case PeopleFault::name_taken:
      return "name_taken";
    case PeopleFault::bad_rights:
      return "bad_rights";
    case PeopleFault::yourself:
      return "yourself";
    case PeopleFault::last_administrator:
      return "last_administrator";
    case PeopleFault::wrong_password:
      return "wrong_password";
    case PeopleFault::wrong_code:
      return "wrong_code";
    case PeopleFault::not_enrolling:
      return "not_enrolling";
    case PeopleFault::not_enrolled:
      return "not_enrolled";
    case PeopleFault::required:
      return "required";
    case PeopleFault::link_expired:
      return "link_expired";
    case PeopleFault::password_too_short:
      return "password_too_short";
    case PeopleFault::password_too_long:
      return "password_too_long";
    case PeopleFault::password_holds_name:
      return "password_holds_name";
    case PeopleFault::password_common:
      return "password_common";
    case PeopleFault::throttled:
      return "throttled";
    case PeopleFault::overloaded:
      return "overloaded";
    case PeopleFault::unavailable:
      return "unavailable";
  }
  return "unavailable";
}

PeopleFault as_people_fault(PasswordFault fault) {
  switch (fault) {
    case PasswordFault::too_short:
      return PeopleFault::password_too_short;
    case PasswordFault::too_long:
      return PeopleFault::password_too_long;
    case PasswordFault::holds_name:
      return PeopleFault::password_holds_name;
    case PasswordFault::common:
      return PeopleFault::password_common;
  }
  return PeopleFault::password_common;
}

}  // namespace svar::service
