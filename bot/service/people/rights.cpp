#include "bot/service/people/rights.h"

#include <algorithm>

namespace svar::service {
namespace {

constexpr std::string_view kEverywhere = "*";

std::optional<Right> right_from_text(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto role = role_from_code(text.substr(0, colon));
  const std::string_view place = text.substr(colon + 1);
  if (!role || place.empty() || place.size() > 64) return std::nullopt;
  if (place == kEverywhere) return Right{*role, std::nullopt};
  const bool is_id = std::all_of(place.begin(), place.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!is_id || *role == Role::system_administrator) return std::nullopt;
  return Right{*role, MunicipalityId{std::string(place)}};
}

}  // namespace

std::string_view code(Role role) {
  switch (role) {
    case Role::agent:
      return "agent";
    case Role::editor:
      return "editor";
    case Role::administrator:
      return "admin";
    case Role::system_administrator:
      return "system";
  }
  return "";
}

std::optional<Role> role_from_code(std::string_view text) {
  for (Role role : {Role::agent, Role::editor, Role::administrator, Role::system_administrator}) {
    if (code(role) == text) return role;
  }
  return std::nullopt;
}

bool Rights::has(Role role) const {
  return std::any_of(all_.begin(), all_.end(), [&](const Right& r) { return r.role == role; });
}

bool Rights::everywhere(Role role) const {
  return all_.count(Right{role, std::nullopt}) != 0;
}

bool Rights::holds(Role role, const MunicipalityId& municipality) const {
  return everywhere(role) || all_.count(Right{role, municipality}) != 0;
}

Municipalities Rights::municipalities(Role role) const {
  Municipalities found;
  if (everywhere(role)) return found;
  for (const Right& right : all_) {
    if (right.role == role) found.insert(*right.municipality);
  }
  return found;
}

std::string text_of(const Right& right) {
  return std::string(code(right.role)) + ':' +
         (right.municipality ? right.municipality->value : std::string(kEverywhere));
}

std::string text_of(const Rights& rights) {
  std::string text;
  for (const Right& right : rights.all()) text += (text.empty() ? "" : ",") + text_of(right);
  return text;
}

std::optional<Rights> rights_from_text(std::string_view text) {
  Rights rights;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto right = right_from_text(text.substr(0, comma));
    if (!right) return std::nullopt;
    rights.add(*right);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return std::nullopt;  // ends with a comma
  }
  return rights;
}

bool administers(const Rights& actor, const MunicipalityId& municipality) {
  return actor.has(Role::system_administrator) || actor.holds(Role::administrator, municipality);
}

bool may_grant(const Rights& actor, const Right& right) {
  if (actor.has(Role::system_administrator)) return true;
  if (right.role == Role::system_administrator) return false;
  return right.municipality ? administers(actor, *right.municipality)
                            : actor.everywhere(Role::administrator);
}

bool may_know(const Rights& actor, const Rights& subject) {
  return actor.has(Role::system_administrator) ||
         (actor.has(Role::administrator) && !shown_to(actor, subject).empty());
}

bool may_manage(const Rights& actor, const Rights& subject) {
  if (actor.has(Role::system_administrator)) return true;
  return !subject.empty() &&
         std::all_of(subject.all().begin(), subject.all().end(),
                     [&](const Right& right) { return may_grant(actor, right); });
}

Rights shown_to(const Rights& actor, const Rights& subject) {
  Rights shown;
  for (const Right& right : subject.all()) {
    const bool works_for_all = !right.municipality && right.role != Role::system_administrator;
    if (may_grant(actor, right) || works_for_all) shown.add(right);
  }
  return shown;
}

}  // namespace svar::service
