// Accounts, sessions, the audit log and the incident log in a SQLite file of their own, apart from
// the log: signing in never waits for it, and backups of the log hold no password hash.
#pragma once

#include <filesystem>
#include <memory>

#include "bot/service/incidents/incident_store.h"
#include "bot/service/people/audit.h"
#include "bot/service/people/people_store.h"
#include "bot/service/turn/executor.h"
#include "bot/store/people/secret_sealing.h"

namespace svar::store {

// Writes on one thread of its own, each change in a transaction that is durable before its
// completion is posted. The file is readable by its owner alone.
//
// The destructor commits what is pending and posts its completions; the executor must still take
// them.
class SqlitePeopleStore : public service::PeopleStore,
                          public service::AuditStore,
                          public service::IncidentStore {
 public:
  // Opens or makes the file and brings its schema up to date; blocks. `key` seals the second
  // factors' secrets.
  static Result<std::unique_ptr<SqlitePeopleStore>, service::PeopleError> open(
      const std::filesystem::path& file, service::Executor& executor, const SealingKey& key);
  ~SqlitePeopleStore() override;

  Result<Everything, service::PeopleError> load() override;
  void save_account(service::Account account, service::Stored done) override;
  void remove_account(AgentId name, service::Stored done) override;
  void save_session(service::Session session, service::Stored done) override;
  void remove_session(service::SessionKey key, service::Stored done) override;

  void record(service::AuditEntry entry, service::Stored done) override;
  void read(service::AuditQuery query,
            std::function<void(Result<Entries, service::PeopleError>)> done) override;
  void forget_before(Time time, service::Stored done) override;

  Result<std::vector<service::Incident>, service::IncidentError> load_incidents() override;
  void save_incident(service::Incident incident, service::IncidentStored done) override;

 private:
  struct Impl;
  explicit SqlitePeopleStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::store
