// svarsentral backup: a verified copy of the data folder, whether a service runs or not.
#pragma once

#include <iosfwd>
#include <string>

#include "bot/domain/time.h"
#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct BackupOptions {
  DataChoice data;
  std::string to;  // the folder of backups; backup.path when it is empty
  bool json = false;
};

// Exit code: 0 made and verified, 1 not made, 2 misuse (no place named, faults in the
// configuration).
int run_backup(const BackupOptions& options, Time now, std::ostream& out, std::ostream& err);

}  // namespace svar::server
