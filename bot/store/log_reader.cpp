#include "bot/store/log_reader.h"

#include <algorithm>
#include <limits>

#include "bot/store/event_codec.h"

namespace svar::store {
namespace {

using service::LoggedEvent;
using service::StoreError;

Failure<StoreError> failed(const SqliteError& error) {
  return Failure{StoreError{"cannot read the log: " + error.what}};
}

Time time_of(std::int64_t milliseconds) {
  return Time{std::chrono::milliseconds{milliseconds}};
}

// Columns from `first`: seq, at, name, body, text.
Result<Recorded, StoreError> recorded(const Statement& row, int first) {
  auto event = decode(row.text(first + 2), row.text(first + 3), std::string(row.text(first + 4)));
  if (!event) return Failure{StoreError{"cannot read the log: " + event.error().what}};
  return Recorded{Seq{row.integer(first)}, time_of(row.integer(first + 1)), std::move(*event)};
}

// Keeps one state of the file in sight; ends with the scope.
class Snapshot {
 public:
  Snapshot(Statement& begin, Statement& end) : end_(end), error_(begin.finish()) {}
  ~Snapshot() { (void)end_.finish(); }
  Snapshot(const Snapshot&) = delete;
  const Result<Done, SqliteError>& begun() const { return error_; }

 private:
  Statement& end_;
  Result<Done, SqliteError> error_;
};

Result<LogReader::Entries, StoreError> entries(Statement& query) {
  LogReader::Entries found;
  while (true) {
    auto step = query.step();
    if (!step) return failed(step.error());
    if (*step == Step::done) return found;
    const auto owner = owner_from_code(query.text(4));
    if (!owner) return Failure{StoreError{"cannot read the log: unknown owner"}};
    service::Row row{std::nullopt, *owner, Seq{query.integer(5)}, query.integer(6) != 0};
    if (!query.is_null(3)) row.controller = MunicipalityId{std::string(query.text(3))};
    found.push_back({ConversationId{query.integer(0)}, Seq{query.integer(1)},
                     time_of(query.integer(2)), std::move(row)});
  }
}

}  // namespace

Result<LogReader, StoreError> LogReader::open(Connection& connection) {
  LogReader reader(connection);
  auto prepared = connection.prepare_all({
      {reader.begin_, "BEGIN"},
      {reader.end_, "COMMIT"},
      {reader.find_last_, "SELECT last_position, last_seq FROM conversation WHERE number=?1"},
      {reader.find_event_, "SELECT previous, seq, at, name, body, text FROM log WHERE position=?1"},
      {reader.read_all_,
       "SELECT position, conversation, seq, at, name, body, text FROM log"
       " WHERE position>?1 ORDER BY position LIMIT ?2"},
      {reader.find_answer_due_,
       "SELECT number, last_seq, last_at, controller, owner, answer_due, with_agent"
       " FROM conversation"
       " WHERE answer_due > 0 ORDER BY last_at, number"},
      // "+last_at" keeps the planner on the index of what is owned.
      {reader.find_owned_,
       "SELECT number, last_seq, last_at, controller, owner, answer_due, with_agent"
       " FROM conversation"
       " WHERE owner=?1 AND owner <> 'none' AND +last_at<=?2 ORDER BY last_at, number"},
      {reader.find_closed_,
       "SELECT number, last_seq, last_at, controller, owner, answer_due, with_agent"
       " FROM conversation"
       " WHERE owner='none' AND controller=?1 AND last_at<=?2 AND with_agent=?4"
       " ORDER BY last_at LIMIT ?3"},
  });
  if (!prepared) return failed(prepared.error());
  return reader;
}

Result<std::vector<Recorded>, StoreError> LogReader::load(ConversationId conversation, Seq after) {
  Snapshot snapshot(begin_, end_);
  if (!snapshot.begun()) return failed(snapshot.begun().error());
  std::vector<Recorded> events;
  auto step = find_last_.bind(conversation.value).step();
  if (!step) return failed(step.error());
  if (*step == Step::done) return events;
  std::int64_t position = find_last_.integer(0);
  std::int64_t seq = find_last_.integer(1);
  find_last_.reset();

  events.reserve(static_cast<std::size_t>(std::max<std::int64_t>(seq - after.value, 0)));
  for (; seq > after.value; --seq) {
    auto found = find_event_.bind(position).step();
    if (!found) return failed(found.error());
    if (*found == Step::done || find_event_.integer(1) != seq) {
      find_event_.reset();
      return Failure{StoreError{"the log of conversation " + std::to_string(conversation.value) +
                                " is broken at event " + std::to_string(seq)}};
    }
    auto event = recorded(find_event_, 1);
    position = find_event_.integer(0);
    find_event_.reset();
    if (!event) return Failure{event.error()};
    events.push_back(std::move(*event));
  }
  std::ranges::reverse(events);
  return events;
}

Result<std::vector<LoggedEvent>, StoreError> LogReader::read_all(Position after,
                                                                 std::size_t count_max) {
  const auto limit = std::min<std::size_t>(count_max, std::numeric_limits<std::int64_t>::max());
  std::vector<LoggedEvent> events;
  read_all_.bind(after.value, static_cast<std::int64_t>(limit));
  while (true) {
    auto step = read_all_.step();
    if (!step) return failed(step.error());
    if (*step == Step::done) return events;
    auto event = recorded(read_all_, 2);
    if (!event) {
      read_all_.reset();
      return Failure{event.error()};
    }
    events.push_back(
        {Position{read_all_.integer(0)}, ConversationId{read_all_.integer(1)}, std::move(*event)});
  }
}

Result<LogReader::Entries, StoreError> LogReader::find_answer_due() {
  auto found = entries(find_answer_due_.bind());
  find_answer_due_.reset();
  return found;
}

Result<LogReader::Entries, StoreError> LogReader::find_owned(Owner owner, Time last_at_max) {
  auto found = entries(find_owned_.bind(code(owner), last_at_max.time_since_epoch().count()));
  find_owned_.reset();
  return found;
}

Result<LogReader::Entries, StoreError> LogReader::find_closed(const MunicipalityId& controller,
                                                              service::Involved who,
                                                              Time last_at_max,
                                                              std::size_t count_max) {
  auto found = entries(find_closed_.bind(controller.value, last_at_max.time_since_epoch().count(),
                                         static_cast<std::int64_t>(count_max),
                                         std::int64_t{who == service::Involved::agent}));
  find_closed_.reset();
  return found;
}

}  // namespace svar::store
