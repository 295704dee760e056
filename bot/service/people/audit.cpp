#include "bot/service/people/audit.h"

#include <array>

namespace svar::service {
namespace {

struct Named {
  AuditKind kind;
  std::string_view code;
};
constexpr std::array kNames = {
    Named{AuditKind::signed_in, "signed_in"},
    Named{AuditKind::sign_in_failed, "sign_in_failed"},
    Named{AuditKind::conversation_opened, "conversation_opened"},
    Named{AuditKind::invited, "invited"},
    Named{AuditKind::invitation_accepted, "invitation_accepted"},
    Named{AuditKind::rights_changed, "rights_changed"},
    Named{AuditKind::disabled, "disabled"},
    Named{AuditKind::enabled, "enabled"},
    Named{AuditKind::removed, "removed"},
    Named{AuditKind::password_changed, "password_changed"},
    Named{AuditKind::password_reset, "password_reset"},
    Named{AuditKind::second_factor_enrolled, "second_factor_enrolled"},
    Named{AuditKind::second_factor_removed, "second_factor_removed"},
    Named{AuditKind::recovery_codes_made, "recovery_codes_made"},
    Named{AuditKind::recovery_code_used, "recovery_code_used"},
    Named{AuditKind::session_ended, "session_ended"},
    Named{AuditKind::sent_again, "sent_again"},
};

}  // namespace

std::string_view code(AuditKind kind) {
  for (const Named& named : kNames) {
    if (named.kind == kind) return named.code;
  }
  return "";
}

std::optional<AuditKind> audit_kind_from_code(std::string_view code) {
  for (const Named& named : kNames) {
    if (named.code == code) return named.kind;
  }
  return std::nullopt;
}

AuditScope scope_of(const Rights& rights) {
  AuditScope scope;
  for (const Right& right : rights.all()) {
    if (right.municipality) {
      scope.municipalities.insert(*right.municipality);
    } else if (right.role != Role::system_administrator) {
      scope.everybody = true;
    }
  }
  return scope;
}

}  // namespace svar::service
