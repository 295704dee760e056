#include "bot/store/log_verification.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "bot/service/turn/event_store.h"
#include "bot/store/event_codec.h"
#include "bot/store/log_schema.h"
#include "bot/store/verification_fold.h"

namespace svar::store {
namespace {

constexpr std::int64_t kConversationsASnapshot = 200;
constexpr std::int64_t kEventsASnapshot = 20'000;
constexpr std::chrono::seconds kBusyTimeout{10};  // while another process recovers the log

std::string number(std::int64_t value) {
  return std::to_string(value);
}

// A conversation's row as it stands in the file.
struct StoredRow {
  ConversationId conversation;
  std::int64_t last_position = 0;
  std::int64_t last_seq = 0;
  std::int64_t last_at = 0;
  std::int64_t answer_due = 0;
  std::string owner;
  std::optional<std::string> controller;
  std::optional<bool> with_agent;  // older schemas don't have it
  bool contact = false;            // made for a contact of a channel, so it may have no event yet
};

std::optional<ReleaseNumber> release_of(const Event& event) {
  return std::visit(
      [](const auto& held) -> std::optional<ReleaseNumber> {
        if constexpr (requires { held.release.value; }) {
          if (held.release.value != 0) return held.release;
        }
        return std::nullopt;
      },
      event);
}

class Verification {
 public:
  Verification(Connection& connection, const VerificationProgress& progress)
      : connection_(connection), progress_(progress) {}

  Result<Done, SqliteError> prepare(std::int64_t schema);
  // Stops at the first error of the database.
  Result<Done, SqliteError> run();
  LogReport take_report() { return std::move(report_); }
  void find(ConversationId conversation, std::int64_t position, std::string what);

 private:
  Result<Done, SqliteError> check_file();
  Result<Done, SqliteError> check_conversations();
  Result<Done, SqliteError> check_positions();
  Result<std::vector<StoredRow>, SqliteError> next_rows(ConversationId after);
  Result<Done, SqliteError> check_conversation(const StoredRow& row);
  Result<bool, SqliteError> follow_chain(const StoredRow& row, std::vector<std::int64_t>& chain);
  Result<bool, SqliteError> check_link(const StoredRow& row, std::int64_t position,
                                       std::int64_t seq);
  Result<std::optional<VerificationFold>, SqliteError> fold(const StoredRow& row,
                                                            const std::vector<std::int64_t>& chain);
  void compare(const StoredRow& row, const Conversation& state);
  Result<bool, SqliteError> check_next_positions(std::int64_t& last);
  Result<Done, SqliteError> check_gap(std::int64_t first, std::int64_t last);
  Result<Done, SqliteError> check_removals();
  Result<Done, SqliteError> find_each(std::string_view sql, const std::string& what);

