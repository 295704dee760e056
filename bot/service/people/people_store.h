// Where accounts and sessions are kept: ordinary rows, not part of any conversation's log.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/service/people/account.h"

namespace svar::service {

// The store could not be read or written. `what` is for the operator's log and holds no name and no
// secret.
struct PeopleError {
  std::string what;
};

// Nothing: it is durable. Otherwise nothing is known about whether it was stored.
using Stored = std::function<void(std::optional<PeopleError>)>;

// Threads: load blocks and is called once, at start. The others return at once; each completion
// runs exactly once, never inside the call, on the executor given to the store, in the order of the
// calls. Durability: when a completion reports no error, the change survives a crash of the process
// and of the machine.
class PeopleStore {
 public:
  virtual ~PeopleStore() = default;

  struct Everything {
    std::vector<Account> accounts;
    std::vector<Session> sessions;
  };
  virtual Result<Everything, PeopleError> load() = 0;

  // Replaces the account of that name, or adds it.
  virtual void save_account(Account account, Stored done) = 0;
  // Removes the account and all its sessions.
  virtual void remove_account(AgentId name, Stored done) = 0;
  // Replaces the session of that key, or adds it.
  virtual void save_session(Session session, Stored done) = 0;
  virtual void remove_session(SessionKey key, Stored done) = 0;
};

}  // namespace svar::service
