// A person who works at the desk, in the studio or with the administration; and a browser that
// person is signed in from. Plain values: they live in memory in People and durably behind
// PeopleStore.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "bot/domain/ids.h"
#include "bot/domain/time.h"
#include "bot/service/people/rights.h"

namespace svar::service {

// A link by which somebody chooses a password, once. Only its digest is kept.
struct Invitation {
  std::string digest;
  Time expires;
  bool operator==(const Invitation&) const = default;
};

// The second factor, once it is enrolled.
struct Totp {
  std::string secret;              // raw bytes; the store keeps them encrypted
  std::int64_t last_step = 0;      // of the last code that was accepted: none is accepted twice
  std::set<std::string> recovery;  // digests of the codes that are left
  bool operator==(const Totp&) const = default;
};

struct Account {
  AgentId name;               // log-in name: 1–64 of a–z, 0–9, «.», «-», «_»
  std::string display_name;   // as the citizen sees it
  std::string password_hash;  // as PasswordHasher made it, salt and cost inside; never leaves the
                              // process; empty until the person has chosen one
  Rights rights;
  bool disabled = false;
  std::optional<Invitation> invitation = {};
  std::optional<Totp> totp = {};
  bool operator==(const Account&) const = default;

  bool has(Role role) const { return rights.has(role); }
  // As an agent.
  bool may_see(const MunicipalityId& controller) const {
    return rights.holds(Role::agent, controller);
  }
  // Nothing but enrolling works until the second factor is there.
  bool must_enrol() const { return rights.needs_second_factor() && !totp; }
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
  Time last_used;      // a request, or an open desk socket
  std::string device;  // in words: "Firefox, Windows"; no address is kept
  bool operator==(const Session&) const = default;
};

}  // namespace svar::service
