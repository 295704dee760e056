#include "bot/service/people/sign_in_throttle.h"

#include <gtest/gtest.h>

#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

int attempts_until_blocked(SignInThrottle& throttle, const std::string& key, Time now) {
  int count = 0;
  while (count < 1'000 && throttle.attempt(key, now) == 0ms) ++count;
  return count;
}

TEST(SignInThrottle, AllowsFiveAttemptsAMinute) {
  SignInThrottle throttle({});
  EXPECT_EQ(attempts_until_blocked(throttle, "kari", fakes::kMonday), 5);
  EXPECT_EQ(attempts_until_blocked(throttle, "ola", fakes::kMonday), 5);
}

TEST(SignInThrottle, SlowAttemptsAreNeverBlocked) {
  SignInThrottle throttle({});
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(throttle.attempt("kari", fakes::kMonday + i * 15s), 0ms);
  }
}

TEST(SignInThrottle, TheDelayDoublesUpToAQuarterOfAnHour) {
  SignInThrottle throttle({});
  Time now = fakes::kMonday;
  std::vector<std::chrono::milliseconds> delays;
  for (int block = 0; block < 6; ++block) {
    attempts_until_blocked(throttle, "kari", now);
    const auto delay = throttle.attempt("kari", now);
    delays.push_back(delay);
    EXPECT_GT(throttle.attempt("kari", now + delay - 1ms), 0ms);
    now += delay;
  }
  EXPECT_EQ(delays, (std::vector<std::chrono::milliseconds>{1min, 2min, 4min, 8min, 15min, 15min}));
}

TEST(SignInThrottle, AQuietKeyBeginsAnew) {
  SignInThrottle throttle({});
  attempts_until_blocked(throttle, "kari", fakes::kMonday);
  const Time later = fakes::kMonday + 1h;
  attempts_until_blocked(throttle, "kari", later);
  EXPECT_EQ(throttle.attempt("kari", later), 1min);
}

TEST(SignInThrottle, ForgetsTheLongestUnusedKeyWhenFull) {
  SignInThrottle throttle({.keys_max = 3});
  for (int i = 0; i < 3; ++i) {
    attempts_until_blocked(throttle, std::to_string(i), fakes::kMonday + i * 1ms);
  }
  EXPECT_EQ(throttle.attempt("new", fakes::kMonday + 5ms), 0ms);
  EXPECT_GT(throttle.attempt("2", fakes::kMonday + 5ms), 0ms);
  EXPECT_EQ(throttle.attempt("0", fakes::kMonday + 6ms), 0ms);
}

TEST(NetworkOf, ReducesAnAddressToWhatASenderCanNotChoose) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
  EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
  EXPECT_EQ(network_of("nonsense"), "nonsense");
}

}  // namespace
}  // namespace svar::service
