#include "bot/store/people/sqlite_people_store.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "bot/store/sqlite.h"

namespace svar::store {
namespace {

using service::Account;
using service::PeopleError;
using service::Session;

constexpr std::array<std::string_view, 1> kSchema = {R"(
  CREATE TABLE account (
    name TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,            -- codes, each followed by a comma
    municipalities TEXT NOT NULL    -- ids, each followed by a comma; empty = all
  ) WITHOUT ROWID;
  CREATE TABLE session (
    token_digest TEXT PRIMARY KEY,
    agent TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE,
    created INTEGER NOT NULL,       -- milliseconds of UTC
    last_used INTEGER NOT NULL
  ) WITHOUT ROWID;
)"};

constexpr std::chrono::seconds kBusyTimeout{5};  // a backup may hold the file for a moment

PeopleError people_error(const SqliteError& error) {
  return PeopleError{"accounts: " + error.what};
}

std::int64_t millis(Time time) {
  return time.time_since_epoch().count();
}
Time time_of(std::int64_t millis) {
  return Time{std::chrono::milliseconds{millis}};
}

// Calls `each` with every part of a list in which each part is followed by a comma.
template <class Each>
void for_each_part(std::string_view list, Each each) {
  while (!list.empty()) {
    const auto end = list.find(',');
    each(std::string(list.substr(0, end)));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + 1);
  }
}

std::string roles_text(const Account& account) {
  std::string text;
  for (const service::Role role : account.roles) text += std::string(code(role)) + ',';
  return text;
}

std::string municipalities_text(const Account& account) {
  std::string text;
  for (const auto& id : account.municipalities) text += id.value + ',';
  return text;
}

Account account_of(const Statement& row) {
  Account account;
  account.name = AgentId{std::string(row.text(0))};
  account.display_name = row.text(1);
  account.password_hash = row.text(2);
  for_each_part(row.text(3), [&](const std::string& part) {
    if (const auto role = service::role_from_code(part)) account.roles.insert(*role);
  });
  for_each_part(row.text(4), [&](std::string part) {
    account.municipalities.insert(MunicipalityId{std::move(part)});
  });
  return account;
}

Session session_of(const Statement& row) {
  return {service::SessionKey{std::string(row.text(0))}, AgentId{std::string(row.text(1))},
          time_of(row.integer(2)), time_of(row.integer(3))};
}

}  // namespace

struct SqlitePeopleStore::Impl {
  using Change = std::function<Result<Done, SqliteError>(Connection&)>;
  struct Job {
    Change change;
    service::Stored done;
  };

  Impl(Connection connection_in, service::Executor& executor_in)
      : connection(std::move(connection_in)), executor(executor_in), writer([this] { write(); }) {}

  ~Impl() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    wake.notify_one();
    writer.join();
  }

  void submit(Change change, service::Stored done) {
    {
      std::lock_guard lock(mutex);
      pending.push_back({std::move(change), std::move(done)});
    }
    wake.notify_one();
  }

  void write() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [this] { return stopping || !pending.empty(); });
      if (pending.empty()) return;
      Job job = std::move(pending.front());
      pending.pop_front();
      lock.unlock();
      std::optional<PeopleError> error;
      if (const auto changed = commit(job.change); !changed) error = people_error(changed.error());
      executor.post([done = std::move(job.done), error] { done(error); });
      lock.lock();
    }
  }

  Result<Done, SqliteError> commit(const Change& change) {
    std::lock_guard lock(connection_mutex);
    auto transaction = Transaction::begin(connection);
    if (!transaction) return Failure{transaction.error()};
    if (auto changed = change(connection); !changed) return changed;
    return transaction->commit();
  }

  std::mutex connection_mutex;
  Connection connection;  // guarded by connection_mutex
  service::Executor& executor;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Job> pending;  // guarded by mutex
  bool stopping = false;    // guarded by mutex
  std::thread writer;       // last: it uses all of the above
};

