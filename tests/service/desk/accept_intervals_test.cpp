#include "bot/service/desk/accept_intervals.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using std::chrono::minutes;
using Range = std::optional<std::pair<int, int>>;

const MunicipalityId kGulen{"gulen"};
const MunicipalityId kOsteroy{"osteroy"};
const Rights kAll{{Role::agent, std::nullopt}};
const Rights kOnlyGulen{{Role::agent, kGulen}};

class Intervals : public ::testing::Test {
 protected:
  void accept(std::initializer_list<int> after_minutes, const Rights& rights = kAll) {
    for (const int after : after_minutes) {
      now += minutes{after};
      intervals.accepted(rights, now);
    }
  }
  SteadyTime now{std::chrono::hours{100}};
  AcceptIntervals intervals;
};

TEST_F(Intervals, FewerThanFiveTellNothing) {
  accept({0, 3, 3, 3, 3});
  EXPECT_EQ(intervals.minutes(kGulen, 1, now), Range());
  accept({3});
  EXPECT_EQ(intervals.minutes(kGulen, 1, now), Range({3, 3}));
}

TEST_F(Intervals, ThePlaceTimesTheMedianAndTheNinetiethPercentile) {
  accept({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_EQ(intervals.minutes(kGulen, 1, now), Range({5, 9}));
  EXPECT_EQ(intervals.minutes(kGulen, 3, now), Range({15, 27}));
}

TEST_F(Intervals, OnlyTheLatestTwentyCount) {
  accept({0, 30});
  for (int i = 0; i < 20; ++i) accept({2});
  EXPECT_EQ(intervals.minutes(kGulen, 1, now), Range({2, 2}));
}

TEST_F(Intervals, WhatIsOlderThanTwoHoursDoesNotCount) {
  accept({0, 5, 5, 5, 5, 5});
  EXPECT_TRUE(intervals.minutes(kGulen, 1, now + minutes{90}));
  EXPECT_FALSE(intervals.minutes(kGulen, 1, now + minutes{121}));
}

TEST_F(Intervals, OnlyAgentsWithTheRightCount) {
  accept({0, 4, 4, 4, 4, 4}, kOnlyGulen);
  EXPECT_EQ(intervals.minutes(kGulen, 1, now), Range({4, 4}));
  EXPECT_EQ(intervals.minutes(kOsteroy, 1, now), Range());
}

}  // namespace
}  // namespace svar::service
