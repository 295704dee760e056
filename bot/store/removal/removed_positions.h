// Which positions of the log are empty because their conversation was removed. Kept as ranges,
// which grow together: in the end one range says that all up to some position is gone.
//
// Threads: one. Blocking: all of it.
#pragma once

#include <cstdint>

#include "bot/store/sqlite.h"

namespace svar::store {

class RemovedPositions {
 public:
  // `connection` must outlive it and hold the schema.
  static Result<RemovedPositions, SqliteError> open(Connection& connection);

  // Inside a transaction. `position` was not added before.
  Result<Done, SqliteError> add(std::int64_t position);

 private:
  RemovedPositions() = default;
  Statement find_before_, find_at_, insert_, remove_, move_end_;
};

}  // namespace svar::store
