#include "bot/service/people/people.h"

#include <gtest/gtest.h>

#include "bot/service/people/secrets.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

class PeopleTest : public ::testing::Test {
 protected:
  PeopleTest() {
    store.accounts[AgentId{"kari"}] = fakes::agent("kari");
    restart();
  }
  void restart() { people = People::load(store, clock).value(); }

  SessionKey signed_in_as(const std::string& name) {
    SessionKey key;
    people->start_session(AgentId{name}, "", [&](auto token) { key = key_of_token(*token); });
    executor.run();
    return key;
  }

  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryPeopleStore store{executor};
  std::unique_ptr<People> people;
};

TEST_F(PeopleTest, ASessionBelongsToItsAccount) {
  const auto key = signed_in_as("kari");
  ASSERT_NE(people->signed_in(key), nullptr);
  EXPECT_EQ(people->signed_in(key)->name.value, "kari");
}

TEST_F(PeopleTest, ASessionNobodyStartedIsNobodys) {
  EXPECT_EQ(people->signed_in(key_of_token("guess")), nullptr);
}

TEST_F(PeopleTest, ASessionEndsAfterHalfAnHourWithoutUse) {
  const auto key = signed_in_as("kari");
  clock.advance(29min);
  EXPECT_NE(people->signed_in(key), nullptr);
  people->touch(key);
  clock.advance(29min);
  EXPECT_NE(people->signed_in(key), nullptr);
  clock.advance(1min);
  EXPECT_EQ(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, ASessionEndsAfterTwelveHoursHoweverItIsUsed) {
  const auto key = signed_in_as("kari");
  for (auto at = 0min; at < 12h - 10min; at += 10min) {
    clock.advance(10min);
    people->touch(key);
    ASSERT_NE(people->signed_in(key), nullptr);
  }
  clock.advance(10min);
  people->touch(key);
  EXPECT_EQ(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, TouchingAnEndedSessionDoesNotReviveIt) {
  const auto key = signed_in_as("kari");
  clock.advance(31min);
  people->touch(key);
  EXPECT_EQ(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, AgesSessionsByWhatPassedWhateverTheWallClockSays) {
  const auto key = signed_in_as("kari");
  clock.jump(24h);
  EXPECT_NE(people->signed_in(key), nullptr);
  clock.jump(-48h);
  clock.advance(29min);
  EXPECT_NE(people->signed_in(key), nullptr);
  clock.advance(1min);
  EXPECT_EQ(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, ARestartWithAClockSetBackProlongsNoSession) {
  const auto key = signed_in_as("kari");
  clock.jump(-1h);
  restart();
  EXPECT_EQ(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, SessionsSurviveARestart) {
  const auto key = signed_in_as("kari");
  clock.advance(10min);
  people->touch(key);
  executor.run();
  restart();
  clock.advance(29min);
  EXPECT_NE(people->signed_in(key), nullptr);
}

TEST_F(PeopleTest, UseIsWrittenAtMostOnceAMinute) {
  const auto key = signed_in_as("kari");
  const int before = store.session_writes;
  for (int second = 0; second < 120; ++second) {
    clock.advance(1s);
    people->touch(key);
  }
  executor.run();
  EXPECT_EQ(store.session_writes, before + 2);
}

TEST_F(PeopleTest, RemovingAnAccountEndsItsSessionsAtOnce) {
  const auto key = signed_in_as("kari");
  people->remove(AgentId{"kari"}, [](auto) {});
  EXPECT_EQ(people->signed_in(key), nullptr);
  executor.run();
  EXPECT_TRUE(store.sessions.empty());
}

TEST_F(PeopleTest, ChangedRightsHoldForRunningSessions) {
  const auto key = signed_in_as("kari");
  people->save(fakes::agent("kari", {MunicipalityId{"modalen"}}), [](auto) {});
  executor.run();
  EXPECT_FALSE(people->signed_in(key)->may_see(MunicipalityId{"osteroy"}));
  EXPECT_TRUE(people->signed_in(key)->may_see(MunicipalityId{"modalen"}));
}

TEST_F(PeopleTest, AnAccountThatCouldNotBeStoredIsNotInForce) {
  store.failing = true;
  std::optional<PeopleError> error;
  people->save(fakes::agent("ola"), [&](auto e) { error = e; });
  executor.run();
  EXPECT_TRUE(error);
  EXPECT_EQ(people->account(AgentId{"ola"}), nullptr);
}

TEST_F(PeopleTest, TheLongestUnusedSessionEndsWhenAnAccountHasTooMany) {
  const auto first = signed_in_as("kari");
  SessionKey last;
  for (int i = 0; i < 20; ++i) {
    clock.advance(1s);
    last = signed_in_as("kari");
  }
  EXPECT_EQ(people->signed_in(first), nullptr);
  EXPECT_NE(people->signed_in(last), nullptr);
}

TEST_F(PeopleTest, TheSweepForgetsEndedSessionsDurably) {
  signed_in_as("kari");
  clock.advance(31min);
  people->sweep();
  executor.run();
  EXPECT_TRUE(store.sessions.empty());
}

TEST_F(PeopleTest, TheStoreNeverHoldsTheToken) {
  std::string token;
  people->start_session(AgentId{"kari"}, "", [&](auto result) { token = *result; });
  executor.run();
  ASSERT_EQ(store.sessions.size(), 1u);
  EXPECT_EQ(store.sessions.begin()->first.value.find(token), std::string::npos);
  EXPECT_EQ(token.size(), 43u);
}

TEST(AccountNames, AreLowerCaseAndShort) {
  EXPECT_TRUE(is_account_name("kari.nordmann-2"));
  for (const char* bad : {"", "Kari", "kari nordmann", "kåre", "a\nb"}) {
    EXPECT_FALSE(is_account_name(bad)) << bad;
  }
  EXPECT_FALSE(is_account_name(std::string(65, 'a')));
}

TEST(Passwords, HaveTwelveCodePointsOrMore) {
  EXPECT_FALSE(is_acceptable_password("elleve-tegn"));
  EXPECT_TRUE(is_acceptable_password("tolv-tegn-er"));
  EXPECT_FALSE(is_acceptable_password("ææææææ"));  // twelve bytes, six letters
  EXPECT_FALSE(is_acceptable_password(std::string(1'025, 'a')));
}

}  // namespace
}  // namespace svar::service
