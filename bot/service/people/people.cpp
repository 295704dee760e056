#include "bot/service/people/people.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "bot/service/people/secrets.h"

namespace svar::service {
namespace {

// For changes that are in force whether or not they reached the disk: expiry is judged again after
// a restart.
void ignore(std::optional<PeopleError>) {}

}  // namespace

Result<std::unique_ptr<People>, PeopleError> People::load(PeopleStore& store, const Clock& clock,
                                                          Limits limits) {
  auto everything = store.load();
  if (!everything) return Failure{everything.error()};
  return std::unique_ptr<People>(new People(store, clock, limits, std::move(*everything)));
}

People::People(PeopleStore& store, const Clock& clock, Limits limits,
               PeopleStore::Everything everything)
    : store_(store), clock_(clock), limits_(limits), self_(std::make_shared<People*>(this)) {
  for (auto& account : everything.accounts) {
    AgentId name = account.name;
    accounts_.emplace(std::move(name), std::move(account));
  }
  for (auto& session : everything.sessions) {
    SessionKey key = session.key;
    sessions_.emplace(std::move(key), held_since_before(std::move(session)));
  }
}

const Account* People::account(const AgentId& name) const {
  const auto found = accounts_.find(name);
  return found == accounts_.end() ? nullptr : &found->second;
}

void People::save(Account account, Stored done) {
  store_.save_account(account, [self = std::weak_ptr(self_), account, done](auto error) {
    if (const auto people = self.lock(); people && !error) {
      (*people)->accounts_.insert_or_assign(account.name, account);
    }
    done(std::move(error));
  });
}

void People::remove(const AgentId& name, Stored done) {
  const AgentId gone = name;  // `name` may be the account's own
  accounts_.erase(gone);
  std::erase_if(sessions_, [&](const auto& item) { return item.second.session.agent == gone; });
  store_.remove_account(gone, std::move(done));
}

void People::start_session(const AgentId& agent, std::string device,
                           std::function<void(Result<std::string, PeopleError>)> done) {
  make_room_for_session(agent);
  std::string token = new_session_token();
  const Time now = clock_.now();
  const Session session{key_of_token(token), agent, now, now, std::move(device)};
  store_.save_session(session, [self = std::weak_ptr(self_), session, token, done](auto error) {
    if (error) {
      done(Failure{std::move(*error)});
      return;
    }
    if (const auto people = self.lock()) {
      const SteadyTime begun = (*people)->clock_.steady();
      (*people)->sessions_.emplace(session.key, Held{session, begun, begun, begun});
    }
    done(token);
  });
}

const Account* People::signed_in(const SessionKey& key) const {
  const auto found = sessions_.find(key);
  if (found == sessions_.end() || has_ended(found->second)) return nullptr;
  const Account* agent = account(found->second.session.agent);
  return agent && !agent->disabled ? agent : nullptr;
}

void People::touch(const SessionKey& key) {
  const auto found = sessions_.find(key);
  if (found == sessions_.end() || has_ended(found->second)) return;
  Held& held = found->second;
  held.last_used = clock_.steady();
  held.session.last_used = clock_.now();
  if (held.last_used - held.saved < limits_.save_last_used_after) return;
  held.saved = held.last_used;
  store_.save_session(held.session, ignore);
}

void People::end_session(const SessionKey& key, Stored done) {
  const SessionKey ended = key;
  if (sessions_.erase(ended) == 0) return done(std::nullopt);
  store_.remove_session(ended, std::move(done));
}

void People::sweep() {
  std::vector<SessionKey> ended;
  for (const auto& [key, held] : sessions_) {
    if (has_ended(held)) ended.push_back(key);
  }
  for (const auto& key : ended) end_session(key, ignore);
}

// Times that lie ahead tell that the clock was set back while we were not running. How far it was
// set is how little is known about the session's idleness: that much of it is assumed.
People::Held People::held_since_before(Session session) const {
  const Time now = clock_.now();
  const SteadyTime steady = clock_.steady();
  const SteadyTime created = steady - std::max(now - session.created, now - now);
  const SteadyTime last_used = steady - std::chrono::abs(now - session.last_used);
  return {std::move(session), created, last_used, last_used};
}

bool People::has_ended(const Held& held) const {
  const SteadyTime now = clock_.steady();
  return now - held.last_used >= limits_.idle_max || now - held.created >= limits_.session_max;
}

void People::make_room_for_session(const AgentId& agent) {
  std::size_t count = 0;
  const Held* oldest = nullptr;
  for (const auto& [key, held] : sessions_) {
    if (held.session.agent != agent) continue;
    ++count;
    if (!oldest || held.last_used < oldest->last_used) oldest = &held;
  }
  if (count >= limits_.sessions_per_account_max) end_session(oldest->session.key, ignore);
}

}  // namespace svar::service
