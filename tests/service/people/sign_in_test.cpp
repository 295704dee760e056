#include "bot/service/people/sign_in.h"

#include <gtest/gtest.h>

#include "bot/service/people/secrets.h"
#include "bot/service/people/totp.h"
#include "tests/service/people/people_fakes.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;

class SignInTest : public ::testing::Test {
 protected:
  SignInTest() {
    store.accounts[AgentId{"kari"}] = fakes::agent("kari");
    people = People::load(store, clock).value();
    sign_in = std::make_unique<SignIn>(*people, hasher, audit, executor, clock);
  }

  SignInOutcome attempt(const std::string& name, const std::string& password,
                        const std::string& address = "192.0.2.7", const std::string& code = "") {
    SignInOutcome outcome;
    sign_in->attempt({name, password, code, "Firefox, Linux"}, address,
                     [&](SignInOutcome o) { outcome = std::move(o); });
    executor.run();
    return outcome;
  }

  fakes::ManualClock clock{fakes::kMonday};
  fakes::ManualExecutor executor;
  fakes::MemoryPeopleStore store{executor};
  fakes::PlainHasher hasher{executor};
  fakes::MemoryAuditStore audit_store{executor};
  AuditTrail audit{audit_store, clock};
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
  sign_in->attempt({"kari", fakes::kPassword, "", ""}, "192.0.2.7",
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

TEST_F(SignInTest, ADisabledAccountIsRefusedLikeAWrongPassword) {
  people->change(
      AgentId{"kari"}, [](Account& kari) { kari.disabled = true; }, [](auto) {});
  executor.run();
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(attempt("kari", fakes::kPassword)));
}

TEST_F(SignInTest, APasswordMadeVoidWhileItIsComparedLetsNobodyIn) {
  SignInOutcome outcome;
  sign_in->attempt({"kari", fakes::kPassword, "", ""}, "192.0.2.7",
                   [&](SignInOutcome o) { outcome = std::move(o); });
  people->change(
      AgentId{"kari"}, [](Account& kari) { kari.password_hash.clear(); }, [](auto) {});
  executor.run();
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(outcome));
}

TEST_F(SignInTest, EveryLogInIsInTheAuditLogWithoutTheNameThatNobodyHas) {
  attempt("kari", fakes::kPassword);
  attempt("kari", "feil-feil-feil");
  attempt("eit passord i feil felt", "x");
  ASSERT_EQ(audit_store.entries.size(), 3u);
  EXPECT_EQ(audit_store.entries[0].kind, AuditKind::signed_in);
  EXPECT_EQ(audit_store.entries[0].who, AgentId{"kari"});
  EXPECT_TRUE(audit_store.entries[0].scope.everybody);
  EXPECT_EQ(audit_store.entries[1].kind, AuditKind::sign_in_failed);
  EXPECT_EQ(audit_store.entries[1].why, "password");
  EXPECT_EQ(audit_store.entries[2].who, AgentId{});
  EXPECT_EQ(audit_store.entries[2].why, "unknown_name");
}

TEST_F(SignInTest, ALogInThatCouldNotBeLoggedIsNotGiven) {
  audit_store.failing = true;
  EXPECT_TRUE(std::holds_alternative<SignInUnavailable>(attempt("kari", fakes::kPassword)));
}

// ---- The second factor

class SecondFactorTest : public SignInTest {
 protected:
  SecondFactorTest() {
    const Totp totp{kSecret, 0, {recovery_digest("abcd-efgh-jkmn-pqrs", AgentId{"kari"})}};
    people->change(
        AgentId{"kari"}, [&](Account& kari) { kari.totp = totp; }, [](auto) {});
    executor.run();
  }
  std::string code() const { return totp_code(kSecret, totp_step(clock.now())); }
  SignInOutcome with_code(const std::string& code) {
    return attempt("kari", fakes::kPassword, "192.0.2.7", code);
  }
  const std::string kSecret = "12345678901234567890";
};

TEST_F(SecondFactorTest, ThePasswordAloneIsNotEnough) {
  EXPECT_TRUE(std::holds_alternative<CodeWanted>(attempt("kari", fakes::kPassword)));
  EXPECT_TRUE(std::holds_alternative<WrongLogin>(attempt("kari", "feil-feil-feil", "a", code())));
  EXPECT_TRUE(store.sessions.empty());
  EXPECT_TRUE(std::holds_alternative<SignedIn>(with_code(code())));
}

TEST_F(SecondFactorTest, ACodeIsAcceptedOnce) {
  EXPECT_TRUE(std::holds_alternative<SignedIn>(with_code(code())));
  EXPECT_TRUE(std::holds_alternative<WrongCode>(with_code(code())));
  EXPECT_EQ(store.accounts[AgentId{"kari"}].totp->last_step, totp_step(clock.now()));
  clock.advance(30s);
  EXPECT_TRUE(
      std::holds_alternative<WrongCode>(with_code(totp_code(kSecret, totp_step(clock.now()) - 1))));
}

TEST_F(SecondFactorTest, OfTwoAttemptsAtOnceWithOneCodeOneGetsIn) {
  int in = 0, refused = 0;
  for (int i = 0; i < 2; ++i) {
    sign_in->attempt({"kari", fakes::kPassword, code(), ""}, "192.0.2.7", [&](SignInOutcome o) {
      in += std::holds_alternative<SignedIn>(o);
      refused += std::holds_alternative<WrongCode>(o);
    });
  }
  executor.run();
  EXPECT_EQ(in, 1);
  EXPECT_EQ(refused, 1);
}

TEST_F(SecondFactorTest, ARecoveryCodeIsAcceptedOnce) {
  EXPECT_TRUE(std::holds_alternative<SignedIn>(with_code("ABCD efgh jkmn pqrs")));
  EXPECT_TRUE(std::holds_alternative<WrongCode>(with_code("abcd-efgh-jkmn-pqrs")));
  EXPECT_TRUE(store.accounts[AgentId{"kari"}].totp->recovery.empty());
  EXPECT_EQ(audit_store.entries.front().why, "recovery_code");
}

TEST_F(SecondFactorTest, WhoTriesCodesFromManyAddressesIsStopped) {
  int throttled = 0;
  for (int i = 0; i < 30; ++i) {
    throttled += std::holds_alternative<Throttled>(
        attempt("kari", fakes::kPassword, "198.51.100." + std::to_string(i), "000000"));
  }
  EXPECT_EQ(throttled, 20);
}

}  // namespace
}  // namespace svar::service
