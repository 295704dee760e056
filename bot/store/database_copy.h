// A copy of a database by steps, made through a connection that may go on writing between them.
//
// What the connection commits between two steps is put into the copy as well, so the copy is the
// database as it stands at the last step, and words erased meanwhile are not in it. Nothing is
// locked between steps. Writes by any other connection make it begin anew.
//
// Threads: that of the connection. Blocking: each step reads and writes its pages; none waits for
// the disk to sync. Durability: none; whoever made the copy syncs the file.
#pragma once

#include <filesystem>
#include <memory>

#include "bot/store/sqlite.h"

struct sqlite3_backup;

namespace svar::store {

class DatabaseCopy {
 public:
  // `source` must outlive it; `to` must not exist, and is readable by its owner alone.
  static Result<DatabaseCopy, SqliteError> begin(Connection& source,
                                                 const std::filesystem::path& to);

  // Copies at most so many pages; Step::done when the copy is whole and closed. Not inside a
  // transaction of the source. After an error that is not busy() the copy is void.
  Result<Step, SqliteError> step(int pages_max);

  // As of the last step; both zero before the first.
  int pages_done() const { return pages_ - remaining_; }
  int pages() const { return pages_; }

 private:
  struct Finish {
    void operator()(sqlite3_backup* copy) const;
  };
  DatabaseCopy(Connection destination, sqlite3_backup* copy)
      : destination_(std::move(destination)), copy_(copy) {}

  std::optional<Connection> destination_;
  std::unique_ptr<sqlite3_backup, Finish> copy_;  // gone before its destination
  int pages_ = 0;
  int remaining_ = 0;
};

// Makes one file of a finished copy, without a write-ahead log beside it, and syncs it.
Result<Done, SqliteError> settle_copy(const std::filesystem::path& file);

}  // namespace svar::store
