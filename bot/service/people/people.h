// Everybody who may sign in and every browser that is signed in, in memory; each change is durable
// before it is reported. Sessions survive a restart.
//
// Threads: one, the executor's. Callbacks run on it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "bot/service/people/account.h"
#include "bot/service/people/people_store.h"
#include "bot/service/turn/clock.h"

namespace svar::service {

class People {
 public:
  struct Limits {
    std::chrono::milliseconds idle_max = std::chrono::minutes{30};
    std::chrono::milliseconds session_max = std::chrono::hours{12};
    // last_used is written so seldom: a crash makes a session look idle for that much longer, not
    // more.
    std::chrono::milliseconds save_last_used_after = std::chrono::minutes{1};
    std::size_t sessions_per_account_max = 20;  // the longest unused ends when another begins
  };

  // Reads the store; blocks. Both must outlive the object.
  static Result<std::unique_ptr<People>, PeopleError> load(PeopleStore& store, const Clock& clock,
                                                           Limits limits);
  static Result<std::unique_ptr<People>, PeopleError> load(PeopleStore& store, const Clock& clock) {
    return load(store, clock, Limits{});
  }

  bool empty() const { return accounts_.empty(); }

  // Nothing when there is no such account. The pointer holds until the next call that isn't const.
  const Account* account(const AgentId& name) const;

  // By name. The pointers hold as account()'s.
  std::vector<const Account*> accounts() const;

  // The account as it will be when everything that is being stored is stored: what a change begins
  // with, so that of two changes at a time none is lost and no code counts twice.
  const Account* latest(const AgentId& name) const;

  // Edits the latest account, or a new one of that name, and saves it.
  void change(const AgentId& name, const std::function<void(Account&)>& edit, Stored done);

  // Adds or replaces. In force when `done` reports no error; roles and municipalities then hold for
  // running sessions.
  void save(Account account, Stored done);

  // In force at once: the account's sessions end.
  void remove(const AgentId& name, Stored done);

  // A new session of an existing account, from that device (Session). `done` gets the secret token
  // for the browser, which is kept nowhere here.
  void start_session(const AgentId& agent, std::string device,
                     std::function<void(Result<std::string, PeopleError>)> done);

  // Whose session this is; nothing when it is unknown, has been unused for too long, is too old, or
  // its account is gone. Doesn't count as use. The pointer holds until the next call that isn't
  // const.
  const Account* signed_in(const SessionKey& key) const;

  // Counts as use. Nothing happens to a session that has ended.
  void touch(const SessionKey& key);

  // In force at once. When there is no such session, `done` runs inside the call.
  void end_session(const SessionKey& key, Stored done);

  // The account's running sessions, the last used first.
  std::vector<Session> sessions_of(const AgentId& agent) const;
  // What a session is called where it is listed: a part of its key, of no use to sign in with.
  static std::string handle_of(const SessionKey& key) { return key.value.substr(0, 16); }
  // The account's session of that handle.
  std::optional<SessionKey> session_of(const AgentId& agent, const std::string& handle) const;
  // Ends the account's sessions but one (none is spared when `spared` is empty); in force at once.
  void end_sessions_of(const AgentId& agent, const SessionKey& spared, Stored done);

  // Forgets what has expired, durably. Called once in a while (a minute is fine): for tidiness, not
  // for safety.
  void sweep();

 private:
  // The stored times are of the wall clock, which may jump; within this process a session ages by
  // the steady one.
  struct Held {
    Session session;
    SteadyTime created;
    SteadyTime last_used;
    SteadyTime saved;  // when last_used was last written
  };
  Held held_since_before(Session session) const;
  People(PeopleStore& store, const Clock& clock, Limits limits, PeopleStore::Everything everything);
  bool has_ended(const Held& held) const;
  void make_room_for_session(const AgentId& agent);

  PeopleStore& store_;
  const Clock& clock_;
  Limits limits_;
  // An account that is being stored, and how many writes of it are under way.
  struct Saving {
    Account account;
    int writes = 0;
  };
  void saved(const Account& account, bool stored);

  std::unordered_map<AgentId, Account> accounts_;
  std::unordered_map<AgentId, Saving> saving_;
  std::unordered_map<SessionKey, Held> sessions_;
  std::shared_ptr<People*> self_;  // completions that come after the end find it empty
};

}  // namespace svar::service
