// What somebody may do, and for which municipalities. Plain values; pure.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "bot/domain/ids.h"

namespace svar::service {

// The spelling of code() is on the desk's wire and in the store: never change one.
enum class Role {
  agent,                 // sees and answers the conversations of a municipality
  editor,                // writes its knowledge; everywhere: the common text as well
  administrator,         // invites and disables its people and reads its audit log
  system_administrator,  // the same for everybody; always everywhere, sees no conversation by it
};
std::string_view code(Role role);  // "agent", "editor", "admin", "system"
std::optional<Role> role_from_code(std::string_view code);

// One role for one municipality, or everywhere.
struct Right {
  Role role = Role::agent;
  std::optional<MunicipalityId> municipality;  // nothing: everywhere
  auto operator<=>(const Right&) const = default;
};

using Municipalities = std::set<MunicipalityId>;

class Rights {
 public:
  Rights() = default;
  Rights(std::initializer_list<Right> rights) : all_(rights) {}
  bool operator==(const Rights&) const = default;

  void add(Right right) { all_.insert(std::move(right)); }
  void remove(const Right& right) { all_.erase(right); }
  const std::set<Right>& all() const { return all_; }
  bool empty() const { return all_.empty(); }

  bool has(Role role) const;         // somewhere
  bool everywhere(Role role) const;  // for every municipality, also those to come
  bool holds(Role role, const MunicipalityId& municipality) const;
  Municipalities municipalities(Role role) const;  // those named; empty also when everywhere

  // Both administrator roles reach beyond their own work: they need a second factor.
  bool needs_second_factor() const {
    return has(Role::administrator) || has(Role::system_administrator);
  }

 private:
  std::set<Right> all_;
};

// "agent:osteroy,editor:*"; the empty text for none.
std::string text_of(const Rights& rights);
std::string text_of(const Right& right);
// Nothing when a part is no right, or makes somebody system administrator of one municipality.
std::optional<Rights> rights_from_text(std::string_view text);

// ---- Who may do what to whom

// Whether everything about this municipality's people is the actor's to decide.
bool administers(const Rights& actor, const MunicipalityId& municipality);
// Whether the actor may give or take this right.
bool may_grant(const Rights& actor, const Right& right);
// Whether the account exists for the actor: it has a right where the actor administers.
bool may_know(const Rights& actor, const Rights& subject);
// Whether the actor may disable it, reset its password and end its sessions: it has no right that
// the actor could not give.
bool may_manage(const Rights& actor, const Rights& subject);
// The rights that the actor is shown: those it could give, and those of somebody who works for all
// (system administrators are nobody's but their own).
Rights shown_to(const Rights& actor, const Rights& subject);

}  // namespace svar::service
