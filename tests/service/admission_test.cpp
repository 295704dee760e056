// Lines before a service that is asked for more than it can do, in simulated time: each figure is
// the same in every run.
#include "bot/service/turn/admission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace svar::service {
namespace {

using namespace std::chrono_literals;
using SteadyTime = Admission::SteadyTime;
using Line = Admission::Line;

const SiteId kFlooded{"osteroy"};
const SiteId kQuiet{"fedje"};

class AdmissionTest : public testing::Test {
 protected:
  Admission make(Admission::Limits limits) {
    return Admission{limits, [this] { return now; }};
  }
  // Notes how it ended: "a", or "a shed".
  Admission::Turn noting(const std::string& name) {
    return [this, name](const Admission::Outcome& outcome) {
      const auto* shed = std::get_if<Admission::Shed>(&outcome);
      told.push_back(shed == nullptr ? name : name + " shed");
      if (shed != nullptr) retry_after = shed->retry_after;
    };
  }

  SteadyTime now{};
  std::vector<std::string> told;
  std::chrono::milliseconds retry_after{0};
};

TEST_F(AdmissionTest, LetsEverybodyInWhileThereIsRoom) {
  Admission admission = make({2, 10, 5s});
  EXPECT_TRUE(admission.enter());
  EXPECT_TRUE(admission.enter());
  EXPECT_FALSE(admission.enter());
  admission.leave();
  EXPECT_TRUE(admission.enter());
}

TEST_F(AdmissionTest, ServesALineInTheOrderItCame) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  for (const char* name : {"a", "b", "c"}) admission.wait(kFlooded, Line::of_site, noting(name));
  for (int i = 0; i < 3; ++i) admission.leave();
  EXPECT_EQ(told, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(AdmissionTest, TakesTheSitesInTurnHoweverLongTheirLinesAre) {
  Admission admission = make({1, 100, 5s});
  ASSERT_TRUE(admission.enter());
  for (int i = 0; i < 5; ++i) admission.wait(kFlooded, Line::of_site, noting("flood"));
  admission.wait(kQuiet, Line::of_site, noting("quiet"));
  admission.wait(SiteId{"gulen"}, Line::of_site, noting("gulen"));
  for (int i = 0; i < 4; ++i) admission.leave();
  EXPECT_EQ(told, (std::vector<std::string>{"flood", "quiet", "gulen", "flood"}));
}

TEST_F(AdmissionTest, LetsNobodyPassThoseWhoWait) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  bool passed = false;
  admission.wait(kFlooded, Line::of_site, [&](const auto&) { passed = admission.enter(); });
  admission.wait(kFlooded, Line::of_site, noting("b"));
  admission.leave();
  EXPECT_FALSE(passed);
}

TEST_F(AdmissionTest, ServesWhatIsWrittenToAPersonFirst) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  admission.wait(kFlooded, Line::of_site, noting("to the bot"));
  admission.wait(kFlooded, Line::of_person, noting("to a person"));
  admission.leave();
  EXPECT_EQ(told, (std::vector<std::string>{"to a person"}));
}

TEST_F(AdmissionTest, MakesRoomInAFullHouseAtTheCostOfTheLongestLine) {
  Admission admission = make({1, 3, 5s});
  ASSERT_TRUE(admission.enter());
  for (const char* name : {"f1", "f2", "f3"}) {
    admission.wait(kFlooded, Line::of_site, noting(name));
  }
  admission.wait(kQuiet, Line::of_site, noting("q1"));
  EXPECT_EQ(told, (std::vector<std::string>{"f3 shed"}));
  admission.wait(kFlooded, Line::of_site, noting("f4"));
  EXPECT_EQ(told.back(), "f4 shed");
  admission.wait(kQuiet, Line::of_person, noting("p1"));
  EXPECT_EQ(told.back(), "f2 shed");
  EXPECT_EQ(admission.counters().waiting, 3u);
}

TEST_F(AdmissionTest, KeepsWhoWritesToAPersonEvenWhenOnlySuchOnesWait) {
  Admission admission = make({1, 1, 5s});
  ASSERT_TRUE(admission.enter());
  admission.wait(kQuiet, Line::of_person, noting("p1"));
  admission.wait(kFlooded, Line::of_site, noting("f1"));
  admission.wait(kQuiet, Line::of_person, noting("p2"));
  EXPECT_EQ(told, (std::vector<std::string>{"f1 shed", "p2 shed"}));
}

TEST_F(AdmissionTest, TellsToComeBackLaterTheLongerTheLineStands) {
  Admission admission = make({1, 2, 60s});
  ASSERT_TRUE(admission.enter());
  for (const char* name : {"a", "b", "c"}) admission.wait(kFlooded, Line::of_site, noting(name));
  EXPECT_EQ(retry_after, 1s);
  now += 4s;
  admission.wait(kFlooded, Line::of_site, noting("d"));
  EXPECT_EQ(retry_after, 8s);
  now += 30s;
  admission.wait(kFlooded, Line::of_site, noting("e"));
  EXPECT_EQ(retry_after, 15s);
}

TEST_F(AdmissionTest, ShedsWhoHasWaitedTooLongAlsoWhenNothingMoves) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  admission.wait(kFlooded, Line::of_site, noting("early"));
  now += 3s;
  admission.wait(kFlooded, Line::of_site, noting("late"));
  now += 2'001ms;
  admission.sweep();
  EXPECT_EQ(told, (std::vector<std::string>{"early shed"}));
  admission.leave();
  EXPECT_EQ(told.back(), "late");
}

