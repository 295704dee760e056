#include "bot/domain/json_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <random>

namespace svar {
namespace {

using nlohmann::json;

std::string text_of(std::string_view text) {
  std::string out;
  append_json(out, text);
  return out;
}

std::string number_of(double number) {
  std::string out;
  append_json(out, number);
  return out;
}

std::string utf8(char32_t point) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (point >> shift & 0x3F)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | point >> 6), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 | point >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | point >> 18), tail(12), tail(6), tail(0)};
}

TEST(JsonText, LeavesNorwegianLettersAndSymbolsAsTheyAre) {
  EXPECT_EQ(text_of("Bosset på Osterøy 😀"), "\"Bosset på Osterøy 😀\"");
}

TEST(JsonText, EscapesWhatJsonAsksFor) {
  EXPECT_EQ(text_of("a\"b\\c\n\r\t\b\f\x01\x1f"), R"("a\"b\\c\n\r\t\b\f\u0001\u001f")");
  EXPECT_EQ(text_of(std::string_view("a\0b", 3)), "\"a\\u0000b\"");
  EXPECT_EQ(text_of("\x7f"), "\"\x7f\"");
}

TEST(JsonText, ReplacesBytesThatAreNotUtf8) {
  const std::string instead = "\xEF\xBF\xBD";
  EXPECT_EQ(text_of("a\xFFz"), "\"a" + instead + "z\"");
  EXPECT_EQ(text_of("\xC3"), "\"" + instead + "\"");                              // cut off
  EXPECT_EQ(text_of("\xC0\xAF"), "\"" + instead + instead + "\"");                // overlong
  EXPECT_EQ(text_of("\xED\xA0\x80"), "\"" + instead + instead + instead + "\"");  // surrogate
  EXPECT_EQ(text_of("\xF4\x90\x80\x80"), "\"" + instead + instead + instead + instead + "\"");
}

TEST(JsonText, ReadsBackAsWhatWasWrittenWhateverTheText) {
  std::mt19937 random{20261123};
  for (int round = 0; round < 20'000; ++round) {
    std::u32string points(random() % 12, U' ');
    for (char32_t& point : points) {
      static constexpr char32_t kTops[] = {0x7F, 0x7FF, 0xD7FF, 0x10FFFF};
      point = random() % (kTops[random() % 4] + 1);
      if (point >= 0xD800 && point <= 0xDFFF) point = U'ø';
    }
    std::string text;
    for (const char32_t point : points) text += utf8(point);
    ASSERT_EQ(json::parse(text_of(text)).get<std::string>(), text) << "round " << round;
  }
}

TEST(JsonText, IsAlwaysValidJsonWhateverTheBytes) {
  std::mt19937 random{7};
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 10, ' ');
    for (char& byte : bytes) byte = static_cast<char>(random());
    ASSERT_TRUE(json::accept(text_of(bytes))) << "round " << round;
  }
}

TEST(JsonText, KnowsWhatNeedsNoEscape) {
  for (const char* plain : {"", "Bosset på Osterøy 😀", "\x7f"})
    EXPECT_TRUE(is_plain_json_text(plain));
  for (const char* other : {"a\"b", "a\\b", "a\nb", "\xC3", "\xED\xA0\x80"}) {
    EXPECT_FALSE(is_plain_json_text(other)) << other;
  }
}

TEST(JsonText, SpellsNumbersSoThatTheyReadBackAsThemselves) {
  EXPECT_EQ(number_of(1), "1.0");
  EXPECT_EQ(number_of(0.97), "0.97");
  EXPECT_EQ(number_of(-0.0), "-0.0");
  EXPECT_EQ(number_of(std::numeric_limits<double>::infinity()), "null");
  for (const double number : {1e300, 1e-9, 0.1 + 0.2, 5e-324, 123456789.125}) {
    EXPECT_EQ(json::parse(number_of(number)).get<double>(), number);
  }
  std::string whole;
  append_json(whole, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(whole, "-9223372036854775808");
}

}  // namespace
}  // namespace svar
