// Opening hours as people write them, turned into UTC. Norwegian public holidays.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/service/content/content.h"

namespace svar::service {

// Easter Sunday of a year of the Gregorian calendar.
std::chrono::sys_days easter_sunday(int year);

// Whether nobody works that day: 1 January, Maundy Thursday, Good Friday, Easter Sunday and Monday,
// 1 and 17 May, Ascension Day, Whit Sunday and Monday, 25 and 26 December. (In 2027 17 May is Whit
// Monday: still one day.)
bool is_norwegian_holiday(std::chrono::sys_days day);

// The hours of one local day. An exception goes before everything; then closed dates and holidays;
// then half days, which never open a day that the week leaves closed.
std::vector<DayHours> hours_on(const OpeningHours& hours, std::chrono::sys_days day);

// Rising, not overlapping, from the local day of `from` for `days` days. Summer time of Europe/Oslo
// is applied; fails with a sentence when the machine has no time zone database (Debian's tzdata).
Result<std::vector<kb::OpenInterval>, std::string> expand_hours(const OpeningHours& hours,
                                                                Time from, int days);

}  // namespace svar::service
