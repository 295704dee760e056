// The counts of removed conversations, by month, municipality and channel, in the log's file.
//
// Threads: one. Blocking: all of it.
#pragma once

#include <chrono>
#include <map>

#include "bot/service/report/month_report.h"
#include "bot/store/sqlite.h"

namespace svar::store {

using MonthCountsBy = std::map<MunicipalityId, service::CountsByChannel>;

// Adds to what is kept already. Inside a transaction.
Result<Done, SqliteError> add_month_counts(Connection& connection, std::chrono::year_month month,
                                           const MonthCountsBy& counts);

// An error too when a row is one of a newer version.
Result<MonthCountsBy, SqliteError> read_month_counts(Connection& connection,
                                                     std::chrono::year_month month);

}  // namespace svar::store
