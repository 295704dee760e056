#include "bot/service/people/first_administrator.h"

#include <utility>

#include "bot/service/people/secrets.h"

namespace svar::service {

void create_first_administrator(
    People& people, PasswordHasher& hasher,
    std::function<void(Result<std::optional<FirstLogin>, PeopleError>)> done) {
  if (!people.empty()) {
    done(std::optional<FirstLogin>{});
    return;
  }
  const FirstLogin login{AgentId{"administrator"}, new_readable_password()};
  hasher.hash(login.password, [&people, login, done](std::optional<std::string> hash) {
    if (!hash) {
      done(Failure{PeopleError{"the first password could not be hashed: too little memory"}});
      return;
    }
    const Rights rights{{Role::agent, std::nullopt}, {Role::system_administrator, std::nullopt}};
    const Account account{login.name, "Administrator", *hash, rights};
    people.save(account, [login, done](std::optional<PeopleError> error) {
      if (error) {
        done(Failure{std::move(*error)});
      } else {
        done(std::optional<FirstLogin>{login});
      }
    });
  });
}

}  // namespace svar::service
