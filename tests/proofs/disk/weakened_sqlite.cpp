#include "tests/proofs/disk/weakened_sqlite.h"

#include <sqlite3.h>

#include <cstring>

namespace svar::proofs {
namespace {

constexpr int kCheckpointing = 3;  // which connection of the store it is

WeakenedSqlite::Which weak = WeakenedSqlite::Which::none;
int opened = 0;

int pass_over_synchronous(void*, int action, const char* pragma, const char*, const char*,
                          const char*) {
  const bool about_syncs = action == SQLITE_PRAGMA && std::strcmp(pragma, "synchronous") == 0;
  return about_syncs ? SQLITE_IGNORE : SQLITE_OK;
}

int weaken(sqlite3* database, const char**, const void*) {
  ++opened;
  if (weak == WeakenedSqlite::Which::checkpointing && opened != kCheckpointing) return SQLITE_OK;
  const int code = sqlite3_exec(database, "PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return code;
  return sqlite3_set_authorizer(database, pass_over_synchronous, nullptr);
}

}  // namespace

WeakenedSqlite::WeakenedSqlite(Which which) {
  weak = which;
  opened = 0;
  if (which != Which::none) sqlite3_auto_extension(reinterpret_cast<void (*)()>(weaken));
}

WeakenedSqlite::~WeakenedSqlite() {
  sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(weaken));
}

}  // namespace svar::proofs
