#include "bot/store/removal/month_count_rows.h"

#include <cstdio>

#include "bot/service/report/count_rows.h"

namespace svar::store {
namespace {

using service::CountRow;

std::string text_of(std::chrono::year_month month) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  return text;
}

}  // namespace

Result<Done, SqliteError> add_month_counts(Connection& connection, std::chrono::year_month month,
                                           const MonthCountsBy& counts) {
  auto add = connection.prepare(
      "INSERT INTO month_count(month, municipality, channel, figure, about, value, count)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
      " ON CONFLICT DO UPDATE SET count=count+excluded.count");
  if (!add) return Failure{add.error()};
  const std::string name = text_of(month);
  for (const auto& [municipality, channels] : counts) {
    for (const auto& [channel, held] : channels) {
      for (const CountRow& row : service::rows_of(held)) {
        auto added = add->run(name, municipality.value, channel, row.figure, row.about, row.value,
                              row.count);
        if (!added) return added;
      }
    }
  }
  return Done{};
}

Result<MonthCountsBy, SqliteError> read_month_counts(Connection& connection,
                                                     std::chrono::year_month month) {
  auto rows = connection.prepare(
      "SELECT municipality, channel, figure, about, value, count FROM month_count WHERE month=?1");
  if (!rows) return Failure{rows.error()};
  MonthCountsBy counts;
  rows->bind(text_of(month));
  while (true) {
    const auto step = rows->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return counts;
    service::MonthCounts& held =
        counts[MunicipalityId{std::string(rows->text(0))}][std::string(rows->text(1))];
    const CountRow row{std::string(rows->text(2)), std::string(rows->text(3)), rows->integer(4),
                       rows->integer(5)};
    if (!service::add(held, row)) {
      rows->reset();
      return Failure{SqliteError{0, "a kept count is called «" + row.figure + " " + row.about +
                                        "», which this version does not know"}};
    }
  }
}

}  // namespace svar::store
