// What holds whatever the wall clock does, promise by promise, as functions over a clock that
// jumps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/proofs/clock/jumping_clock.h"

namespace svar::proofs {

// How the promise was broken; nothing when it was kept.
using Fault = std::optional<std::string>;

struct ClockPromise {
  const char* sentence;
  Fault (*keep)(JumpingClock& clock);
  // Whether it hangs on durations: then the control, which measures them by the wall clock, must
  // break it.
  bool hangs_on_durations;
};

// Of the people who sign in, and of the web chat's limits and codes.
std::vector<ClockPromise> promises_of_access();
// Of the conversations, what sweeps them, and the queue.
std::vector<ClockPromise> promises_of_conversations();

}  // namespace svar::proofs
