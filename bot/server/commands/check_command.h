// svarsentral check: validates the content folder.
#pragma once

#include <iosfwd>

#include "bot/server/commands/release_loading.h"

namespace svar::server {

struct CheckOptions {
  ContentChoice content;
  bool json = false;
  bool matrix = false;  // also what is known of each municipality, value by value
};

// Exit code: 0 without errors (warnings may stand), 1 with errors, 2 misuse.
int run_check(const CheckOptions& options, Time now, std::ostream& out, std::ostream& err);

}  // namespace svar::server
