// The log in one SQLite file: the default of an installation on one machine.
//
// Three threads of its own: one commits, one reads, one copies the write-ahead log into the file.
// Commits are synced (WAL, synchronous=EXTRA). Several processes may open the same file; they drive
// each other's conflicts.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "bot/service/turn/event_store.h"
#include "bot/service/turn/executor.h"
#include "bot/store/sqlite.h"

namespace svar::store {

struct SqliteOptions {
  std::filesystem::path
      file;  // "<data>/svarsentral.db"; it and its folder are made, for the owner's eyes alone
  // How long another process may keep the file locked (or a reader an erasure) before a request
  // fails.
  std::chrono::milliseconds lock_patience{30'000};
  int checkpoint_pages =
      1'000;  // of 4 KiB; copied into the file each time the write-ahead log grew by so many
  int wal_pages_max = 16'384;  // 64 MiB; beyond it commits wait until all is copied
};

class SqliteEventStore : public service::EventStore, public service::ConversationDirectory {
 public:
  // Blocks: opens or makes the file, brings its schema up to date, copies what a crash left in the
  // write-ahead log. Refuses a file with a newer schema. `executor` runs all completions and must
  // outlive the store.
  static Result<std::unique_ptr<SqliteEventStore>, service::StoreError> open(
      SqliteOptions options, service::Executor& executor);

  // Blocks until everything asked for is committed or read and its completion is posted.
  ~SqliteEventStore() override;
  SqliteEventStore(const SqliteEventStore&) = delete;

  void append(
      service::Append request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override;
  void create(std::string contact_key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override;
  void load(ConversationId conversation, Seq after,
            std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) override;
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override;
  void erase(
      service::Erasure request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override;

  // Copies the file to `to`, by steps of the writing thread between its commits: no turn waits for
  // more than a step. The copy holds all that was committed before the last step, is not synced,
  // and is void after an error. `told` and `done` run on the writing thread and must return at
  // once; `told` answers false to give the copy up.
  void copy(std::filesystem::path to, std::function<bool(int pages_done, int pages)> told,
            std::function<void(Result<Done, service::StoreError>)> done);

  // Runs `task` on the writing thread, in a transaction that it may share with appends: for tables
  // beside the log. May run more than once; only the last run counts. `done` is a completion like
  // the others.
  void write(std::function<Result<Done, SqliteError>(Connection&)> task,
             std::function<void(Result<Done, service::StoreError>)> done);

  void find_answer_due(
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;
  void find_owned(
      Owner owner, Time last_at_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;
  void find_closed(
      MunicipalityId controller, service::Involved who, Time last_at_max, std::size_t count_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;

 private:
  struct Threads;
  explicit SqliteEventStore(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace svar::store
