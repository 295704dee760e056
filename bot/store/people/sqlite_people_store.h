// Accounts and sessions in a SQLite file of their own, apart from the log: signing in never waits
// for it, and backups of the log hold no password hash.
#pragma once

#include <filesystem>
#include <memory>

#include "bot/service/people/people_store.h"
#include "bot/service/turn/executor.h"

namespace svar::store {

// Writes on one thread of its own, each change in a transaction that is durable before its
// completion is posted. The file is readable by its owner alone.
//
// The destructor commits what is pending and posts its completions; the executor must still take
// them.
class SqlitePeopleStore : public service::PeopleStore {
 public:
  // Opens or makes the file and brings its schema up to date; blocks.
  static Result<std::unique_ptr<SqlitePeopleStore>, service::PeopleError> open(
      const std::filesystem::path& file, service::Executor& executor);
  ~SqlitePeopleStore() override;

  Result<Everything, service::PeopleError> load() override;
  void save_account(service::Account account, service::Stored done) override;
  void remove_account(AgentId name, service::Stored done) override;
  void save_session(service::Session session, service::Stored done) override;
  void remove_session(service::SessionKey key, service::Stored done) override;

 private:
  struct Impl;
  explicit SqlitePeopleStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::store
