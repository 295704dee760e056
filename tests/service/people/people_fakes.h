// Fakes of the people service's ports: a store that keeps everything in memory and can be told to
// fail, a hasher whose hash is the password itself.
#pragma once

#include <algorithm>
#include <map>

#include "bot/service/people/audit_trail.h"
#include "bot/service/people/password_hasher.h"
#include "bot/service/people/people.h"
#include "tests/service/fakes.h"

namespace svar::fakes {

// Completes through the executor, as a real one does. Outlives the People over it: what is in it
// survived a restart.
class MemoryPeopleStore : public service::PeopleStore {
 public:
  explicit MemoryPeopleStore(service::Executor& executor) : executor_(executor) {}

  Result<Everything, service::PeopleError> load() override {
    Everything everything;
    for (const auto& [name, account] : accounts) everything.accounts.push_back(account);
    for (const auto& [key, session] : sessions) everything.sessions.push_back(session);
    return everything;
  }
  void save_account(service::Account account, service::Stored done) override {
    finish([this, account] { accounts[account.name] = account; }, std::move(done));
  }
  void remove_account(AgentId name, service::Stored done) override {
    finish(
        [this, name] {
          accounts.erase(name);
          std::erase_if(sessions, [&](const auto& item) { return item.second.agent == name; });
        },
        std::move(done));
  }
  void save_session(service::Session session, service::Stored done) override {
    finish(
        [this, session] {
          sessions[session.key] = session;
          ++session_writes;
        },
        std::move(done));
  }
  void remove_session(service::SessionKey key, service::Stored done) override {
    finish([this, key] { sessions.erase(key); }, std::move(done));
  }

  std::map<AgentId, service::Account> accounts;
  std::map<service::SessionKey, service::Session> sessions;
  int session_writes = 0;
  bool failing = false;

 private:
  void finish(std::function<void()> change, service::Stored done) {
    executor_.post([this, change = std::move(change), done = std::move(done)] {
      if (failing) return done(service::PeopleError{"told to fail"});
      change();
      done(std::nullopt);
    });
  }
  service::Executor& executor_;
};

class MemoryAuditStore : public service::AuditStore {
 public:
  explicit MemoryAuditStore(service::Executor& executor) : executor_(executor) {}
  void record(service::AuditEntry entry, service::Stored done) override {
    executor_.post([this, entry = std::move(entry), done = std::move(done)]() mutable {
      if (failing) return done(service::PeopleError{"told to fail"});
      entry.number = static_cast<std::int64_t>(entries.size()) + 1;
      entries.push_back(std::move(entry));
      done(std::nullopt);
    });
  }
  void read(service::AuditQuery query,
            std::function<void(Result<Entries, service::PeopleError>)> done) override {
    executor_.post([this, query = std::move(query), done = std::move(done)] {
      if (failing) return done(Failure{service::PeopleError{"told to fail"}});
      Entries found;
      for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (found.size() < query.count_max && entry->number < query.before && fits(*entry, query))
          found.push_back(*entry);
      }
      done(std::move(found));
    });
  }
  void forget_before(Time time, service::Stored done) override {
    executor_.post([this, time, done = std::move(done)] {
      std::erase_if(entries, [&](const auto& entry) { return entry.at < time; });
      done(std::nullopt);
    });
  }

  std::vector<service::AuditEntry> entries;  // oldest first
  bool failing = false;

 private:
  static bool fits(const service::AuditEntry& entry, const service::AuditQuery& query) {
    if (query.kind && entry.kind != *query.kind) return false;
    if (query.agent && entry.who != *query.agent && entry.about != *query.agent) return false;
    if (!query.municipalities || entry.scope.everybody) return true;
    return std::any_of(query.municipalities->begin(), query.municipalities->end(),
                       [&](const auto& id) { return entry.scope.municipalities.count(id) != 0; });
  }
  service::Executor& executor_;
};

class PlainHasher : public service::PasswordHasher {
 public:
  explicit PlainHasher(service::Executor& executor) : executor_(executor) {}
  void hash(std::string password, std::function<void(std::optional<std::string>)> done) override {
    executor_.post([this, password, done] {
      done(overloaded ? std::nullopt : std::optional<std::string>("plain:" + password));
    });
  }
  void verify(std::string password, std::string hash,
              std::function<void(service::Verdict)> done) override {
    executor_.post([this, password, hash, done] {
      ++verified;
      if (overloaded) return done(service::Verdict::overloaded);
      if (hash == "old:" + password) return done(service::Verdict::right_but_outdated);
      done(hash == "plain:" + password ? service::Verdict::right : service::Verdict::wrong);
    });
  }
  bool overloaded = false;
  int verified = 0;

 private:
  service::Executor& executor_;
};

inline const Time kMonday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                          std::chrono::hours{9}};

// The password of every account that agent() makes.
inline const std::string kPassword = "hest-batteri-stift";

// Agent of these municipalities; of all when none is named.
inline service::Rights agent_of(const service::Municipalities& municipalities = {}) {
  service::Rights rights;
  for (const auto& id : municipalities) rights.add({service::Role::agent, id});
  if (municipalities.empty()) rights.add({service::Role::agent, std::nullopt});
  return rights;
}

inline service::Account agent(const std::string& name,
                              const service::Municipalities& municipalities = {}) {
  return {AgentId{name}, "Agent " + name, "plain:" + kPassword, agent_of(municipalities)};
}

}  // namespace svar::fakes
