#include "bot/store/removal/removed_positions.h"

#include <optional>

namespace svar::store {
namespace {

struct Range {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

Result<std::optional<Range>, SqliteError> one_range(Statement& query, std::int64_t position) {
  auto step = query.bind(position).step();
  if (!step) return Failure{step.error()};
  if (*step == Step::done) return std::optional<Range>{};
  const Range range{query.integer(0), query.integer(1)};
  query.reset();
  return std::optional{range};
}

}  // namespace

Result<RemovedPositions, SqliteError> RemovedPositions::open(Connection& connection) {
  RemovedPositions positions;
  auto prepared = connection.prepare_all({
      {positions.find_before_,
       "SELECT first, last FROM removed_events WHERE first<?1 ORDER BY first DESC LIMIT 1"},
      {positions.find_at_, "SELECT first, last FROM removed_events WHERE first=?1"},
      {positions.insert_, "INSERT INTO removed_events(first, last) VALUES(?1, ?2)"},
      {positions.remove_, "DELETE FROM removed_events WHERE first=?1"},
      {positions.move_end_, "UPDATE removed_events SET last=?2 WHERE first=?1"},
  });
  if (!prepared) return Failure{prepared.error()};
  return positions;
}

Result<Done, SqliteError> RemovedPositions::add(std::int64_t position) {
  const auto before = one_range(find_before_, position);
  if (!before) return Failure{before.error()};
  const auto behind = one_range(find_at_, position + 1);
  if (!behind) return Failure{behind.error()};
  if (*behind) {
    auto removed = remove_.run(position + 1);
    if (!removed) return removed;
  }
  const std::int64_t last = *behind ? (*behind)->last : position;
  const bool adjoins = *before && (*before)->last == position - 1;
  return adjoins ? move_end_.run((*before)->first, last) : insert_.run(position, last);
}

}  // namespace svar::store
