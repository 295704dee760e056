#include "bot/store/people/sqlite_people_store.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "bot/service/people/secrets.h"
#include "bot/store/people/audit_rows.h"
#include "bot/store/people/incident_rows.h"
#include "bot/store/people/people_schema.h"
#include "bot/store/sqlite.h"

namespace svar::store {
namespace {

using service::Account;
using service::PeopleError;
using service::Session;

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

std::string recovery_text(const Account& account) {
  std::string text;
  if (!account.totp) return text;
  for (const auto& digest : account.totp->recovery) text += digest + ',';
  return text;
}

// A secret that can't be opened (the key was lost) matches no code; recovery codes still do.
std::optional<service::Totp> totp_of(const Statement& row, const SealingKey& key) {
  if (row.text(6).empty()) return std::nullopt;
  service::Totp totp;
  totp.secret = unseal(key, row.text(0), row.text(6)).value_or(std::string());
  totp.last_step = row.integer(7);
  for_each_part(row.text(8), [&](std::string part) { totp.recovery.insert(std::move(part)); });
  return totp;
}

constexpr std::string_view kSelectAccounts =
    "SELECT name, display_name, password_hash, disabled, invitation_digest, invitation_expires, "
    "totp_secret, totp_last_step, recovery_codes FROM account";

Account account_of(const Statement& row, const SealingKey& key) {
  Account account;
  account.name = AgentId{std::string(row.text(0))};
  account.display_name = row.text(1);
  account.password_hash = row.text(2);
  account.disabled = row.integer(3) != 0;
  if (!row.text(4).empty())
    account.invitation = service::Invitation{std::string(row.text(4)), time_of(row.integer(5))};
  account.totp = totp_of(row, key);
  return account;
}

void add_right(const Statement& row, std::map<std::string, service::Rights>& rights) {
  const auto role = service::role_from_code(row.text(1));
  if (!role) return;
  service::Right right{*role, std::nullopt};
  if (!row.text(2).empty()) right.municipality = MunicipalityId{std::string(row.text(2))};
  rights[std::string(row.text(0))].add(std::move(right));
}

Session session_of(const Statement& row) {
  return {service::SessionKey{std::string(row.text(0))}, AgentId{std::string(row.text(1))},
          time_of(row.integer(2)), time_of(row.integer(3)), std::string(row.text(4))};
}

Result<Done, SqliteError> write_rights(Connection& connection, const Account& account) {
  auto cleared = connection.prepare("DELETE FROM account_right WHERE account=?1");
  if (!cleared) return Failure{cleared.error()};
  if (auto done = cleared->run(account.name.value); !done) return done;
  auto insert = connection.prepare("INSERT INTO account_right VALUES(?1,?2,?3)");
  if (!insert) return Failure{insert.error()};
  for (const auto& right : account.rights.all()) {
    const std::string place = right.municipality ? right.municipality->value : std::string();
    if (auto done = insert->run(account.name.value, std::string(code(right.role)), place); !done)
      return done;
  }
  return Done{};
}

Result<Done, SqliteError> write_account(Connection& connection, const Account& account,
                                        const SealingKey& key) {
  auto statement = connection.prepare(
      "INSERT INTO account(name, display_name, password_hash, disabled, invitation_digest, "
      "invitation_expires, totp_secret, totp_last_step, recovery_codes) "
      "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT(name) DO UPDATE SET display_name=?2, "
      "password_hash=?3, disabled=?4, invitation_digest=?5, invitation_expires=?6, "
      "totp_secret=?7, totp_last_step=?8, recovery_codes=?9");
  if (!statement) return Failure{statement.error()};
  const auto& totp = account.totp;
  const auto& invitation = account.invitation;
  auto done = statement->run(account.name.value, account.display_name, account.password_hash,
                             std::int64_t{account.disabled},
                             invitation ? invitation->digest : std::string(),
                             invitation ? millis(invitation->expires) : std::int64_t{0},
                             totp ? seal(key, account.name.value, totp->secret) : std::string(),
                             totp ? totp->last_step : std::int64_t{0}, recovery_text(account));
  return done ? write_rights(connection, account) : done;
}

}  // namespace

struct SqlitePeopleStore::Impl {
  using Change = std::function<Result<Done, SqliteError>(Connection&)>;
  struct Job {
    Change change;
    service::Stored done;
  };

