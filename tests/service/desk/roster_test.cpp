#include "bot/service/desk/roster.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using namespace std::chrono_literals;

// 2026-11-24, the clock in Norway.
Time at(std::chrono::minutes clock, int day = 24) {
  const std::chrono::sys_days date{std::chrono::year{2026} / 11 / day};
  return Time{date} + clock - 1h;
}

std::vector<std::string> on(const Roster& roster, Time now) {
  std::vector<std::string> names;
  for (const Shift& shift : roster.at(now)) names.push_back(shift.agent.value);
  return names;
}
using Names = std::vector<std::string>;

Roster of(std::string_view text) {
  Roster roster;
  roster.replace(*read_roster(text));
  return roster;
}

TEST(RosterReading, SaysWhoShouldBeThere) {
  const Roster roster =
      of("\xEF\xBB\xBF"
         "date;from;to;account\r\n# November\r\n\r\n2026-11-24;08:30;15:30;kari\r\n"
         "2026-11-24; 12:00 ;16:00;ola\r\n");
  EXPECT_EQ(on(roster, at(8h + 29min)), Names{});
  EXPECT_EQ(on(roster, at(8h + 30min)), Names{"kari"});
  EXPECT_EQ(on(roster, at(12h)), (Names{"kari", "ola"}));
  EXPECT_EQ(on(roster, at(15h + 30min)), Names{"ola"});
  EXPECT_EQ(on(roster, at(8h + 30min, 25)), Names{});
}

TEST(RosterReading, AShiftMayEndTheNextDayAndAnAccountIsNamedOnce) {
  const Roster roster =
      of("2026-11-24,22:00,06:00,kari\n2026-11-24,20:00,24:00,kari\n2026-11-24,20:00,24:00,ola");
  EXPECT_EQ(on(roster, at(23h)), (Names{"kari", "ola"}));
  EXPECT_EQ(on(roster, at(5h + 59min, 25)), Names{"kari"});
  EXPECT_EQ(on(roster, at(0h, 25)), Names{"kari"});
  EXPECT_EQ(on(roster, at(6h, 25)), Names{});
  const auto shifts = roster.at(at(23h));
  EXPECT_EQ(shifts[0].to - shifts[0].from, 8h) << "the one that ends last";
}

TEST(RosterReading, EveryFaultIsToldWithItsLine) {
  const auto read = read_roster(
      "date;from;to;account\n2026-11-31;08:00;15:00;kari\n2026-11-24;8:00;15:00;kari\n"
      "2026-11-24;08:00;24:01;kari\n2026-11-24;08:00;08:00;kari\n2026-11-24;08:00;15:00;\n"
      "2026-11-24;08:00;15:00\n2026-11-24;08:00;15:00;kari\n");
  ASSERT_FALSE(read);
  const std::vector<RosterFault> faults{
      {2, "the date must be like 2026-11-24"}, {3, "the times must be like 08:30"},
      {4, "the times must be like 08:30"},     {5, "the shift ends when it begins"},
      {6, "the account is missing"},           {7, "must hold date;from;to;account"}};
  EXPECT_EQ(read.error(), faults);
}

TEST(RosterReading, AFaultLeavesTheLastGoodOne) {
  Roster roster = of("2026-11-24;08:00;15:00;kari");
  roster.fail({3, "the account is missing"});
  EXPECT_EQ(on(roster, at(9h)), Names{"kari"});
  EXPECT_EQ(roster.fault()->line, 3);
  roster.replace({});
  EXPECT_FALSE(roster.fault());
}

}  // namespace
}  // namespace svar::service
