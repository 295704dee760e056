#include "bot/service/people/sign_in.h"

#include <gtest/gtest.h>

#include "bot/service/people/secrets.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

class SignInTest : public ::testing::Test {
 protected:
  SignInTest() {
    store.accounts[AgentId{"kari"}] = fakes::agent("kari");
    people = People::load(store, clock).value();
    sign_in = std::make_unique<SignIn>(*people, hasher, executor, clock);
  }

  SignInOutcome attempt(const std::string& name, const std::string& password,
                        const std::string& address = "192.0.2.7") {
    SignInOutcome outcome;
    sign_in->attempt(name, password, address, [&](SignInOutcome o) { outcome = std::move(o); });
    executor.run();
    return outcome;
  }

  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryPeopleStore store{executor};
  fakes::PlainHasher hasher{executor};
  std::unique_ptr<People> people;
  std::unique_ptr<SignIn> sign_in;
};

TEST_F(SignInTest, TheRightPasswordGivesASession) {
  const auto outcome = attempt("kari", fakes::kPassword);
  const auto* signed_in = std::get_if<SignedIn>(&outcome);
  ASSERT_TRUE(signed_in);
  EXPECT_NE(people->signed_in(key_of_token(signed_in->token)), nullptr);
}

TEST_F(SignInTest, EveryLogInGetsANewToken) {
  const auto first = attempt("kari", fakes::kPassword);
  const auto second = attempt("kari", fakes::kPassword);
  EXPECT_NE(std::get<SignedIn>(first).token, std::get<SignedIn>(second).token);
}

TEST_F(SignInTest, AWrongPasswordAndAnUnknownNameAreRefusedAlike) {
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(attempt("kari", "feil-feil-feil")));
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(attempt("ingen", fakes::kPassword)));
  EXPECT_EQ(hasher.verified, 2);  // the unknown name cost a hash as well
}

TEST_F(SignInTest, TheSixthAttemptInAMinuteWaits) {
  for (int i = 0; i < 5; ++i) attempt("kari", "feil-feil-feil");
  const auto sixth = attempt("kari", fakes::kPassword);
  const auto* throttled = std::get_if<Throttled>(&sixth);
  ASSERT_TRUE(throttled);
  EXPECT_EQ(throttled->retry_after, 1min);
  EXPECT_EQ(hasher.verified, 5);
  clock.advance(1min);
  EXPECT_TRUE(std::holds_alternative<SignedIn>(attempt("kari", fakes::kPassword)));
}

TEST_F(SignInTest, AttemptsFromElsewhereDoNotLockTheAccountOut) {
  for (int i = 0; i < 9; ++i) attempt("kari", "feil-feil-feil", "198.51.100.1");
  EXPECT_TRUE(std::holds_alternative<SignedIn>(attempt("kari", fakes::kPassword)));
}

TEST_F(SignInTest, OneAddressTryingManyNamesIsThrottled) {
  int throttled = 0;
  for (int i = 0; i < 100; ++i) {
    throttled += std::holds_alternative<Throttled>(attempt("navn" + std::to_string(i), "x"));
  }
  EXPECT_EQ(throttled, 40);
}

TEST_F(SignInTest, AnOverloadedHasherIsSaidToBeBusy) {
  hasher.overloaded = true;
  EXPECT_TRUE(std::holds_alternative<SignInUnavailable>(attempt("kari", fakes::kPassword)));
}

TEST_F(SignInTest, ASessionThatCouldNotBeStoredIsNotGiven) {
  store.failing = true;
  EXPECT_TRUE(std::holds_alternative<SignInUnavailable>(attempt("kari", fakes::kPassword)));
}

TEST_F(SignInTest, AnAccountRemovedWhileItsPasswordIsComparedStaysOut) {
  SignInOutcome outcome;
  sign_in->attempt("kari", fakes::kPassword, "192.0.2.7",
                   [&](SignInOutcome o) { outcome = std::move(o); });
  people->remove(AgentId{"kari"}, [](auto) {});
  executor.run();
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(outcome));
}

TEST_F(SignInTest, AnOutdatedHashIsRenewed) {
  Account old = fakes::agent("kari");
  old.password_hash = "old:" + fakes::kPassword;
  people->save(old, [](auto) {});
  executor.run();
  EXPECT_TRUE(std::holds_alternative<SignedIn>(attempt("kari", fakes::kPassword)));
  EXPECT_EQ(store.accounts[AgentId{"kari"}].password_hash, "plain:" + fakes::kPassword);
}

}  // namespace
}  // namespace svar::service
