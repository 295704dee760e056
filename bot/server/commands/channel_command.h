// svarsentral channel check: what is attached, reachable, subscribed and expiring.
#pragma once

#include <iosfwd>

#include "bot/domain/time.h"
#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct ChannelOptions {
  DataChoice data;  // of it, config and set
  bool json = false;
};

// Asks the platforms and waits, ten seconds a call at most; changes nothing there or here. The
// service may run. Exit code: 0 no fault (or no account), 1 faults, 2 misuse (faults in the
// configuration).
int run_channel_check(const ChannelOptions& options, Time now, std::ostream& out,
                      std::ostream& err);

}  // namespace svar::server
