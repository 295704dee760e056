// The clock on the wall in Norway, by rule and without a time-zone database, so that the decision
// stays pure.
//
// Source: Directive 2000/84/EC as used by Norway: summer time from the last Sunday of March 01:00
// UTC to the last Sunday of October 01:00 UTC; otherwise UTC+1. Valid from 1996; tests hold it
// against the system's time-zone database.
#pragma once

#include <string>

#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar::engine {

std::chrono::local_time<std::chrono::milliseconds> oslo(Time time);

// «tysdag 24.11.2026 kl. 09.00», «tirsdag …», "Tuesday 24.11.2026 at 09:00".
std::string date_and_clock(Time time, Language language);

}  // namespace svar::engine