TEST_F(AdmissionTest, ServesNobodyWhoseTimeHasPassed) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  for (const char* name : {"a", "b"}) admission.wait(kFlooded, Line::of_site, noting(name));
  now += 6s;
  admission.wait(kQuiet, Line::of_site, noting("c"));
  admission.leave();
  EXPECT_EQ(told, (std::vector<std::string>{"a shed", "b shed", "c"}));
}

// What is refused at once, an empty message, leaves inside its own turn; ten thousand of them must
// not pile up calls.
TEST_F(AdmissionTest, TakesTenThousandWhoLeaveAtOnceWithoutDeepCalls) {
  Admission admission = make({1, 20'000, 5s});
  ASSERT_TRUE(admission.enter());
  int depth = 0, deepest = 0, served = 0;
  for (int i = 0; i < 10'000; ++i) {
    admission.wait(kFlooded, Line::of_site, [&](const Admission::Outcome&) {
      deepest = std::max(deepest, ++depth);
      ++served;
      admission.leave();
      --depth;
    });
  }
  admission.leave();
  EXPECT_EQ(served, 10'000);
  EXPECT_EQ(deepest, 1);
  EXPECT_EQ(admission.counters().in_service, 0u);
}

TEST_F(AdmissionTest, ShedsEverybodyWhenItCloses) {
  Admission admission = make({1, 10, 5s});
  ASSERT_TRUE(admission.enter());
  admission.wait(kFlooded, Line::of_site, noting("a"));
  admission.close();
  admission.wait(kQuiet, Line::of_site, noting("b"));
  EXPECT_FALSE(admission.enter());
  EXPECT_EQ(told, (std::vector<std::string>{"a shed", "b shed"}));
}

TEST_F(AdmissionTest, CountsBySite) {
  Admission admission = make({1, 2, 5s});
  ASSERT_TRUE(admission.enter());
  for (int i = 0; i < 3; ++i) admission.wait(kFlooded, Line::of_site, noting("f"));
  admission.leave();
  const auto counters = admission.counters();
  ASSERT_EQ(counters.sites.size(), 2u);
  EXPECT_EQ(counters.sites[1].site, kFlooded);
  EXPECT_EQ(counters.sites[1].waiting, 1u);
  EXPECT_EQ(counters.sites[1].waited, 1u);
  EXPECT_EQ(counters.sites[1].shed, 1u);
  EXPECT_EQ(counters.in_service, 1u);
}

// A service that does one input a millisecond behind a first-come store. For ten seconds 64 inputs
// a millisecond come from one site and one every 20 ms from another.
struct Flood {
  std::vector<std::chrono::milliseconds> quiet_waits;  // from asking to the answer
  int quiet_shed = 0;
  int flood_served = 0;
  int flood_shed = 0;
};

Flood flood(Admission::Limits limits) {
  SteadyTime now{};
  Admission admission{limits, [&] { return now; }};
  std::deque<std::function<void()>> store;
  Flood result;
  const auto ask = [&](const SiteId& site, std::function<void()> served, int& shed) {
    if (admission.enter()) return store.push_back(std::move(served));
    admission.wait(site, Line::of_site, [&store, &shed, served](const Admission::Outcome& outcome) {
      if (std::holds_alternative<Admission::Admitted>(outcome)) return store.push_back(served);
      ++shed;
    });
  };
  for (int ms = 0; ms < 10'000; ++ms, now += 1ms) {
    for (int i = 0; i < 64; ++i) {
      ask(
          kFlooded, [&] { ++result.flood_served; }, result.flood_shed);
    }
    if (ms % 20 == 0) {
      const SteadyTime asked = now;
      const auto served = [&, asked] {
        result.quiet_waits.push_back(
            std::chrono::duration_cast<std::chrono::milliseconds>(now - asked));
      };
      ask(kQuiet, served, result.quiet_shed);
    }
    if (store.empty()) continue;
    const auto first = std::move(store.front());
    store.pop_front();
    first();
    admission.leave();
  }
  std::sort(result.quiet_waits.begin(), result.quiet_waits.end());
  return result;
}

std::chrono::milliseconds p99(const Flood& result) {
  return result.quiet_waits[result.quiet_waits.size() * 99 / 100];
}

TEST(AdmissionUnderAFlood, KeepsTheOtherSitesAnswersQuickAndTheServiceBusy) {
  const Flood result = flood({64, 10'000, 5s});
  EXPECT_EQ(result.quiet_shed, 0);
  EXPECT_GE(result.quiet_waits.size(), 490u);
  EXPECT_LE(p99(result), 70ms);  // what is in service, and one
  EXPECT_GE(result.flood_served, 9'400);
  EXPECT_GE(result.flood_shed, 500'000);
}

// The control: with nothing but the store's own line the quiet site waits behind the flood.
TEST(AdmissionUnderAFlood, WouldBeCaughtWithoutLines) {
  const Flood result = flood({10'000'000, 10'000, 5s});
  EXPECT_LT(result.quiet_waits.size(), 50u);
  EXPECT_GT(p99(result), 5s);
}

}  // namespace
}  // namespace svar::service
