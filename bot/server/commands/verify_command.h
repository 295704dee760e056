// svarsentral verify: proves a data folder, or a backup, against itself.
#pragma once

#include <iosfwd>

#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct VerifyOptions {
  DataChoice data;
  bool json = false;
};

// Exit code: 0 everything fits, 1 findings, 2 misuse (no log there, faults in the configuration).
int run_verify(const VerifyOptions& options, std::ostream& out, std::ostream& err);

}  // namespace svar::server
