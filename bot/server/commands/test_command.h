// svarsentral test: every rule's own examples, and the regression set.
#pragma once

#include <iosfwd>

#include "bot/server/commands/release_loading.h"

namespace svar::server {

struct TestOptions {
  ContentChoice content;
  bool json = false;
};

// Exit code: 0 all good, 1 something failed or the content can't be used.
int run_test(const TestOptions& options, Time now, std::ostream& out, std::ostream& err);

}  // namespace svar::server
