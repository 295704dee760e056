#include "bot/engine/oslo_time.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace svar::engine {
namespace {

using namespace std::chrono;

Time switch_in(year y, month m) {
  return sys_days{y / m / Sunday[last]} + hours{1};
}

constexpr std::array<std::array<std::string_view, 7>, 3> kWeekdays{{
    {"sundag", "måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag"},
    {"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"},
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}};

}  // namespace

local_time<milliseconds> oslo(Time time) {
  const year y = year_month_day{floor<days>(time)}.year();
  const bool summer = time >= switch_in(y, March) && time < switch_in(y, October);
  return local_time<milliseconds>{time.time_since_epoch() + hours{summer ? 2 : 1}};
}

std::string date_and_clock(Time time, Language language) {
  const auto local = oslo(time);
  const auto day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<minutes>(local - day)};
  const std::string_view name =
      kWeekdays[static_cast<std::size_t>(language)][weekday{day}.c_encoding()];
  const bool english = language == Language::en;
  char text[64];
  std::snprintf(text, sizeof text, "%.*s %02u.%02u.%d %s %02d%c%02d", static_cast<int>(name.size()),
                name.data(), unsigned{date.day()}, unsigned{date.month()}, int{date.year()},
                english ? "at" : "kl.", static_cast<int>(clock.hours().count()),
                english ? ':' : '.', static_cast<int>(clock.minutes().count()));
  return text;
}

}  // namespace svar::engine
