#include "bot/service/people/sign_in_throttle.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1'000h};

int attempts_until_blocked(SignInThrottle& throttle, const std::string& key, SteadyTime now) {
  int count = 0;
  while (count < 1'000 && throttle.attempt(key, now) == 0ms) ++count;
  return count;
}

TEST(SignInThrottle, AllowsFiveAttemptsAMinute) {
  SignInThrottle throttle({});
  EXPECT_EQ(attempts_until_blocked(throttle, "kari", kStart), 5);
  EXPECT_EQ(attempts_until_blocked(throttle, "ola", kStart), 5);
}

TEST(SignInThrottle, SlowAttemptsAreNeverBlocked) {
  SignInThrottle throttle({});
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(throttle.attempt("kari", kStart + i * 15s), 0ms);
  }
}

TEST(SignInThrottle, TheDelayDoublesUpToAQuarterOfAnHour) {
  SignInThrottle throttle({});
  SteadyTime now = kStart;
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
  attempts_until_blocked(throttle, "kari", kStart);
  const SteadyTime later = kStart + 1h;
  attempts_until_blocked(throttle, "kari", later);
  EXPECT_EQ(throttle.attempt("kari", later), 1min);
}

TEST(SignInThrottle, ForgetsTheLongestUnusedKeyWhenFull) {
  SignInThrottle throttle({.keys_max = 3});
  for (int i = 0; i < 3; ++i) {
    attempts_until_blocked(throttle, std::to_string(i), kStart + i * 1ms);
  }
  EXPECT_EQ(throttle.attempt("new", kStart + 5ms), 0ms);
  EXPECT_GT(throttle.attempt("2", kStart + 5ms), 0ms);
  EXPECT_EQ(throttle.attempt("0", kStart + 6ms), 0ms);
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