Result<std::unique_ptr<SqlitePeopleStore>, PeopleError> SqlitePeopleStore::open(
    const std::filesystem::path& file, service::Executor& executor) {
  auto connection = Connection::open(file, OpenMode::create);
  if (!connection) return Failure{people_error(connection.error())};
  connection->set_busy_timeout(kBusyTimeout);
  if (auto set = use_durable_settings(*connection); !set) return Failure{people_error(set.error())};
  if (auto made = migrate(*connection, kSchema); !made) return Failure{people_error(made.error())};
  auto impl = std::make_unique<Impl>(std::move(*connection), executor);
  return std::unique_ptr<SqlitePeopleStore>(new SqlitePeopleStore(std::move(impl)));
}

SqlitePeopleStore::SqlitePeopleStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqlitePeopleStore::~SqlitePeopleStore() = default;

Result<service::PeopleStore::Everything, PeopleError> SqlitePeopleStore::load() {
  std::lock_guard lock(impl_->connection_mutex);
  Everything everything;
  const auto read = [&](std::string_view sql, auto add) -> std::optional<PeopleError> {
    auto statement = impl_->connection.prepare(sql);
    if (!statement) return people_error(statement.error());
    while (true) {
      const auto step = statement->step();
      if (!step) return people_error(step.error());
      if (*step == Step::done) return std::nullopt;
      add(*statement);
    }
  };
  auto error = read("SELECT name, display_name, password_hash, roles, municipalities FROM account",
                    [&](const Statement& row) { everything.accounts.push_back(account_of(row)); });
  if (!error) {
    error = read("SELECT token_digest, agent, created, last_used FROM session",
                 [&](const Statement& row) { everything.sessions.push_back(session_of(row)); });
  }
  if (error) return Failure{std::move(*error)};
  return everything;
}

void SqlitePeopleStore::save_account(Account account, service::Stored done) {
  impl_->submit(
      [account = std::move(account)](Connection& connection) -> Result<Done, SqliteError> {
        auto statement = connection.prepare(
            "INSERT INTO account(name, display_name, password_hash, roles, municipalities) "
            "VALUES(?1,?2,?3,?4,?5) ON CONFLICT(name) DO UPDATE SET display_name=?2, "
            "password_hash=?3, roles=?4, municipalities=?5");
        if (!statement) return Failure{statement.error()};
        return statement->run(account.name.value, account.display_name, account.password_hash,
                              roles_text(account), municipalities_text(account));
      },
      std::move(done));
}

void SqlitePeopleStore::remove_account(AgentId name, service::Stored done) {
  impl_->submit(
      [name = std::move(name)](Connection& connection) -> Result<Done, SqliteError> {
        auto statement = connection.prepare("DELETE FROM account WHERE name=?1");
        if (!statement) return Failure{statement.error()};
        return statement->run(name.value);
      },
      std::move(done));
}

void SqlitePeopleStore::save_session(Session session, service::Stored done) {
  impl_->submit(
      [session = std::move(session)](Connection& connection) -> Result<Done, SqliteError> {
        auto statement = connection.prepare(
            "INSERT INTO session(token_digest, agent, created, last_used) VALUES(?1,?2,?3,?4) "
            "ON CONFLICT(token_digest) DO UPDATE SET last_used=?4");
        if (!statement) return Failure{statement.error()};
        return statement->run(session.key.value, session.agent.value, millis(session.created),
                              millis(session.last_used));
      },
      std::move(done));
}

void SqlitePeopleStore::remove_session(service::SessionKey key, service::Stored done) {
  impl_->submit(
      [key = std::move(key)](Connection& connection) -> Result<Done, SqliteError> {
        auto statement = connection.prepare("DELETE FROM session WHERE token_digest=?1");
        if (!statement) return Failure{statement.error()};
        return statement->run(key.value);
      },
      std::move(done));
}

}  // namespace svar::store
