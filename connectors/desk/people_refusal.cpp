#include "connectors/desk/people_refusal.h"

namespace svar::desk {
namespace {

using service::PeopleFault;

int status_of(PeopleFault fault) {
  switch (fault) {
    case PeopleFault::unknown:
    case PeopleFault::link_expired:
      return 404;
    case PeopleFault::not_allowed:
    case PeopleFault::wrong_password:
    case PeopleFault::wrong_code:
      return 403;
    case PeopleFault::name_taken:
    case PeopleFault::yourself:
    case PeopleFault::last_administrator:
    case PeopleFault::not_enrolling:
    case PeopleFault::not_enrolled:
    case PeopleFault::required:
      return 409;
    case PeopleFault::bad_name:
    case PeopleFault::bad_rights:
    case PeopleFault::password_too_short:
    case PeopleFault::password_too_long:
    case PeopleFault::password_holds_name:
    case PeopleFault::password_common:
      return 422;
    case PeopleFault::throttled:
      return 429;
    case PeopleFault::overloaded:
    case PeopleFault::unavailable:
      return 503;
  }
  return 503;
}

}  // namespace

Refusal refusal_of(const service::PeopleRefusal& refusal) {
  const int status = status_of(refusal.fault);
  int wait_ms = static_cast<int>(refusal.retry_after.count());
  if (status == 503 && wait_ms == 0) wait_ms = 1'000;
  return {status, service::code(refusal.fault), wait_ms, "", ""};
}

}  // namespace svar::desk
