#include "bot/store/log_writer.h"

#include <algorithm>
#include <string_view>

#include "bot/store/conversation_number.h"

namespace svar::store {
namespace {

using service::Appended;
using service::AppendOutcome;
using service::Conflict;

std::int64_t milliseconds(Time at) {
  return at.time_since_epoch().count();
}

std::optional<std::string_view> controller_of(const service::Row& row) {
  if (!row.controller) return std::nullopt;
  return row.controller->value;
}

Seq last_seq_of(const EncodedAppend& request) {
  return Seq{request.expected.value + static_cast<std::int64_t>(request.events.size())};
}

// Whether the columns that the partial indexes hang on stay as they are.
bool same_row(const Statement& found, const service::Row& row) {
  const auto controller = controller_of(row);
  return found.text(2) == code(row.owner) && found.integer(3) == row.answer_due.value &&
         found.is_null(4) != controller.has_value() && found.text(4) == controller.value_or("") &&
         (found.integer(5) != 0) == row.with_agent;
}

}  // namespace

EncodedAppend encode(service::Append request) {
  EncodedAppend encoded{
      request.conversation, request.expected, request.at, {}, std::move(request.row)};
  encoded.events.reserve(request.events->size());
  for (const Recorded& recorded : *request.events) encoded.events.push_back(encode(recorded.event));
  return encoded;
}

EncodedErasure encode(service::Erasure request) {
  return {encode(std::move(request.append)), std::move(request.seqs), request.everything};
}

Result<LogWriter, SqliteError> LogWriter::open(Connection& connection) {
  LogWriter writer(connection);
  auto prepared = writer.prepare();
  if (!prepared) return Failure{prepared.error()};
  return writer;
}

Result<Done, SqliteError> LogWriter::prepare() {
  return connection_->prepare_all({
      {begin_, "BEGIN IMMEDIATE"},
      {commit_, "COMMIT"},
      {find_last_position_, "SELECT max(position) FROM log"},
      {find_conversation_,
       "SELECT last_position, last_seq, owner, answer_due, controller, with_agent"
       " FROM conversation WHERE number=?1"},
      {start_,
       "INSERT INTO conversation(number, last_position, last_seq, last_at, owner, answer_due,"
       " controller, with_agent) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"
       " WHERE NOT EXISTS (SELECT 1 FROM removed_conversation WHERE number=?1)"
       " ON CONFLICT(number) DO UPDATE SET last_position=?2, last_seq=?3, last_at=?4, owner=?5,"
       " answer_due=?6, controller=?7, with_agent=?8 WHERE last_seq=0"},
      {move_,
       "UPDATE conversation SET last_position=?3, last_seq=?4, last_at=?5"
       " WHERE number=?1 AND last_seq=?2"},
      {move_and_change_,
       "UPDATE conversation SET last_position=?3, last_seq=?4, last_at=?5, owner=?6, answer_due=?7,"
       " controller=?8, with_agent=?9 WHERE number=?1 AND last_seq=?2"},
      {insert_event_,
       "INSERT INTO log(position, conversation, seq, previous, at, name, body, text)"
       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
      {find_event_, "SELECT seq, previous FROM log WHERE position=?1"},
      // secure_delete overwrites what the row no longer holds. Nothing else has a copy: rows are
      // added at the end only, so SQLite never moves one to another page.
      {empty_text_, "UPDATE log SET text='' WHERE position=?1 AND text<>''"},
      {find_contact_, "SELECT number FROM conversation WHERE contact_key=?1"},
      {insert_contact_,
       "INSERT INTO conversation(number, contact_key, last_position, last_seq, controller, owner,"
       " answer_due, last_at) SELECT ?1, ?2, 0, 0, NULL, 'none', 0, ?3"
       " WHERE NOT EXISTS (SELECT 1 FROM removed_conversation WHERE number=?1)"
       " ON CONFLICT(number) DO NOTHING"},
  });
}

Result<Done, SqliteError> LogWriter::begin() {
  auto began = begin_.finish();
  if (!began) return Failure{began.error()};
  auto step = find_last_position_.step();
  if (!step) {
    rollback();
    return Failure{step.error()};
  }
  last_position_ = find_last_position_.integer(0);
  find_last_position_.reset();
  return Done{};
}

Result<Done, SqliteError> LogWriter::commit() {
  return commit_.finish();
}

void LogWriter::rollback() {
  if (connection_->in_transaction()) (void)connection_->execute("ROLLBACK");
}

Result<AppendOutcome, SqliteError> LogWriter::perform(const EncodedAppend& request) {
  auto won = request.expected.value == 0 ? start_conversation(request) : move_conversation(request);
  if (!won) return Failure{won.error()};
  if (!*won) return AppendOutcome{Conflict{}};
  auto inserted = insert_events(request);
  if (!inserted) return Failure{inserted.error()};
  return AppendOutcome{Appended{last_seq_of(request)}};
}

// True when the conversation had no event yet; its row may be there, made by create(). A number
// whose conversation was removed never begins again.
Result<bool, SqliteError> LogWriter::start_conversation(const EncodedAppend& request) {
  previous_ = 0;
  const auto last = last_position_ + static_cast<std::int64_t>(request.events.size());
  auto started =
      start_.run(request.conversation.value, last, last_seq_of(request).value,
                 milliseconds(request.at), code(request.row.owner), request.row.answer_due.value,
                 controller_of(request.row), std::int64_t{request.row.with_agent});
  if (!started) return Failure{started.error()};
  return connection_->changes() == 1;
}

// True when the log ended at `expected`.
Result<bool, SqliteError> LogWriter::move_conversation(const EncodedAppend& request) {
  auto step = find_conversation_.bind(request.conversation.value).step();
  if (!step) return Failure{step.error()};
  if (*step == Step::done) return false;
  previous_ = find_conversation_.integer(0);
  const bool expected = find_conversation_.integer(1) == request.expected.value;
  const bool plain = same_row(find_conversation_, request.row);
  find_conversation_.reset();
  if (!expected) return false;

  const auto last = last_position_ + static_cast<std::int64_t>(request.events.size());
  const auto last_seq = last_seq_of(request).value;
  auto moved =
      plain ? move_.run(request.conversation.value, request.expected.value, last, last_seq,
                        milliseconds(request.at))
            : move_and_change_.run(request.conversation.value, request.expected.value, last,
                                   last_seq, milliseconds(request.at), code(request.row.owner),
                                   request.row.answer_due.value, controller_of(request.row),
                                   std::int64_t{request.row.with_agent});
  if (!moved) return Failure{moved.error()};
  return connection_->changes() == 1;
}

Result<Done, SqliteError> LogWriter::insert_events(const EncodedAppend& request) {
  std::int64_t seq = request.expected.value;
  for (const EncodedEvent& event : request.events) {
    insert_event_.bind(++last_position_, request.conversation.value, ++seq, previous_,
                       milliseconds(request.at));
    insert_event_.bind_view(6, event.name).bind_view(7, event.body).bind_view(8, event.text);
    auto inserted = insert_event_.finish();
    if (!inserted) return Failure{inserted.error()};
    previous_ = last_position_;
  }
  return Done{};
}

Result<AppendOutcome, SqliteError> LogWriter::perform(const EncodedErasure& request) {
  auto appended = perform(request.append);
  if (!appended || std::holds_alternative<Conflict>(*appended)) return appended;
  auto emptied = empty_texts(request);
  if (!emptied) return Failure{emptied.error()};
  return appended;
}

// Follows the chain from the last event, which perform() has just inserted.
Result<Done, SqliteError> LogWriter::empty_texts(const EncodedErasure& request) {
  std::int64_t position = previous_;
  while (position != 0) {
    auto step = find_event_.bind(position).step();
    if (!step) return Failure{step.error()};
    const Seq seq{find_event_.integer(0)};
    const std::int64_t previous = find_event_.integer(1);
    find_event_.reset();
    const bool wanted =
        seq <= request.append.expected &&
        (request.everything || std::ranges::find(request.seqs, seq) != request.seqs.end());
    if (wanted) {
      auto emptied = empty_text_.run(position);
      if (!emptied) return Failure{emptied.error()};
    }
    position = previous;
  }
  return Done{};
}

Result<ConversationId, SqliteError> LogWriter::perform(const Creation& request) {
  auto step = find_contact_.bind(request.contact_key).step();
  if (!step) return Failure{step.error()};
  if (*step == Step::row) {
    const ConversationId known{find_contact_.integer(0)};
    find_contact_.reset();
    return known;
  }
  while (true) {  // drawn numbers hardly ever meet
    const ConversationId drawn = draw_conversation_number(request.at);
    auto inserted = insert_contact_.run(drawn.value, request.contact_key, milliseconds(request.at));
    if (!inserted) return Failure{inserted.error()};
    if (connection_->changes() == 1) return drawn;
  }
}

}  // namespace svar::store