  Connection& connection_;
  const VerificationProgress& progress_;
  LogReport report_;
  std::int64_t horizon_ = 0;  // events beyond it came later and may be seen or not
  PositionSet visited_;
  std::unordered_set<std::int64_t> broken_;  // conversations whose chain could not be followed
  bool knows_removals_ = false;              // older schemas don't
  Statement begin_, end_, rows_, find_link_, find_event_, positions_, removed_;
};

void Verification::find(ConversationId conversation, std::int64_t position, std::string what) {
  ++report_.findings_count;
  if (report_.findings.size() >= kFindingsMax) return;
  report_.findings.push_back({conversation, Position{position}, std::move(what)});
}

Result<Done, SqliteError> Verification::prepare(std::int64_t schema) {
  const std::string with_agent = schema < kSchemaWithAgent ? "NULL" : "with_agent";
  knows_removals_ = schema >= kSchemaRemovals;
  const std::string removed =
      knows_removals_ ? "SELECT first, last FROM removed_events WHERE first<=?1 AND last>=?2"
                      : "SELECT 0 WHERE ?1<0 AND ?2<0";
  return connection_.prepare_all({
      {removed_, removed},
      {begin_, "BEGIN"},
      {end_, "COMMIT"},
      {rows_,
       "SELECT number, last_position, last_seq, last_at, answer_due, owner, controller, " +
           with_agent +
           ", contact_key IS NOT NULL FROM conversation WHERE number>?1 ORDER BY number LIMIT ?2"},
      {find_link_, "SELECT conversation, seq, previous FROM log WHERE position=?1"},
      {find_event_, "SELECT seq, at, name, body, text FROM log WHERE position=?1"},
      {positions_,
       "SELECT position, conversation FROM log WHERE position>?1 AND position<=?2"
       " ORDER BY position LIMIT ?3"},
  });
}

Result<Done, SqliteError> Verification::run() {
  auto checked = check_file();
  if (checked) checked = check_conversations();
  if (checked) checked = check_positions();
  if (checked && knows_removals_) checked = check_removals();
  return checked;
}

// What SQLite itself can tell: pages, indexes, constraints.
Result<Done, SqliteError> Verification::check_file() {
  auto check = connection_.prepare("PRAGMA integrity_check(100)");
  if (!check) return Failure{check.error()};
  while (true) {
    auto step = check->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) break;
    if (check->text(0) != "ok") find({}, 0, "the file is damaged: " + std::string(check->text(0)));
  }
  auto last = connection_.query_integer("SELECT max(position) FROM log");
  if (!last) return Failure{last.error()};
  horizon_ = *last;
  report_.last = Position{horizon_};
  return Done{};
}

Result<Done, SqliteError> Verification::check_conversations() {
  ConversationId after{std::numeric_limits<std::int64_t>::min()};
  while (true) {
    auto begun = begin_.finish();
    if (!begun) return begun;
    auto rows = next_rows(after);
    if (!rows) return Failure{rows.error()};
    for (const StoredRow& row : *rows) {
      auto checked = check_conversation(row);
      if (!checked) return checked;
    }
    auto ended = end_.finish();
    if (!ended) return ended;
    if (rows->empty()) return Done{};
    after = rows->back().conversation;
    if (progress_) progress_(std::min(report_.events, horizon_), horizon_);
  }
}

Result<std::vector<StoredRow>, SqliteError> Verification::next_rows(ConversationId after) {
  std::vector<StoredRow> rows;
  rows_.bind(after.value, kConversationsASnapshot);
  while (true) {
    auto step = rows_.step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return rows;
    StoredRow row{ConversationId{rows_.integer(0)},
                  rows_.integer(1),
                  rows_.integer(2),
                  rows_.integer(3),
                  rows_.integer(4),
                  std::string(rows_.text(5)),
                  std::nullopt,
                  std::nullopt,
                  rows_.integer(8) != 0};
    if (!rows_.is_null(7)) row.with_agent = rows_.integer(7) != 0;
    if (!rows_.is_null(6)) row.controller = std::string(rows_.text(6));
    rows.push_back(std::move(row));
  }
}

Result<Done, SqliteError> Verification::check_conversation(const StoredRow& row) {
  ++report_.conversations;
  if (row.last_seq == 0 && row.last_position == 0) {
    if (!row.contact) find(row.conversation, 0, "the row has no event and no contact");
    return Done{};
  }
  std::vector<std::int64_t> chain;
  auto whole = follow_chain(row, chain);
  if (!whole) return Failure{whole.error()};
  if (!*whole) {
    broken_.insert(row.conversation.value);
    return Done{};
  }
  auto folded = fold(row, chain);
  if (!folded) return Failure{folded.error()};
  if (*folded) compare(row, (*folded)->state());
  return Done{};
}

// Gathers the positions, newest first; false when the chain is not whole.
Result<bool, SqliteError> Verification::follow_chain(const StoredRow& row,
                                                     std::vector<std::int64_t>& chain) {
  std::int64_t position = row.last_position;
  std::int64_t seq = row.last_seq;
  while (position != 0) {
    auto fits = check_link(row, position, seq);
    if (!fits || !*fits) return fits;
    chain.push_back(position);
    if (position <= horizon_) visited_.insert(position);
    position = find_link_.integer(2);
    find_link_.reset();
    --seq;
  }
  if (seq == 0) return true;
  find(row.conversation, chain.back(),
       "the chain ends here, but " + number(seq) + " events should come before");
  return false;
}

// On true find_link_ stands on the event.
Result<bool, SqliteError> Verification::check_link(const StoredRow& row, std::int64_t position,
                                                   std::int64_t seq) {
  auto step = find_link_.bind(position).step();
  if (!step) return Failure{step.error()};
  std::string fault;
  if (*step == Step::done) {
    fault = "event " + number(seq) + " is missing";
  } else if (find_link_.integer(0) != row.conversation.value) {
    fault = "event " + number(seq) + " should stand here, but it is one of conversation " +
            number(find_link_.integer(0));
  } else if (find_link_.integer(1) != seq) {
    fault = "has seq " + number(find_link_.integer(1)) + ", but should have " + number(seq);
  } else if (find_link_.integer(2) < 0 || find_link_.integer(2) >= position) {
    fault = "is chained to position " + number(find_link_.integer(2)) + ", which is not before it";
  }
  if (fault.empty()) return true;
  find_link_.reset();
  find(row.conversation, position, std::move(fault));
  return false;
}

// Nothing when an event cannot be read.
Result<std::optional<VerificationFold>, SqliteError> Verification::fold(
    const StoredRow& row, const std::vector<std::int64_t>& chain) {
  std::optional<VerificationFold> folded{std::in_place};
  for (auto position = chain.rbegin(); position != chain.rend(); ++position) {
    auto step = find_event_.bind(*position).step();
    if (!step) return Failure{step.error()};
    ++report_.events;
    const Seq seq{find_event_.integer(0)};
    const Time at{std::chrono::milliseconds{find_event_.integer(1)}};
    std::string text(find_event_.text(4));
    const bool has_text = !text.empty();
    auto event = decode(find_event_.text(2), find_event_.text(3), std::move(text));
    find_event_.reset();
    if (!event) {
      find(row.conversation, *position, "cannot be read: " + event.error().what);
      folded.reset();
      continue;
    }
    if (const auto release = release_of(*event)) report_.releases.insert(*release);
    if (!folded) continue;
    std::string fault = folded->add({seq, at, std::move(*event)});
    if (!fault.empty()) find(row.conversation, *position, std::move(fault));
    if (has_text) folded->add_text(seq.value);
  }
  return folded;
}

void Verification::compare(const StoredRow& row, const Conversation& state) {
  const service::Row fresh = service::row_of(state);
  const auto differs = [&](std::string_view column, const std::string& stored,
                           const std::string& folded) {
    if (stored == folded) return;
    find(row.conversation, row.last_position,
         "the row's " + std::string(column) + " is «" + stored + "», its events give «" + folded +
             "»");
  };
  differs("owner", row.owner, std::string(code(fresh.owner)));
  differs("controller", row.controller.value_or("nobody"),
          fresh.controller ? fresh.controller->value : "nobody");
  differs("answer_due", number(row.answer_due), number(fresh.answer_due.value));
  if (row.with_agent) differs("with_agent", number(*row.with_agent), number(fresh.with_agent));
  differs("last_at", number(row.last_at), number(state.last_at.time_since_epoch().count()));
  if (state.lifecycle == Lifecycle::erased) ++report_.erased;
}

// Every position up to the horizon is there or was removed, and in some conversation's chain.
Result<Done, SqliteError> Verification::check_positions() {
  std::int64_t last = 0;
  while (last < horizon_) {
    auto found = check_next_positions(last);
    if (!found) return Failure{found.error()};
    if (!*found) break;
  }
  return Done{};
}

Result<bool, SqliteError> Verification::check_next_positions(std::int64_t& last) {
  const std::int64_t before = last;
  positions_.bind(last, horizon_, kEventsASnapshot);
  while (true) {
    auto step = positions_.step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return last != before;
    const std::int64_t position = positions_.integer(0);
    const ConversationId conversation{positions_.integer(1)};
    if (position != last + 1) {
      if (auto checked = check_gap(last + 1, position - 1); !checked)
        return Failure{checked.error()};
    }
    if (!visited_.contains(position) && !broken_.contains(conversation.value)) {
      find(conversation, position, "is in no conversation's chain");
    }
    last = position;
  }
}

// Ranges grow together, so that a gap lies in one of them. Reads the same state of the file as the
// statement that found the gap.
Result<Done, SqliteError> Verification::check_gap(std::int64_t first, std::int64_t last) {
  const auto step = removed_.bind(first, last).step();
  if (!step) return Failure{step.error()};
  removed_.reset();
  if (*step == Step::done)
    find({}, first, number(last - first + 1) + " events are missing from here on");
  return Done{};
}

// What is said to be removed is gone.
Result<Done, SqliteError> Verification::check_removals() {
  auto checked = find_each(
      "SELECT 0, position FROM removed_events JOIN log ON position BETWEEN first AND last LIMIT "
      "1000",
      "stands where events were removed");
  if (!checked) return checked;
  return find_each(
      "SELECT number, last_position FROM removed_conversation JOIN conversation USING(number)"
      " LIMIT 1000",
      "was removed, and is there again");
}

Result<Done, SqliteError> Verification::find_each(std::string_view sql, const std::string& what) {
  auto found = connection_.prepare(sql);
  if (!found) return Failure{found.error()};
  while (true) {
    const auto step = found->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return Done{};
    find(ConversationId{found->integer(0)}, found->integer(1), what);
  }
}

// Which schema the file has; an error when it is none of ours.
Result<std::int64_t, SqliteError> schema_of(Connection& connection) {
  auto version = connection.query_integer("PRAGMA user_version");
  const auto newest = static_cast<std::int64_t>(kLogSchema.size());
  if (!version || (*version >= 1 && *version <= newest)) return version;
  return Failure{SqliteError{0, "schema " + number(*version) +
                                    " is not one that this version knows (1 to " + number(newest) +
                                    ")"}};
}

}  // namespace

Result<LogReport, SqliteError> verify_log(const std::filesystem::path& file,
                                          const VerificationProgress& progress) {
  auto connection = Connection::open(file, OpenMode::read);
  if (!connection) return Failure{connection.error()};
  connection->set_busy_timeout(kBusyTimeout);
  const auto schema = schema_of(*connection);
  if (!schema) return Failure{schema.error()};
  Verification verification(*connection, progress);
  auto ran = verification.prepare(*schema);
  if (!ran) return Failure{ran.error()};
  ran = verification.run();
  if (!ran) verification.find({}, 0, "the file cannot be read on: " + ran.error().what);
  return verification.take_report();
}

}  // namespace svar::store
