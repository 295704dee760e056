#include "bot/engine/masking.h"

#include <gtest/gtest.h>

#include <random>

namespace svar::engine {
namespace {

// Every digit hidden, everything else as it was.
std::string dots(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      out += "•";
    } else {
      out += c;
    }
  }
  return out;
}

void expect_hidden(const std::string& number) {
  const Masked masked = mask("nr " + number + ", takk");
  EXPECT_TRUE(masked.changed) << number;
  EXPECT_EQ(masked.text, "nr " + dots(number) + ", takk");
}

void expect_readable(const std::string& text) {
  const Masked masked = mask(text);
  EXPECT_FALSE(masked.changed) << text;
  EXPECT_EQ(masked.text, text);
}

// Synthetic numbers only.
TEST(Masking, HidesIdentityNumbersWhetherTheCheckDigitsFitOrNot) {
  for (const char* number : {"05859512366", "05859512390",  // two remainders
                             "15813200128",                 // valid from 2032 only
                             "41813211708",                 // D-number
                             "05859512399",                 // wrong check digits
                             "02920710061", "17916410034", "24871810032"}) {
    expect_hidden(number);
  }
}

TEST(Masking, HidesSeparatedIdentityNumbers) {
  for (const char* number : {"058595 12390", "179164-10034", "248718.10032", "058595–12390"})
    expect_hidden(number);
}

TEST(Masking, HidesNumbersThatTouchWordsAndEachOther) {
  EXPECT_EQ(mask("fnr05859512366").text, "fnr•••••••••••");
  EXPECT_EQ(mask("05859512366,02920710061").text, "•••••••••••,•••••••••••");
  EXPECT_EQ(mask("ungane: 02920710061 og 05859512366").text, "ungane: ••••••••••• og •••••••••••");
  EXPECT_EQ(mask("05859512366").text, "•••••••••••");
}

TEST(Masking, TakesEveryKindOfMonthAndDayOfTheRegister) {
  for (const char* number :
       {"01010112345", "31120112345", "41010112345", "71120112345",   // ordinary, D
        "01410112345", "01520112345",                                 // H
        "01660112345", "01770112345", "01810112345", "01920112345"})  // synthetic
    expect_hidden(number);
  for (const char* number :
       {"00010112347", "32010112346", "72010112346", "01000112346", "01130112347", "01530112346"})
    expect_readable(number);
}

TEST(Masking, HidesAccountNumbersThatPassTheirCheck) {
  for (const char* number : {"9999.12.34566", "98765432103", "9999 12 34566", "99991234566"})
    expect_hidden(number);
  expect_readable("98765432104");
}

TEST(Masking, HidesPaymentCards) {
  for (const char* number : {"4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444",
                             "378282246310005", "3782 822463 10005", "6011000990139424"}) {
    expect_hidden(number);
  }
  expect_readable("4111111111111112");
  expect_readable("9111111111111111");
}

TEST(Masking, LeavesPaymentReferencesReadable) {
  expect_readable("KID 002345100016 står på giroen, hva gjelder den?");
  expect_readable("KID-nummer: 4111111111111111");
  expect_readable("kid er 98765432103");
  EXPECT_TRUE(mask("KID 12345 frå kortet mitt med nummer 4111111111111111").changed);
  EXPECT_TRUE(mask("KID og konto 98765432103").changed);
}

TEST(Masking, LeavesPublicAndHarmlessNumbersReadable) {
  for (const char* text :
       {"sak 24/00871 – er den ferdigbehandlet?", "saksnr 25/01240", "gnr 22 bnr 105",
        "kan dere ringe på 99 99 99 99", "+47 99999999", "0047 56 19 21 00", "orgnr 938 497 524",
        "938497524", "målarnummer 40117263, stand 00412", "er 116117 riktig", "5282 Lonevåg",
        "058595", "12366", "24. desember 2026 kl. 10.30", "https://x.no/2026/11/24", ""}) {
    expect_readable(text);
  }
}

TEST(Masking, DoesNotCutDigitsOutOfLongerRows) {
  expect_readable("058595123661");
  expect_readable("105859512366");
}

TEST(Masking, HidesAboutTheShareOfRandomNumbersThatHavePlausibleDates) {
  std::mt19937 random(20261123);
  std::uniform_int_distribution<int> digit(0, 9);
  int hidden = 0;
  constexpr int kTries = 20'000;
  for (int i = 0; i < kTries; ++i) {
    std::string number;
    for (int k = 0; k < 11; ++k) number.push_back(static_cast<char>('0' + digit(random)));
    if (mask(number).changed) ++hidden;
  }
  // 29.8 % have a plausible date; 1 in 11 of the others passes as an account.
  EXPECT_NEAR(static_cast<double>(hidden) / kTries, 0.298 + 0.702 / 11, 0.02);
}

}  // namespace
}  // namespace svar::engine
