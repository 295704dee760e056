#include "bot/engine/masking.h"

#include <gtest/gtest.h>

#include <array>
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
  EXPECT_TRUE(masked.changed()) << number;
  EXPECT_EQ(masked.text, "nr " + dots(number) + ", takk");
}

void expect_readable(const std::string& text) {
  const Masked masked = mask(text);
  EXPECT_FALSE(masked.changed()) << text;
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

TEST(Masking, HidesIdentityNumbersHoweverTheyAreSetApart) {
  for (const char* number :
       {"05.85.95.12366", "05 85 95 12366", "058595 123 66", "058595 - 12390", "05 859512366",
        "0585.95.12366", "058595\n12390", "0 5 8 5 9 5 1 2 3 6 6", "0.5.8.5.9.5.1.2.3.6.6",
        "058595\u00A012390", "058595\u202F12390", "058595\u201112390", "058595\u200B12390",
        "05859\u200D512390", "0\u20605859512366", "058595\u221212390", "05.05.1995 12366"})
    expect_hidden(number);
}

TEST(Masking, HidesDigitsOfEveryScript) {
  EXPECT_EQ(mask("０５８５９５１２３６６").text, dots("05859512366"));
  EXPECT_EQ(mask("٠٥٨٥٩٥١٢٣٦٦").text, dots("05859512366"));
  EXPECT_EQ(mask("۰۵۸۵۹۵ ۱۲۳۶۶").text, dots("058595 12366"));
  EXPECT_EQ(mask("०५८५९५12366").text, dots("05859512366"));
}

TEST(Masking, HidesTheLastFiveWhenTheyAreCalledThat) {
  EXPECT_EQ(mask("fødd 050595, personnummer 12366").text, "fødd 050595, personnummer •••••");
  EXPECT_EQ(mask("dei siste fem er 12366").text, "dei siste fem er •••••");
  expect_readable("målaren viser 12366");
}

TEST(Masking, HidesInternationalAccountNumbers) {
  expect_hidden("NO93 8601 1117 947");
  expect_hidden("NO9386011117947");
  expect_readable("orden 93 8601 1117 947");
}

TEST(Masking, SaysWhatItHidEachKindOnce) {
  using enum Hidden;
  EXPECT_EQ(mask("05859512366 og 02920710061").hidden, (std::vector{identity}));
  EXPECT_EQ(mask("98765432103, kort 4111111111111111").hidden, (std::vector{account, card}));
  EXPECT_TRUE(mask("24/00871").hidden.empty());
}

TEST(Masking, PutsADateBeforeEverythingElse) {
  EXPECT_EQ(mask("15036512340").hidden, (std::vector{Hidden::identity}));
  EXPECT_EQ(mask("KID 05859512366").hidden, (std::vector{Hidden::identity}));
  EXPECT_EQ(mask("konto 1503.65.12348").hidden, (std::vector{Hidden::identity}));
}

TEST(Masking, DropsQueryAndFragmentOfAnAddressAndReadsItsEncoding) {
  EXPECT_EQ(mask_address("https://x.no/sok?q=05859512366#a"), "https://x.no/sok");
  EXPECT_EQ(mask_address("https://x.no/a#05859512366"), "https://x.no/a");
  EXPECT_EQ(mask_address("https://x.no/sak/05859512366"), "https://x.no/sak/•••••••••••");
  EXPECT_EQ(mask_address("https://x.no/058595%2012366"), "https://x.no/•••••• •••••");
  EXPECT_EQ(mask_address("https://x.no/r%C3%A5d"), "https://x.no/r%C3%A5d");
}

TEST(Masking, KnowsTheHalvesOfANumberWrittenInTwoMessages) {
  for (const char* text : {"058595", "05 85 95", "eg er fødd 120575", "12.05.1975", "fødd ٠٥٨٥٩٥"})
    EXPECT_TRUE(is_first_half(text)) << text;
  for (const char* text : {"998877", "12057", "120575 og 24/00871", "hei", "31.12.2025", "1205751"})
    EXPECT_FALSE(is_first_half(text)) << text;
  for (const char* text : {"12366", " 123 66 ", "og så 12366 takk", "1 2 3 6 6", "pnr: 12366."})
    EXPECT_TRUE(is_second_half(text)) << text;
  for (const char* text : {"5282", "saka er 12366", "12366 og 12390", "målar 00412", "takk"})
    EXPECT_FALSE(is_second_half(text)) << text;
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
  EXPECT_TRUE(mask("KID 12345 frå kortet mitt med nummer 4111111111111111").changed());
  EXPECT_TRUE(mask("KID og konto 98765432103").changed());
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

// Somebody's number amid words, set apart as people do, in any script.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}
  std::string message() { return words() + number() + words(); }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string words() {
    static constexpr std::array kWords = {
        "", " ", "nummeret mitt er ", ", takk", " sak 24/00871 ", "?", " på ", "\n"};
    return std::string(kWords[below(kWords.size())]) + kWords[below(kWords.size())];
  }
  std::string digit(int value, std::size_t script) {
    static constexpr std::array<char32_t, 4> kZeros = {U'0', U'０', U'٠', U'۰'};
    const char32_t c = kZeros[script] + static_cast<char32_t>(value);
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 63))};
    return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
            static_cast<char>(0x80 | (c & 63))};
  }
  std::string number() {
    static constexpr std::array kApart = {"", " ", ".", "-", "\u00A0", "\u200B", "\u2013"};
    const std::size_t script = below(4);
    const std::string_view apart = kApart[below(kApart.size())];
    const int day = 1 + static_cast<int>(below(31)) + (below(4) == 0 ? 40 : 0);
    const int month = 1 + static_cast<int>(below(12)) + std::array{0, 40, 65, 80}[below(4)];
    std::string out;
    const auto two = [&](int value) {
      out += digit(value / 10, script) + digit(value % 10, script);
    };
    two(day);
    two(month);
    two(static_cast<int>(below(100)));
    out += apart;
    for (int i = 0; i < 5; ++i) out += digit(static_cast<int>(below(10)), script);
    return out;
  }
  std::mt19937 random_;
};

TEST(Masking, LeavesNoNumberOfAPersonWhateverIsWrittenAroundIt) {
  Writer writer(20261123);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = writer.message();
    const Masked masked = mask(text);
    EXPECT_EQ(masked.hidden, (std::vector{Hidden::identity})) << text;
    EXPECT_EQ(mask(masked.text).text, masked.text) << text;
  }
}

TEST(Masking, HidesAboutTheShareOfRandomNumbersThatHavePlausibleDates) {
  std::mt19937 random(20261123);
  std::uniform_int_distribution<int> digit(0, 9);
  int hidden = 0;
  constexpr int kTries = 20'000;
  for (int i = 0; i < kTries; ++i) {
    std::string number;
    for (int k = 0; k < 11; ++k) number.push_back(static_cast<char>('0' + digit(random)));
    if (mask(number).changed()) ++hidden;
  }
  // 29.8 % have a plausible date; 1 in 11 of the others passes as an account.
  EXPECT_NEAR(static_cast<double>(hidden) / kTries, 0.298 + 0.702 / 11, 0.02);
}

}  // namespace
}  // namespace svar::engine
