#include "bot/service/people/argon2_hasher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

#include "tests/service/fakes.h"

namespace svar::service {
namespace {

using Clock = std::chrono::steady_clock;

// Small enough that a test takes no time.
const Argon2Hasher::Costs kCheap{.memory_bytes = 64 * 1024, .passes = 1};

std::string hash_of(PasswordHasher& hasher, fakes::ManualExecutor& executor, std::string password) {
  std::optional<std::string> hash;
  hasher.hash(std::move(password), [&](auto made) { hash = made; });
  executor.run_until([&] { return hash.has_value(); });
  return hash.value_or("");
}

Verdict verdict_on(PasswordHasher& hasher, fakes::ManualExecutor& executor,
                   const std::string& password, const std::string& hash) {
  std::optional<Verdict> verdict;
  hasher.verify(password, hash, [&](Verdict v) { verdict = v; });
  EXPECT_TRUE(executor.run_until([&] { return verdict.has_value(); }));
  return *verdict;
}

TEST(Argon2Hasher, TellsTheRightPasswordFromAWrongOne) {
  fakes::ManualExecutor executor;
  Argon2Hasher hasher(executor, kCheap);
  const auto hash = hash_of(hasher, executor, "hest-batteri-stift");
  EXPECT_EQ(hash.rfind("$argon2id$v=19$m=64,t=1,p=1$", 0), 0u) << hash;
  EXPECT_EQ(verdict_on(hasher, executor, "hest-batteri-stift", hash), Verdict::right);
  EXPECT_EQ(verdict_on(hasher, executor, "hest-batteri-stifT", hash), Verdict::wrong);
  EXPECT_EQ(verdict_on(hasher, executor, "hest-batteri-stift", ""), Verdict::wrong);
}

TEST(Argon2Hasher, HashesTheSamePasswordDifferentlyEachTime) {
  fakes::ManualExecutor executor;
  Argon2Hasher hasher(executor, kCheap);
  EXPECT_NE(hash_of(hasher, executor, "hest-batteri-stift"),
            hash_of(hasher, executor, "hest-batteri-stift"));
}

TEST(Argon2Hasher, SeesThatAHashIsCheaperThanToday) {
  fakes::ManualExecutor executor;
  Argon2Hasher cheap(executor, kCheap);
  Argon2Hasher dear(executor, {.memory_bytes = 128 * 1024, .passes = 2});
  const auto hash = hash_of(cheap, executor, "hest-batteri-stift");
  EXPECT_EQ(verdict_on(dear, executor, "hest-batteri-stift", hash), Verdict::right_but_outdated);
}

TEST(Argon2Hasher, FiftyAtOnceRunTwoByTwoWhileTheExecutorGoesOn) {
  fakes::ManualExecutor executor;
  Argon2Hasher hasher(executor);  // the real costs
  int finished = 0;
  for (int i = 0; i < 50; ++i) {
    hasher.verify("hest-batteri-stift", "", [&](Verdict v) { finished += v == Verdict::wrong; });
  }
  std::vector<std::chrono::microseconds> delays;
  while (finished < 50) {
    std::optional<Clock::duration> delay;
    executor.post([&, posted = Clock::now()] { delay = Clock::now() - posted; });
    ASSERT_TRUE(executor.run_until([&] { return delay.has_value(); }));
    delays.push_back(std::chrono::duration_cast<std::chrono::microseconds>(*delay));
    std::this_thread::yield();
  }
  EXPECT_LE(hasher.most_at_once(), 2);
  std::nth_element(delays.begin(), delays.begin() + delays.size() * 99 / 100, delays.end());
  EXPECT_LT(delays[delays.size() * 99 / 100], std::chrono::milliseconds{20});
}

TEST(Argon2Hasher, RefusesWhatDoesNotFitInTheQueue) {
  fakes::ManualExecutor executor;
  Argon2Hasher hasher(executor);
  int overloaded = 0, finished = 0;
  for (int i = 0; i < 60; ++i) {
    hasher.verify("hest-batteri-stift", "", [&](Verdict v) {
      overloaded += v == Verdict::overloaded;
      ++finished;
    });
  }
  ASSERT_TRUE(executor.run_until([&] { return finished == 60; }));
  EXPECT_GE(overloaded, 1);
  EXPECT_LE(overloaded, 10);
}

TEST(Argon2Hasher, CompletesWhatWaitsWhenItEnds) {
  fakes::ManualExecutor executor;
  int finished = 0;
  {
    Argon2Hasher hasher(executor);
    for (int i = 0; i < 10; ++i) hasher.hash("hest-batteri-stift", [&](auto) { ++finished; });
  }
  executor.run();
  EXPECT_EQ(finished, 10);
}

TEST(Argon2Hasher, AnUnknownAccountCostsTheSameTime) {
  fakes::ManualExecutor executor;
  Argon2Hasher hasher(executor);
  const auto hash = hash_of(hasher, executor, "hest-batteri-stift");
  // The process's own work, not the wall clock: the machine is shared.
  const auto median_work = [&](const std::string& against) {
    std::vector<std::clock_t> work;
    for (int i = 0; i < 9; ++i) {
      const std::clock_t begin = std::clock();
      verdict_on(hasher, executor, "feil-feil-feil", against);
      work.push_back(std::clock() - begin);
    }
    std::nth_element(work.begin(), work.begin() + 4, work.end());
    return static_cast<double>(work[4]);
  };
  const double known = median_work(hash), unknown = median_work("");
  EXPECT_LT(unknown, known * 1.6);
  EXPECT_GT(unknown, known / 1.6);
}

}  // namespace
}  // namespace svar::service
