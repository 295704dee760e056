#include "connectors/webhook/signature.h"

#include <gtest/gtest.h>

namespace svar::webhook {
namespace {

// The specification's own example.
constexpr const char* kPublishedKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr Signed kPublished{"msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                            R"({"test": 2432232314})"};
constexpr const char* kPublishedSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const std::string kOld(32, 'o');
const std::string kNew(32, 'n');

TEST(WebhookSignature, IsThatOfStandardWebhooks) {
  const auto keys = Keys::of(kPublishedKey);
  ASSERT_TRUE(keys) << keys.error();
  EXPECT_EQ(keys->sign(kPublished), kPublishedSignature);
  EXPECT_TRUE(keys->admits(kPublished, kPublishedSignature));
}

TEST(WebhookSignature, AdmitsNothingThatWasChanged) {
  const auto keys = Keys::of(kPublishedKey);
  Signed other = kPublished;
  other.body = R"({"test": 2432232315})";
  EXPECT_FALSE(keys->admits(other, kPublishedSignature));
  other = kPublished;
  other.timestamp = "1614265331";
  EXPECT_FALSE(keys->admits(other, kPublishedSignature));
  other = kPublished;
  other.id = "msg_x";
  EXPECT_FALSE(keys->admits(other, kPublishedSignature));
  EXPECT_FALSE(keys->admits(kPublished, ""));
  EXPECT_FALSE(keys->admits(kPublished, "v1,"));
  EXPECT_FALSE(keys->admits(kPublished, std::string(kPublishedSignature).substr(3)));
  EXPECT_FALSE(keys->admits({"", "1614265330", "{}"}, keys->sign({"", "1614265330", "{}"})))
      << "a request has an id";
}

TEST(WebhookSignature, AKeyIsChangedWithoutAGap) {
  const auto both = Keys::of(kNew + "," + kOld);
  ASSERT_TRUE(both);
  const std::string old = Keys::of(kOld)->sign(kPublished);
  EXPECT_TRUE(both->admits(kPublished, old));
  EXPECT_EQ(both->sign(kPublished), Keys::of(kNew)->sign(kPublished));
  EXPECT_TRUE(Keys::of(kOld)->admits(kPublished, both->sign(kPublished) + " " + old))
      << "one of several signatures is enough";
  EXPECT_FALSE(Keys::of(kNew)->admits(kPublished, old));
}

TEST(WebhookSignature, AShortKeyIsNoneAndTheReasonHoldsNoPartOfIt) {
  for (const std::string& bad :
       {std::string{}, std::string{"canary"}, kOld + ",canary", std::string{"whsec_canary=="},
        std::string{"whsec_Y2FuYXJ5"}, kOld + "," + kOld + "," + kOld}) {
    const auto keys = Keys::of(bad);
    ASSERT_FALSE(keys) << bad;
    EXPECT_EQ(keys.error().find("canary"), std::string::npos);
  }
}

TEST(WebhookSignature, HoldsForFiveMinutesAroundNow) {
  const Time now{std::chrono::seconds{1'795'518'000}};
  EXPECT_EQ(signed_at("1795518000", now), now);
  EXPECT_TRUE(signed_at("1795517700", now));
  EXPECT_TRUE(signed_at("1795518300", now));
  for (const char* bad : {"1795517699", "1795518301", "", "now", "-1", "1795518000.0",
                          "99999999999999999999", "9223372036854775807"})
    EXPECT_FALSE(signed_at(bad, now)) << bad;
}

}  // namespace
}  // namespace svar::webhook
