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

struct FirstLogins {
  FirstLogin agent;          // of every municipality: may try the desk at once
  FirstLogin administrator;  // of the system: sets up two-step sign-in before anything else
};

// Makes the accounts «agent» and «administrator» with generated passwords when there is no account
// at all. `done` runs once on the executor, after both are durable: nothing when accounts exist
// already (then inside this call). Both arguments must live until then.
void create_first_accounts(
    People& people, PasswordHasher& hasher,
    std::function<void(Result<std::optional<FirstLogins>, PeopleError>)> done);

}  // namespace svar::service
