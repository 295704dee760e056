#include "bot/store/database_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace svar::store {

void DatabaseCopy::Finish::operator()(sqlite3_backup* copy) const {
  sqlite3_backup_finish(copy);
}

Result<DatabaseCopy, SqliteError> DatabaseCopy::begin(Connection& source,
                                                      const std::filesystem::path& to) {
  if (std::filesystem::exists(to)) {
    return Failure{SqliteError{SQLITE_CANTOPEN, to.string() + " is there already"}};
  }
  auto destination = Connection::open(to, OpenMode::create);
  if (!destination) return Failure{destination.error()};
  // A crash voids the copy, so it needs no journal; and no step may wait for the disk.
  auto set =
      destination->execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=64");
  if (!set) return Failure{set.error()};
  sqlite3_backup* copy =
      sqlite3_backup_init(destination->handle(), "main", source.handle(), "main");
  if (copy == nullptr) {
    return Failure{SqliteError{sqlite3_extended_errcode(destination->handle()),
                               sqlite3_errmsg(destination->handle())}};
  }
  return DatabaseCopy(std::move(*destination), copy);
}

Result<Step, SqliteError> DatabaseCopy::step(int pages_max) {
  const int code = sqlite3_backup_step(copy_.get(), pages_max);
  pages_ = sqlite3_backup_pagecount(copy_.get());
  remaining_ = sqlite3_backup_remaining(copy_.get());
  if (code == SQLITE_OK) return Step::row;
  if (code != SQLITE_DONE) return Failure{SqliteError{code, sqlite3_errstr(code)}};
  const int finished = sqlite3_backup_finish(copy_.release());
  destination_.reset();
  if (finished != SQLITE_OK) return Failure{SqliteError{finished, sqlite3_errstr(finished)}};
  return Step::done;
}

Result<Done, SqliteError> settle_copy(const std::filesystem::path& file) {
  {
    auto connection = Connection::open(file, OpenMode::write);
    if (!connection) return Failure{connection.error()};
    auto set = connection->execute("PRAGMA journal_mode=DELETE");
    if (!set) return set;
  }
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return Failure{SqliteError{SQLITE_IOERR_FSYNC, file.string() + " did not sync"}};
  return Done{};
}

}  // namespace svar::store
