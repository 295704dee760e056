#include "bot/service/people/first_accounts.h"

#include <utility>

#include "bot/service/people/secrets.h"

namespace svar::service {

namespace {

using Made = std::function<void(std::optional<PeopleError>)>;

void create(People& people, PasswordHasher& hasher, const FirstLogin& login,
            const std::string& display_name, const Rights& rights, const Made& made) {
  hasher.hash(login.password, [&people, login, display_name, rights,
                               made](const std::optional<std::string>& hash) {
    if (!hash) return made(PeopleError{"a first password could not be hashed: too little memory"});
    people.save({login.name, display_name, *hash, rights}, made);
  });
}

}  // namespace

void create_first_accounts(
    People& people, PasswordHasher& hasher,
    std::function<void(Result<std::optional<FirstLogins>, PeopleError>)> done) {
  if (!people.empty()) return done(std::optional<FirstLogins>{});
  const FirstLogins logins{{AgentId{"agent"}, new_readable_password()},
                           {AgentId{"administrator"}, new_readable_password()}};
  const auto administrator_made = [logins, done](std::optional<PeopleError> error) {
    if (error) return done(Failure{std::move(*error)});
    done(std::optional<FirstLogins>{logins});
  };
  const auto agent_made = [&people, &hasher, logins, done,
                           administrator_made](std::optional<PeopleError> error) {
    if (error) return done(Failure{std::move(*error)});
    create(people, hasher, logins.administrator, "Administrator",
           {{Role::agent, std::nullopt}, {Role::system_administrator, std::nullopt}},
           administrator_made);
  };
  create(people, hasher, logins.agent, "Agent", {{Role::agent, std::nullopt}}, agent_made);
}

}  // namespace svar::service
