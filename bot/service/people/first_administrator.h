// The first start of an empty installation: somebody must be able to sign in.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "bot/service/people/password_hasher.h"
#include "bot/service/people/people.h"

namespace svar::service {

// To be printed once; afterwards only its hash exists.
struct FirstLogin {
  AgentId name;
  std::string password;
};

// Makes the account «administrator» (agent everywhere, system administrator) with a generated
// password when there is no account at all. `done` runs once on the executor, after the account is
// durable: nothing when accounts exist already (then inside this call). Both arguments must live
// until then.
void create_first_administrator(
    People& people, PasswordHasher& hasher,
    std::function<void(Result<std::optional<FirstLogin>, PeopleError>)> done);

}  // namespace svar::service
