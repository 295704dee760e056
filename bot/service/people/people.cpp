#include "bot/service/people/people.h"

#include <algorithm>
#include <tuple>
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

std::vector<const Account*> People::accounts() const {
  std::vector<const Account*> all;
  for (const auto& [name, account] : accounts_) all.push_back(&account);
  std::sort(all.begin(), all.end(),
            [](const Account* a, const Account* b) { return a->name < b->name; });
  return all;
}

const Account* People::latest(const AgentId& name) const {
  const auto found = saving_.find(name);
  return found == saving_.end() ? account(name) : &found->second.account;
}

void People::change(const AgentId& name, const std::function<void(Account&)>& edit, Stored done) {
  const Account* found = latest(name);
  Account changed = found ? *found : Account{};
  changed.name = name;
  edit(changed);
  save(std::move(changed), std::move(done));
}

void People::save(Account account, Stored done) {
  Saving& saving = saving_[account.name];
  saving.account = account;
  ++saving.writes;
  store_.save_account(account, [self = std::weak_ptr(self_), account, done](auto error) {
    if (const auto people = self.lock()) (*people)->saved(account, !error);
    done(std::move(error));
  });
}

// Completions come in the order of the calls. After an error the account is what was stored last.
void People::saved(const Account& account, bool stored) {
  const auto found = saving_.find(account.name);
  if (found == saving_.end()) return;  // removed meanwhile
  if (stored) accounts_.insert_or_assign(account.name, account);
  if (--found->second.writes == 0) saving_.erase(found);
}

void People::remove(const AgentId& name, Stored done) {
  const AgentId gone = name;  // `name` may be the account's own
  accounts_.erase(gone);
  saving_.erase(gone);
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

std::vector<Session> People::sessions_of(const AgentId& agent) const {
  std::vector<Session> sessions;
  for (const auto& [key, held] : sessions_) {
    if (held.session.agent == agent && !has_ended(held)) sessions.push_back(held.session);
  }
  std::sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) {
    return std::tie(b.last_used, a.key) < std::tie(a.last_used, b.key);
  });
  return sessions;
}

std::optional<SessionKey> People::session_of(const AgentId& agent,
                                             const std::string& handle) const {
  for (const auto& [key, held] : sessions_) {
    if (held.session.agent == agent && handle_of(key) == handle) return key;
  }
  return std::nullopt;
}

void People::end_sessions_of(const AgentId& agent, const SessionKey& spared, Stored done) {
  std::vector<SessionKey> ended;
  for (const auto& [key, held] : sessions_) {
    if (held.session.agent == agent && key != spared) ended.push_back(key);
  }
  if (ended.empty()) return done(std::nullopt);
  for (std::size_t i = 0; i + 1 < ended.size(); ++i) end_session(ended[i], ignore);
  end_session(ended.back(), std::move(done));  // the store completes in order: the last comes last
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
