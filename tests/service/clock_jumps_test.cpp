#include "bot/service/timers/clock_jumps.h"

#include <gtest/gtest.h>

#include "tests/service/fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

class ClockJumpsTest : public testing::Test {
 protected:
  ClockJumpsTest() { jumps.observe(clock); }
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    jumps.observe(clock);
  }
  void jump(std::chrono::milliseconds by) {
    clock.jump(by);
    jumps.observe(clock);
  }

  const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h};
  fakes::ManualClock clock{noon};
  ClockJumps jumps;
};

TEST_F(ClockJumpsTest, WithoutAJumpASpanBeginsThatLongAgo) {
  pass(2h);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), noon + 90min);
}

TEST_F(ClockJumpsTest, AJumpAheadMakesNothingOlderThanItIs) {
  jump(24h);
  pass(29min);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), noon - 1min);
}

TEST_F(ClockJumpsTest, AJumpIsForgottenWhenTheSpanBeganAfterIt) {
  jump(24h);
  pass(30min);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), clock.now() - 30min);
  EXPECT_EQ(jumps.begin_of_last(31min, clock), clock.now() - 31min - 24h);
}

TEST_F(ClockJumpsTest, AJumpBackTakesBackWhatJumpedAhead) {
  jump(24h);
  pass(1min);
  jump(-23h);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), clock.now() - 30min - 1h);
  jump(-1h);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), clock.now() - 30min);
}

TEST_F(ClockJumpsTest, AJumpBackMakesNothingOlder) {
  jump(-1h);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), clock.now() - 30min);
}

TEST_F(ClockJumpsTest, CorrectionsOfLessThanASecondAreNoJumps) {
  for (int i = 0; i < 100; ++i) jump(900ms);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), clock.now() - 30min);
}

TEST_F(ClockJumpsTest, ManyJumpsAreRememberedTogether) {
  for (int i = 0; i < 200; ++i) jump(1min);
  EXPECT_EQ(jumps.begin_of_last(30min, clock), noon - 30min);
}

}  // namespace
}  // namespace svar::service