  Impl(Connection connection_in, service::Executor& executor_in, const SealingKey& key_in)
      : connection(std::move(connection_in)),
        executor(executor_in),
        key(key_in),
        writer([this] { write(); }) {}

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
  const SealingKey key;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Job> pending;  // guarded by mutex
  bool stopping = false;    // guarded by mutex
  std::thread writer;       // last: it uses all of the above
};

Result<std::unique_ptr<SqlitePeopleStore>, PeopleError> SqlitePeopleStore::open(
    const std::filesystem::path& file, service::Executor& executor, const SealingKey& key) {
  service::start_secrets();
  auto connection = Connection::open(file, OpenMode::create);
  if (!connection) return Failure{people_error(connection.error())};
  connection->set_busy_timeout(kBusyTimeout);
  if (auto set = use_durable_settings(*connection); !set) return Failure{people_error(set.error())};
  if (auto made = migrate(*connection, kPeopleSchema); !made)
    return Failure{people_error(made.error())};
  auto impl = std::make_unique<Impl>(std::move(*connection), executor, key);
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
  std::map<std::string, service::Rights> rights;
  auto error = read("SELECT account, role, municipality FROM account_right",
                    [&](const Statement& row) { add_right(row, rights); });
  if (!error) {
    error = read(kSelectAccounts, [&](const Statement& row) {
      everything.accounts.push_back(account_of(row, impl_->key));
      everything.accounts.back().rights = rights[everything.accounts.back().name.value];
    });
  }
  if (!error) {
    error = read("SELECT token_digest, agent, created, last_used, device FROM session",
                 [&](const Statement& row) { everything.sessions.push_back(session_of(row)); });
  }
  if (error) return Failure{std::move(*error)};
  return everything;
}

void SqlitePeopleStore::save_account(Account account, service::Stored done) {
  impl_->submit([account = std::move(account), &key = impl_->key](
                    Connection& connection) { return write_account(connection, account, key); },
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
            "INSERT INTO session(token_digest, agent, created, last_used, device) "
            "VALUES(?1,?2,?3,?4,?5) "
            "ON CONFLICT(token_digest) DO UPDATE SET last_used=?4");
        if (!statement) return Failure{statement.error()};
        return statement->run(session.key.value, session.agent.value, millis(session.created),
                              millis(session.last_used), session.device);
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

void SqlitePeopleStore::record(service::AuditEntry entry, service::Stored done) {
  impl_->submit([entry = std::move(entry)](
                    Connection& connection) { return insert_audit(connection, entry); },
                std::move(done));
}

void SqlitePeopleStore::read(service::AuditQuery query,
                             std::function<void(Result<Entries, PeopleError>)> done) {
  auto found = std::make_shared<Entries>();
  impl_->submit(
      [query = std::move(query), found](Connection& connection) -> Result<Done, SqliteError> {
        auto entries = select_audit(connection, query);
        if (!entries) return Failure{entries.error()};
        *found = std::move(*entries);
        return Done{};
      },
      [found, done = std::move(done)](std::optional<PeopleError> error) {
        if (error) return done(Failure{std::move(*error)});
        done(std::move(*found));
      });
}

void SqlitePeopleStore::forget_before(Time time, service::Stored done) {
  impl_->submit([time](Connection& connection) { return delete_audit_before(connection, time); },
                std::move(done));
}

Result<std::vector<service::Incident>, service::IncidentError> SqlitePeopleStore::load_incidents() {
  std::lock_guard lock(impl_->connection_mutex);
  auto incidents = select_incidents(impl_->connection);
  if (!incidents) return Failure{service::IncidentError{"incidents: " + incidents.error().what}};
  return std::move(*incidents);
}

void SqlitePeopleStore::save_incident(service::Incident incident, service::IncidentStored done) {
  impl_->submit([incident = std::move(incident)](
                    Connection& connection) { return insert_incident(connection, incident); },
                [done = std::move(done)](const std::optional<PeopleError>& error) {
                  if (error) return done(service::IncidentError{error->what});
                  done(std::nullopt);
                });
}

}  // namespace svar::store
