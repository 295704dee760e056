// The counts of a month as rows, which a table keeps when the conversations are gone. Rows with the
// same name add up, so that counts of more conversations are kept by adding their rows. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bot/service/report/month_figures.h"

namespace svar::service {

struct CountRow {
  std::string figure;      // "conversations", "wait": stays the same for ever
  std::string about;       // the topic, reason or outcome that it counts; else empty
  std::int64_t value = 0;  // milliseconds of what was measured; else 0
  std::int64_t count = 0;
};

// Those that are not 0.
std::vector<CountRow> rows_of(const MonthCounts& counts);

// False when no figure of ours has the row's name.
[[nodiscard]] bool add(MonthCounts& counts, const CountRow& row);

// Both together.
void add(MonthCounts& counts, const MonthCounts& more);

}  // namespace svar::service
