// SQLite as the adapters of this folder use it: a connection and its prepared statements that close
// themselves, and errors as values. Nothing here throws, except std::bad_alloc.
//
// Threads: a connection and its statements belong to one thread at a time; there is no lock inside.
// Several threads, and several processes, each open a connection of their own to the same file.
// Blocking: every call may touch the disk, and waits for other writers as long as set_busy_timeout
// allows. Lifetime: statements must be gone before their connection.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "bot/domain/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace svar::store {

// `code` is SQLite's extended result code; `what` is a sentence for the log, without any bound
// value.
struct SqliteError {
  int code = 0;
  std::string what;
  bool busy() const;  // another connection holds the lock: the same call may succeed later
  bool failed_to_sync()
      const;  // what was "written" may be gone: nothing the file said since can be trusted
};

// Ends the process when the error is a failed sync: the kernel may have dropped what it could not
// write, so the only way to know what is stored is to start again and read.
void end_process_if_unsynced(const SqliteError& error);

// What a function that has nothing to give gives when it went well.
struct Done {};

enum class Step { row, done };

// A prepared statement. Parameters are numbered from 1, columns from 0. To write: run(7, "text", nullptr). To read:
// bind(…), then step() until it gives Step::done or an error, reading integer(0), text(1) … after each Step::row.
class Statement {
 public:
  Statement() = default;  // to be assigned before it is used
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  // Resets the statement and binds all parameters. Takes integers, texts (copied), nullptr, and
  // std::optional of those. A failure to bind is reported by the next step().
  template <class... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_at(++index, values), ...);
    return *this;
  }

  // Binds one parameter after a bind(), without copying: `text` must live until the statement is
  // reset.
  Statement& bind_view(int index, std::string_view text);

  // Runs to the next row or to the end. At the end, and after an error, the statement is reset, so
  // that it holds no lock. Whoever stops before the end calls reset().
  Result<Step, SqliteError> step();

  // Binds, runs to the end, ignores rows: for INSERT, UPDATE, DELETE.
  template <class... Values>
  Result<Done, SqliteError> run(const Values&... values) {
    bind(values...);
    return finish();
  }
  // The same with what is bound already.
  Result<Done, SqliteError> finish();

  void reset();

  // Of the current row; valid after step() gave Step::row. NULL reads as 0 and as "". A view lives
  // until the next step() or reset().
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;
  bool is_null(int column) const;

 private:
  friend class Connection;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  void bind_integer(int index, std::int64_t value);
  void bind_text(int index, std::string_view value);
  void bind_null(int index);
  template <class T>
  void bind_at(int index, const T& value) {
    if constexpr (std::same_as<T, std::nullptr_t>) {
      bind_null(index);
    } else if constexpr (std::integral<T>) {
      bind_integer(index, static_cast<std::int64_t>(value));
    } else if constexpr (requires {
                           value.has_value();
                           *value;
                         }) {
      value.has_value() ? bind_at(index, *value) : bind_null(index);
    } else {
      bind_text(index, value);
    }
  }
  void note(int code);

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bind_error_ = 0;  // the first since the last bind()
};

enum class OpenMode {
  create,  // read and write; an absent file is made, readable by its owner alone
  write,   // read and write; the file must be there
  read,    // read only; the file must be there
};

class Connection {
 public:
  // Opens the file. No pragma is set yet, the busy timeout is zero.
  static Result<Connection, SqliteError> open(const std::filesystem::path& file, OpenMode mode);
  Connection(Connection&&) noexcept = default;
  Connection& operator=(Connection&&) noexcept = default;

  // Runs one or several statements without parameters, ignoring rows.
  Result<Done, SqliteError> execute(const std::string& sql);
  // One statement, kept for reuse.
  Result<Statement, SqliteError> prepare(std::string_view sql);
  struct Preparation {
    Statement& statement;
    std::string_view sql;
  };
  // Prepares and assigns each; stops at the first error.
  Result<Done, SqliteError> prepare_all(std::initializer_list<Preparation> preparations);
  // The first column of the first row; 0 when there is no row. For pragmas and counts.
  Result<std::int64_t, SqliteError> query_integer(std::string_view sql);

  // How long a call waits for another connection's lock before it fails with busy().
  void set_busy_timeout(std::chrono::milliseconds patience);

  // Copies what the write-ahead log holds into the file. `passive` does what can be done without
  // waiting for anybody. `truncate` waits for readers and writers as long as the busy timeout
  // allows, and leaves an empty log behind; else it fails with busy().
  enum class Checkpoint { passive, truncate };
  Result<Done, SqliteError> checkpoint(Checkpoint checkpoint);

  int changes() const;  // rows that the last INSERT, UPDATE or DELETE touched
  std::int64_t last_insert_rowid() const;
  bool in_transaction() const;
  sqlite3* handle() const { return database_.get(); }

 private:
  explicit Connection(sqlite3* database) : database_(database) {}
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

// A write transaction; rolled back when it goes out of scope without a commit.
class Transaction {
 public:
  // Takes the file's write lock at once (BEGIN IMMEDIATE), so that nothing later in it can be
  // refused as busy.
  static Result<Transaction, SqliteError> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)) {}
  ~Transaction();
  // After an error nothing is known about what was stored.
  Result<Done, SqliteError> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

// The pragmas of every file of ours: write-ahead log, synchronous=EXTRA, secure_delete, foreign
// keys, no temporary files. Commits survive a power cut, deleted bytes are overwritten.
Result<Done, SqliteError> use_durable_settings(Connection& connection);

// Brings the schema up to date. `steps[n]` is the SQL that leads from version n to n+1 (kept in
// PRAGMA user_version); each runs in a transaction of its own, once, whichever process comes first.
// A file with a newer version than steps.size() is refused with a sentence that says so, and is not
// touched.
Result<Done, SqliteError> migrate(Connection& connection, std::span<const std::string_view> steps);

}  // namespace svar::store
