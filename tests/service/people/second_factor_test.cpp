#include <gtest/gtest.h>

#include <set>

#include "bot/service/people/device_words.h"
#include "bot/service/people/password_rules.h"
#include "bot/service/people/totp.h"

namespace svar::service {
namespace {

const std::string kSeed = "12345678901234567890";

Time at_second(std::int64_t second) {
  return Time{std::chrono::seconds{second}};
}

// RFC 6238, appendix B, the rows of SHA-1.
TEST(OneTimeCodes, AreThoseOfTheStandard) {
  const std::pair<std::int64_t, const char*> rows[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [second, code] : rows)
    EXPECT_EQ(totp_code(kSeed, totp_step(at_second(second)), 8), code) << second;
}

// RFC 4226, appendix D.
TEST(OneTimeCodes, OfACounterAreThoseOfTheStandard) {
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (int count = 0; count < 10; ++count) EXPECT_EQ(totp_code(kSeed, count), codes[count]);
}

TEST(OneTimeCodes, ClocksMayDifferByOneStep) {
  const Time now = at_second(1'000'000'000);
  const auto step = totp_step(now);
  for (const int shift : {-1, 0, 1})
    EXPECT_EQ(matching_step(kSeed, totp_code(kSeed, step + shift), now, 0), step + shift);
  for (const int shift : {-2, 2})
    EXPECT_FALSE(matching_step(kSeed, totp_code(kSeed, step + shift), now, 0));
}

TEST(OneTimeCodes, AStepThatWasUsedAndThoseBeforeItAreRefused) {
  const Time now = at_second(1'000'000'000);
  const auto step = totp_step(now);
  EXPECT_FALSE(matching_step(kSeed, totp_code(kSeed, step), now, step));
  EXPECT_FALSE(matching_step(kSeed, totp_code(kSeed, step - 1), now, step));
  EXPECT_TRUE(matching_step(kSeed, totp_code(kSeed, step + 1), now, step));
}

TEST(OneTimeCodes, WhatIsNoCodeMatchesNothing) {
  const Time now = at_second(1'000'000'000);
  for (const char* text : {"", "12345", "1234567", "abcdef", "      "})
    EXPECT_FALSE(matching_step(kSeed, text, now, 0)) << text;
  EXPECT_FALSE(matching_step("", totp_code("", totp_step(now)), now, 0));
}

// RFC 4648, section 10, without padding.
TEST(OneTimeCodes, SecretsAreWrittenAsBase32) {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : rows) EXPECT_EQ(base32(bytes), text);
  EXPECT_EQ(totp_address(kSeed, AgentId{"kari"}),
            "otpauth://totp/Svarsentral:kari?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Svarsentral&algorithm=SHA1&digits=6&period=30");
}

TEST(RecoveryCodes, AreTenDifferentAndKeptAsDigestsOfTheirAccount) {
  const auto codes = new_recovery_codes();
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), kRecoveryCodes);
  for (const auto& code : codes) EXPECT_EQ(code.size(), 19u);
  const auto digest = recovery_digest("abcd-efgh-jkmn-pqrs", AgentId{"kari"});
  EXPECT_EQ(recovery_digest(" ABCDefgh jkmn-PQRS", AgentId{"kari"}), digest);
  EXPECT_NE(recovery_digest("abcd-efgh-jkmn-pqrs", AgentId{"ola"}), digest);
}

TEST(PasswordRules, RefuseWhatIsTriedFirst) {
  const Account kari{AgentId{"kari.nordmann"}, "Kari Nordås", "", {}};
  const auto fault = [&](const std::string& password) { return fault_of(password, kari); };
  EXPECT_EQ(fault("elleve-tegn"), PasswordFault::too_short);
  EXPECT_EQ(fault(std::string(1'025, 'x')), PasswordFault::too_long);
  EXPECT_EQ(fault("Kari.Nordmann-2026"), PasswordFault::holds_name);
  EXPECT_EQ(fault("eg heiter kari sjølv"), PasswordFault::holds_name);
  for (const char* common : {"passord123456", "Password2026!", "123456789012", "aaaaaaaaaaaaa",
                             "abcabcabcabc", "!!Svarsentral1", "Qwertyuiop123", "000000000000"}) {
    EXPECT_EQ(fault(common), PasswordFault::common) << common;
  }
  for (const char* good : {"hest-batteri-stift", "fire tilfeldige ord her", "øæåøæåxyøæåz"})
    EXPECT_FALSE(fault(good)) << good;
}

TEST(DeviceWords, SayBrowserAndSystemAndNothingElse) {
  const std::pair<const char*, const char*> rows[] = {
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
       "Firefox, Windows"},
      {"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 "
       "Safari/537.36 Edg/126.0",
       "Edge, Windows"},
      {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 "
       "Mobile/15E148 Safari/604.1",
       "Safari, iPhone"},
      {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
       "Chrome, Android"},
      {"curl/8.0", ""},
      {"<script>", ""},
      {"", ""}};
  for (const auto& [text, words] : rows) EXPECT_EQ(device_words(text), words) << text;
}

}  // namespace
}  // namespace svar::service
