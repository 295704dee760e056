// A person who works at the desk, in the studio or with the administration; and a browser that
// person is signed in from. Plain values: they live in memory in People and durably behind
// PeopleStore.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "bot/domain/ids.h"
#include "bot/domain/time.h"

namespace svar::service {

// What an account may do. The spelling of code() is on the desk's wire and in the store: never
// change one.
enum class Role { agent, editor, administrator };
std::string_view code(Role role);  // "agent", "editor", "admin"
std::optional<Role> role_from_code(std::string_view code);

struct Account {
  AgentId name;              // log-in name: 1–64 of a–z, 0–9, «.», «-», «_»
  std::string display_name;  // as the citizen sees it
  std::string
      password_hash;  // as PasswordHasher made it, salt and cost inside; never leaves the process
  std::set<Role> roles;
  std::set<MunicipalityId> municipalities;  // whose conversations may be seen; empty = all
  bool operator==(const Account&) const = default;

  bool has(Role role) const { return roles.count(role) != 0; }
  bool may_see(const MunicipalityId& controller) const {
    return municipalities.empty() || municipalities.count(controller) != 0;
  }
};

// Whether this can be a log-in name.
bool is_account_name(std::string_view name);

// Every password has at least so many code points, and at most so many bytes.
inline constexpr std::size_t kPasswordCodePointsMin = 12;
inline constexpr std::size_t kPasswordBytesMax = 1'024;
bool is_acceptable_password(std::string_view password);

// What a session is found by: a digest of the secret token in the browser's cookie. Who reads the
// store, or a copy of it, can't sign in with it.
using SessionKey = TextId<struct SessionKeyTag>;

struct Session {
  SessionKey key;
  AgentId agent;
  Time created;
  Time last_used;  // a request, or an open desk socket
  bool operator==(const Session&) const = default;
};

}  // namespace svar::service
