// svarsentral restore: a data folder from a backup, without what was erased since.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "bot/domain/time.h"
#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct RestoreOptions {
  DataChoice data;  // where to
  std::string from;
  std::vector<std::string> erasures;  // further lists
  bool force = false;
  bool without_erasures = false;
  bool json = false;
};

// Exit code: 0 restored and verified, 1 not restored, 2 misuse (faults in the configuration).
int run_restore(const RestoreOptions& options, Time now, std::ostream& out, std::ostream& err);

}  // namespace svar::server
