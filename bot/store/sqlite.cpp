#include "bot/store/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace svar::store {
namespace {

SqliteError error_of(sqlite3* database, int code) {
  const int extended = database != nullptr ? sqlite3_extended_errcode(database) : code;
  const bool told = database != nullptr && (extended & 0xff) == (code & 0xff);
  return {told ? extended : code, told ? sqlite3_errmsg(database) : sqlite3_errstr(code)};
}

int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::write:
      return SQLITE_OPEN_READWRITE;
    case OpenMode::read:
      return SQLITE_OPEN_READONLY;
  }
  return SQLITE_OPEN_READONLY;
}

// SQLite would make the file readable for all; the files beside it (-wal, -shm) take over its mode.
void make_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_CLOEXEC | O_RDWR, S_IRUSR | S_IWUSR);
  if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

bool SqliteError::busy() const {
  return (code & 0xff) == SQLITE_BUSY;
}

bool SqliteError::failed_to_sync() const {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

void end_process_if_unsynced(const SqliteError& error) {
  if (!error.failed_to_sync()) return;
  std::fprintf(stderr, "svarsentral: the disk failed to sync (%s); ending\n", error.what.c_str());
  std::_Exit(EXIT_FAILURE);  // no core file: it would hold people's words
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::note(int code) {
  if (code != SQLITE_OK && bind_error_ == 0) bind_error_ = code;
}

void Statement::bind_integer(int index, std::int64_t value) {
  note(sqlite3_bind_int64(statement_.get(), index, value));
}

void Statement::bind_text(int index, std::string_view value) {
  const char* begin = value.data() != nullptr ? value.data() : "";
  note(sqlite3_bind_text64(statement_.get(), index, begin, value.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}

void Statement::bind_null(int index) {
  note(sqlite3_bind_null(statement_.get(), index));
}

Statement& Statement::bind_view(int index, std::string_view text) {
  const char* begin = text.data() != nullptr ? text.data() : "";
  note(
      sqlite3_bind_text64(statement_.get(), index, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  bind_error_ = 0;
}

Result<Step, SqliteError> Statement::step() {
  if (bind_error_ != 0) return Failure{SqliteError{bind_error_, sqlite3_errstr(bind_error_)}};
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return Step::row;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_.get());
    return Step::done;
  }
  SqliteError error = error_of(sqlite3_db_handle(statement_.get()), code);
  sqlite3_reset(statement_.get());
  return Failure{std::move(error)};
}

Result<Done, SqliteError> Statement::finish() {
  while (true) {
    auto stepped = step();
    if (!stepped) return Failure{stepped.error()};
    if (*stepped == Step::done) return Done{};
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (begin == nullptr) return {};
  return {begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Connection::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Result<Connection, SqliteError> Connection::open(const std::filesystem::path& file, OpenMode mode) {
  if (mode == OpenMode::create) make_private(file);
  sqlite3* database = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &database, flags_of(mode) | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection(database);  // SQLite wants it closed even when it failed to open
  if (code != SQLITE_OK) {
    SqliteError error = error_of(database, code);
    error.what = file.string() + ": " + error.what;
    return Failure{std::move(error)};
  }
  sqlite3_extended_result_codes(database, 1);
  return connection;
}

Result<Done, SqliteError> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return Failure{error_of(handle(), code)};
  return Done{};
}

Result<Statement, SqliteError> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return Failure{error_of(handle(), code)};
  return Statement(statement);
}

Result<Done, SqliteError> Connection::prepare_all(std::initializer_list<Preparation> preparations) {
  for (const auto& [statement, sql] : preparations) {
    auto prepared = prepare(sql);
    if (!prepared) return Failure{prepared.error()};
    statement = std::move(*prepared);
  }
  return Done{};
}

Result<std::int64_t, SqliteError> Connection::query_integer(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return Failure{statement.error()};
  auto step = statement->step();
  if (!step) return Failure{step.error()};
  return *step == Step::row ? statement->integer(0) : 0;
}

void Connection::set_busy_timeout(std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle(), static_cast<int>(patience.count()));
}

Result<Done, SqliteError> Connection::checkpoint(Checkpoint checkpoint) {
  const int mode =
      checkpoint == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  const int code = sqlite3_wal_checkpoint_v2(handle(), nullptr, mode, nullptr, nullptr);
  if (code != SQLITE_OK) return Failure{error_of(handle(), code)};
  return Done{};
}

int Connection::changes() const {
  return sqlite3_changes(handle());
}

std::int64_t Connection::last_insert_rowid() const {
  return sqlite3_last_insert_rowid(handle());
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle()) == 0;
}

Result<Transaction, SqliteError> Transaction::begin(Connection& connection) {
  auto began = connection.execute("BEGIN IMMEDIATE");
  if (!began) return Failure{began.error()};
  return Transaction(connection);
}

Transaction::~Transaction() {
  if (connection_ == nullptr || !connection_->in_transaction()) return;
  (void)connection_->execute("ROLLBACK");
}

Result<Done, SqliteError> Transaction::commit() {
  return connection_->execute("COMMIT");
}

Result<Done, SqliteError> use_durable_settings(Connection& connection) {
  // EXTRA is FULL, and syncs the folder when a rollback journal is removed. The only one there ever
  // is belongs to the switch to WAL; should it come back after a power cut, it would empty the file.
  return connection.execute(
      "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;"
      "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY");
}

Result<Done, SqliteError> migrate(Connection& connection, std::span<const std::string_view> steps) {
  while (true) {
    auto transaction = Transaction::begin(connection);
    if (!transaction) return Failure{transaction.error()};
    auto version = connection.query_integer("PRAGMA user_version");
    if (!version) return Failure{version.error()};
    const auto known = static_cast<std::int64_t>(steps.size());
    if (*version > known) {
      return Failure{SqliteError{SQLITE_CANTOPEN,
                                 "the file was written by a newer version of the program (schema " +
                                     std::to_string(*version) + ", this one knows " +
                                     std::to_string(known) +
                                     "): start the newer version, or restore an older backup"}};
    }
    if (*version == known) return Done{};
    const auto step = static_cast<std::size_t>(*version);
    auto changed = connection.execute(std::string(steps[step]) +
                                      "; PRAGMA user_version=" + std::to_string(*version + 1));
    if (!changed) return Failure{changed.error()};
    auto committed = transaction->commit();
    if (!committed) return Failure{committed.error()};
  }
}

}  // namespace svar::store
