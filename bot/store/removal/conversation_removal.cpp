#include "bot/store/removal/conversation_removal.h"

#include <algorithm>
#include <optional>
#include <set>

#include "bot/domain/conversation.h"
#include "bot/store/event_codec.h"
#include "bot/store/removal/month_count_rows.h"
#include "bot/store/removal/removed_positions.h"

namespace svar::store {
namespace {

using service::LoggedEvent;

struct Candidate {
  ConversationId conversation;
  std::int64_t last_position = 0;
  RemovalPlace place;
};

class Removing {
 public:
  Removing(Connection& connection, RemovedPositions positions)
      : connection_(connection), positions_(std::move(positions)) {}

  Result<Done, SqliteError> prepare() {
    return connection_.prepare_all({
        {find_event_,
         "SELECT previous, seq, at, name, body, text FROM log WHERE position=?1 AND "
         "conversation=?2"},
        {delete_event_, "DELETE FROM log WHERE position=?1"},
        {delete_row_, "DELETE FROM conversation WHERE number=?1"},
        {keep_number_, "INSERT INTO removed_conversation(number) VALUES(?1)"},
    });
  }

  // False when it stays.
  Result<bool, SqliteError> remove(const Candidate& candidate) {
    auto events = read(candidate);
    if (!events) return Failure{events.error()};
    if (!*events || !is_erased(**events)) return false;
    auto done = count(**events);
    for (const LoggedEvent& event : **events) {
      if (done) done = delete_event_.run(event.position.value);
      if (done) done = positions_.add(event.position.value);
    }
    if (done) done = delete_row_.run(candidate.conversation.value);
    if (done) done = keep_number_.run(candidate.conversation.value);
    if (!done) return Failure{done.error()};
    return true;
  }

 private:
  // Oldest first; nothing when the chain is not whole or an event cannot be read.
  Result<std::optional<std::vector<LoggedEvent>>, SqliteError> read(const Candidate& candidate) {
    std::vector<LoggedEvent> events;
    std::int64_t position = candidate.last_position;
    while (position != 0) {
      auto step = find_event_.bind(position, candidate.conversation.value).step();
      if (!step) return Failure{step.error()};
      if (*step == Step::done) return std::optional<std::vector<LoggedEvent>>{};
      const Seq seq{find_event_.integer(1)};
      const Time at{std::chrono::milliseconds{find_event_.integer(2)}};
      auto event =
          decode(find_event_.text(3), find_event_.text(4), std::string(find_event_.text(5)));
      const std::int64_t previous = find_event_.integer(0);
      find_event_.reset();
      if (!event || previous >= position) return std::optional<std::vector<LoggedEvent>>{};
      events.push_back({Position{position}, candidate.conversation, {seq, at, std::move(*event)}});
      position = previous;
    }
    std::ranges::reverse(events);
    return std::optional{std::move(events)};
  }

  static bool is_erased(const std::vector<LoggedEvent>& events) {
    Conversation state;
    for (const LoggedEvent& event : events) evolve(state, event.recorded);
    return state.lifecycle == Lifecycle::erased;
  }

  // By the same report that counts the log, so that a month's figures stay what they were.
  Result<Done, SqliteError> count(const std::vector<LoggedEvent>& events) {
    std::set<std::chrono::year_month> months;
    for (const LoggedEvent& event : events) {
      if (std::holds_alternative<ConversationOpened>(event.recorded.event))
        months.insert(service::month_of(event.recorded.at));
    }
    for (const auto month : months) {
      service::MonthReport report(month);
      for (const LoggedEvent& event : events) report.add(event);
      if (auto added = add_month_counts(connection_, month, report.counts()); !added) return added;
    }
    return Done{};
  }

  Connection& connection_;
  RemovedPositions positions_;
  Statement find_event_, delete_event_, delete_row_, keep_number_;
};

// "+contact_key" keeps the planner on the index of what is erased.
Result<std::vector<Candidate>, SqliteError> find_candidates(Connection& connection,
                                                            const RemovalOrder& order) {
  auto query = connection.prepare(
      "SELECT number, last_position, last_at FROM conversation"
      " WHERE owner='none' AND controller IS NULL AND last_seq>0 AND +contact_key IS NULL"
      " AND last_at<=?1 AND (last_at, number)>(?2, ?3)"
      " ORDER BY last_at, number LIMIT ?4");
  if (!query) return Failure{query.error()};
  query->bind(order.last_at_max.time_since_epoch().count(), order.after.last_at, order.after.number,
              order.looked_at_max);
  std::vector<Candidate> found;
  while (true) {
    const auto step = query->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return found;
    found.push_back({ConversationId{query->integer(0)},
                     query->integer(1),
                     {query->integer(2), query->integer(0)}});
  }
}

}  // namespace

Result<Removal, SqliteError> remove_erased(Connection& connection, const RemovalOrder& order) {
  const auto newest = connection.query_integer("SELECT max(position) FROM log");
  if (!newest) return Failure{newest.error()};
  const auto candidates = find_candidates(connection, order);
  if (!candidates) return Failure{candidates.error()};
  auto positions = RemovedPositions::open(connection);
  if (!positions) return Failure{positions.error()};
  Removing removing(connection, std::move(*positions));
  if (auto prepared = removing.prepare(); !prepared) return Failure{prepared.error()};

  Removal removal;
  removal.end = order.after;
  removal.looked_at_all = static_cast<std::int64_t>(candidates->size()) < order.looked_at_max;
  for (const Candidate& candidate : *candidates) {
    removal.end = candidate.place;
    if (candidate.last_position == *newest || candidate.last_position > order.listed.value)
      continue;
    const auto removed = removing.remove(candidate);
    if (!removed) return Failure{removed.error()};
    if (*removed) removal.removed.push_back(candidate.conversation);
  }
  return removal;
}

}  // namespace svar::store
