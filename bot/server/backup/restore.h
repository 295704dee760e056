// A backup becomes a data folder again, without the words that were erased after it was made.
//
// Everything is copied, erased anew, verified and synced in a folder of its own («restoring»)
// inside the data folder; only then the old files go aside and the new ones take their places. A
// crash before that leaves the old data as it was; one in the middle of the moves leaves a mark
// («restore-unfinished»), with which no service starts until the restore was done again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/server/backup/backup.h"
#include "bot/server/backup/durable_files.h"
#include "bot/store/erasure_replay.h"

namespace svar::server {

inline constexpr const char* kRestoring = "restoring";
inline constexpr const char* kUnfinished = "restore-unfinished";
inline constexpr const char* kReplaced =
    "replaced-";  // the old data, with the time: «replaced-2026…»

struct RestoreRequest {
  std::filesystem::path from;  // a backup
  std::filesystem::path data;  // made when it isn't there
  // Lists of erasures beside those that are found by themselves: beside the backup, and in `data`.
  std::vector<std::filesystem::path> erasure_lists;
  enum class Existing { refuse, put_aside } existing = Existing::refuse;  // data that is there
  enum class NoList { refuse, accept } no_list = NoList::refuse;  // no list but the backup's own
  Time now;
};

struct Restored {
  Manifest manifest;
  std::int64_t erasures_listed = 0;
  store::Replayed replayed;
  std::filesystem::path replaced;  // where the old data is; empty when there was none
  std::vector<std::string> notes;  // what the operator should know
};

// Blocks. Refuses while a service runs on the data folder. A failure before the moves changes
// nothing.
Result<Restored, BackupFailure> restore_backup(const RestoreRequest& request,
                                               const BackupProgress& progress);

// Why nobody may serve from this folder: a restore stopped between its moves.
Fault interrupted_restore(const std::filesystem::path& data);

}  // namespace svar::server
