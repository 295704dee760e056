// How far the wall clock jumped ahead lately, so that what is stored with its times is not judged
// older than it is.
//
// What was stored before a jump ahead seems older afterwards by the jump; what is stored after it
// does not. Whoever asks how the clock stood some span ago is therefore told a time before the jump
// for as long as that span still reaches back behind the jump: then both are judged by what really
// passed. A jump back makes things seem younger, which closes and erases them late, never early: it
// only takes back what jumped ahead before. Jumps are seen within this process alone.
//
// Threads: one.
#pragma once

#include <optional>
#include <vector>

#include "bot/service/turn/clock.h"

namespace svar::service {

class ClockJumps {
 public:
  // Compares the two clocks; called about once a second. What makes up less than kJumpMin between
  // two calls is the ordinary correction of a clock.
  static constexpr std::chrono::milliseconds kJumpMin{1'000};
  void observe(const Clock& clock);

  // The time stored by what happened just `span` ago, or an earlier one: what is stored with a time
  // after it is younger.
  Time begin_of_last(std::chrono::milliseconds span, const Clock& clock) const;

 private:
  struct Jump {
    SteadyTime at;
    std::chrono::milliseconds ahead;
  };
  struct Reading {
    Time wall;
    SteadyTime steady;
  };
  void take_back(std::chrono::milliseconds back);

  std::optional<Reading> last_;
  std::vector<Jump> jumps_;  // oldest first
};

}  // namespace svar::service
