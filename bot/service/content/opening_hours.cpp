#include "bot/service/content/opening_hours.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>

namespace svar::service {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Days from Easter Sunday on which nobody works: Maundy Thursday … Whit Monday.
constexpr int kFromEaster[] = {-3, -2, 0, 1, 39, 49, 50};

struct DayOfYear {
  unsigned month, day;
};
constexpr DayOfYear kFixed[] = {{1, 1}, {5, 1}, {5, 17}, {12, 25}, {12, 26}};

bool is_day(const year_month_day& date, unsigned month, unsigned day) {
  return static_cast<unsigned>(date.month()) == month && static_cast<unsigned>(date.day()) == day;
}

// The half-day hours of a date, when it is one and has any.
const std::vector<DayHours>* half_day(const OpeningHours& hours, sys_days day) {
  const year_month_day date(day);
  if (hours.has_christmas_eve && is_day(date, 12, 24)) return &hours.christmas_eve;
  if (hours.has_new_years_eve && is_day(date, 12, 31)) return &hours.new_years_eve;
  const bool before_easter = day == easter_sunday(static_cast<int>(date.year())) - days(4);
  return hours.has_wednesday_before_easter && before_easter ? &hours.wednesday_before_easter
                                                            : nullptr;
}

// UTC of a local minute. Where summer time skips or repeats it, the earlier instant.
Time utc(const date::time_zone* zone, sys_days day, int minutes) {
  const auto local =
      date::local_days(date::days(day.time_since_epoch().count())) + std::chrono::minutes(minutes);
  const auto instant = zone->to_sys(local, date::choose::earliest);
  return Time(std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()));
}

sys_days local_day(const date::time_zone* zone, Time time) {
  const auto local =
      zone->to_local(date::sys_time<std::chrono::milliseconds>(time.time_since_epoch()));
  return sys_days(days(date::floor<date::days>(local).time_since_epoch().count()));
}

}  // namespace

// Meeus, Astronomical Algorithms, chapter 8 (Gregorian).
sys_days easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return sys_days(year_month_day(std::chrono::year(year),
                                 std::chrono::month(static_cast<unsigned>(n / 31)),
                                 std::chrono::day(static_cast<unsigned>(n % 31 + 1))));
}

bool is_norwegian_holiday(sys_days day) {
  const year_month_day date(day);
  const auto fixed = [&](const DayOfYear& one) { return is_day(date, one.month, one.day); };
  if (std::any_of(std::begin(kFixed), std::end(kFixed), fixed)) return true;
  const sys_days easter = easter_sunday(static_cast<int>(date.year()));
  return std::any_of(std::begin(kFromEaster), std::end(kFromEaster),
                     [&](int offset) { return day == easter + days(offset); });
}

std::vector<DayHours> hours_on(const OpeningHours& hours, sys_days day) {
  const year_month_day date(day);
  if (const auto exception = hours.exceptions.find(date); exception != hours.exceptions.end())
    return exception->second;
  if (std::find(hours.closed.begin(), hours.closed.end(), date) != hours.closed.end()) return {};
  if (hours.closed_on_holidays && is_norwegian_holiday(day)) return {};
  const auto& weekly = hours.weekly[std::chrono::weekday(day).c_encoding()];
  const auto* half = half_day(hours, day);
  return half != nullptr && !weekly.empty() ? *half : weekly;
}

Result<std::vector<kb::OpenInterval>, std::string> expand_hours(const OpeningHours& hours,
                                                                Time from, int day_count) {
  try {
    const date::time_zone* zone = date::locate_zone("Europe/Oslo");
    const sys_days first = local_day(zone, from);
    std::vector<kb::OpenInterval> open;
    for (sys_days day = first; day < first + days(day_count); day += days(1)) {
      for (const DayHours& part : hours_on(hours, day)) {
        open.push_back({utc(zone, day, part.from_minutes), utc(zone, day, part.to_minutes)});
      }
    }
    return open;
  } catch (const std::exception& fault) {
    return Failure{
        std::string("the time zone Europe/Oslo is not known here; install the package tzdata (") +
        fault.what() + ")"};
  }
}

}  // namespace svar::service
