#include "bot/service/content/opening_hours.h"

#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using std::chrono::sys_days;
using test::at;

sys_days day(int year, unsigned month, unsigned number) {
  return std::chrono::floor<std::chrono::days>(at(year, month, number));
}

OpeningHours strand_hours() {
  return kb::FolderSource(SVAR_TEST_CONTENT).read().content.municipalities.at("strand").hours;
}

// The minutes that a day is open, as «540-900».
std::string open_on(sys_days when) {
  std::string text;
  for (const DayHours& part : hours_on(strand_hours(), when)) {
    text += (text.empty() ? "" : ",") + std::to_string(part.from_minutes) + "-" +
            std::to_string(part.to_minutes);
  }
  return text;
}

TEST(OpeningHours, KnowEaster) {
  EXPECT_EQ(easter_sunday(2026), day(2026, 4, 5));
  EXPECT_EQ(easter_sunday(2027), day(2027, 3, 28));
  EXPECT_EQ(easter_sunday(2028), day(2028, 4, 16));
  EXPECT_EQ(easter_sunday(2029), day(2029, 4, 1));
  EXPECT_EQ(easter_sunday(2030), day(2030, 4, 21));
}

TEST(OpeningHours, KnowTheNorwegianHolidays) {
  int holidays = 0;
  for (sys_days when = day(2026, 1, 1); when < day(2027, 1, 1); when += std::chrono::days(1))
    holidays += is_norwegian_holiday(when);
  EXPECT_EQ(holidays, 12);
  EXPECT_TRUE(is_norwegian_holiday(day(2026, 5, 14)));  // Ascension Day
  EXPECT_FALSE(is_norwegian_holiday(day(2026, 4, 1)));
}

TEST(OpeningHours, CountWhitMondayOnTheSeventeenthOfMayAsOneDay) {
  EXPECT_TRUE(is_norwegian_holiday(day(2027, 5, 17)));
  EXPECT_TRUE(is_norwegian_holiday(day(2027, 5, 16)));
  int holidays = 0;
  for (sys_days when = day(2027, 1, 1); when < day(2028, 1, 1); when += std::chrono::days(1))
    holidays += is_norwegian_holiday(when);
  EXPECT_EQ(holidays, 11);
}

TEST(OpeningHours, LetExceptionsGoBeforeEverything) {
  EXPECT_EQ(open_on(day(2026, 12, 22)), "540-900");
  EXPECT_EQ(open_on(day(2026, 12, 23)), "600-660");
  EXPECT_EQ(open_on(day(2026, 12, 30)), "");
}

TEST(OpeningHours, ShortenHalfDaysOnlyWhenTheDayIsOpen) {
  EXPECT_EQ(open_on(day(2026, 12, 24)), "540-720");  // a Thursday
  EXPECT_EQ(open_on(day(2027, 3, 24)), "540-720");   // Wednesday before Easter
  EXPECT_EQ(open_on(day(2028, 12, 24)), "");         // a Sunday
}

TEST(OpeningHours, CloseOnHolidaysAndClosedDates) {
  EXPECT_EQ(open_on(day(2026, 12, 25)), "");
  EXPECT_EQ(open_on(day(2027, 5, 17)), "");
  EXPECT_EQ(open_on(day(2027, 6, 4)), "");
  EXPECT_EQ(open_on(day(2027, 6, 3)), "540-900");
  EXPECT_EQ(open_on(day(2027, 6, 2)), "540-720,750-900");  // closed for lunch
}

TEST(OpeningHours, FollowSummerTime) {
  const auto open = expand_hours(strand_hours(), at(2026, 10, 22, 12), 400);
  ASSERT_TRUE(open) << open.error();
  const auto& all = *open;
  EXPECT_EQ(all[0].from, at(2026, 10, 22, 7));  // Thursday, summer time
  EXPECT_EQ(all[1].from, at(2026, 10, 23, 7));
  EXPECT_EQ(all[2].from, at(2026, 10, 26, 8));  // Monday, winter time
  EXPECT_EQ(all[2].to, at(2026, 10, 26, 14));
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].to, all[i].from);
}

}  // namespace
}  // namespace svar::service
