#include "bot/service/timers/clock_jumps.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kJumpsMax = 64;  // a clock that jumps more often is one long jump

}  // namespace

void ClockJumps::observe(const Clock& clock) {
  const Reading now{clock.now(), clock.steady()};
  const auto before = std::exchange(last_, now);
  if (!before) return;
  const auto passed = std::chrono::duration_cast<milliseconds>(now.steady - before->steady);
  const milliseconds jumped = (now.wall - before->wall) - passed;
  if (jumped <= -kJumpMin) take_back(-jumped);
  if (jumped < kJumpMin) return;
  jumps_.push_back({now.steady, jumped});
  if (jumps_.size() <= kJumpsMax) return;
  jumps_[1].ahead += jumps_[0].ahead;
  jumps_.erase(jumps_.begin());
}

void ClockJumps::take_back(milliseconds back) {
  while (back.count() > 0 && !jumps_.empty()) {
    const milliseconds taken = std::min(back, jumps_.back().ahead);
    jumps_.back().ahead -= taken;
    back -= taken;
    if (jumps_.back().ahead.count() == 0) jumps_.pop_back();
  }
}

Time ClockJumps::begin_of_last(milliseconds span, const Clock& clock) const {
  Time begin = clock.now() - span;
  for (const Jump& jump : jumps_) {
    if (clock.steady() - jump.at < span) begin -= jump.ahead;
  }
  return begin;
}

}  // namespace svar::service
