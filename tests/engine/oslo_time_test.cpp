#include "bot/engine/oslo_time.h"

#include <date/tz.h>
#include <gtest/gtest.h>

namespace svar::engine {
namespace {

Time at(int y, unsigned m, unsigned d, int hour) {
  return Time{
      std::chrono::sys_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)} +
      std::chrono::hours{hour}};
}

TEST(OsloTime, AgreesWithTheTimeZoneDatabaseEverySixHoursUntil2037) {
  const auto* zone = date::locate_zone("Europe/Oslo");
  for (Time time = at(2020, 1, 1, 0); time < at(2037, 1, 1, 0); time += std::chrono::hours{6}) {
    const auto expected = zone->to_local(time).time_since_epoch();
    ASSERT_EQ(oslo(time).time_since_epoch(), expected) << time.time_since_epoch().count();
  }
}

TEST(OsloTime, SwitchesInTheVeryHourOfTheRule) {
  EXPECT_EQ(date_and_clock(at(2026, 3, 29, 0), Language::nn), "sundag 29.03.2026 kl. 01.00");
  EXPECT_EQ(date_and_clock(at(2026, 3, 29, 1), Language::nn), "sundag 29.03.2026 kl. 03.00");
  EXPECT_EQ(date_and_clock(at(2026, 10, 25, 1), Language::nb), "søndag 25.10.2026 kl. 02.00");
}

TEST(OsloTime, NamesTheDayInEveryLanguage) {
  EXPECT_EQ(date_and_clock(at(2027, 5, 18, 7), Language::nn), "tysdag 18.05.2027 kl. 09.00");
  EXPECT_EQ(date_and_clock(at(2027, 5, 18, 7), Language::nb), "tirsdag 18.05.2027 kl. 09.00");
  EXPECT_EQ(date_and_clock(at(2027, 5, 18, 7), Language::en), "Tuesday 18.05.2027 at 09:00");
}

}  // namespace
}  // namespace svar::engine
