// The write side of the log on one connection: what happens between BEGIN and COMMIT. Whoever uses
// it decides what shares a transaction, and what to do about errors.
//
// Threads: one. Blocking: all of it. After an error inside a transaction call rollback().
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bot/service/turn/event_store.h"
#include "bot/store/event_codec.h"
#include "bot/store/sqlite.h"

namespace svar::store {

// service::Append with its events encoded, so that it can be tried more than once.
struct EncodedAppend {
  ConversationId conversation;
  Seq expected;
  Time at;
  std::vector<EncodedEvent> events;
  service::Row row;
};
EncodedAppend encode(service::Append request);

struct EncodedErasure {
  EncodedAppend append;
  std::vector<Seq> seqs;
  bool everything = false;
};
EncodedErasure encode(service::Erasure request);

struct Creation {
  std::string contact_key;
  Time at;
};

// What other tables of the file need written in a transaction of the log's. May run more than once:
// what shares a transaction with something impossible is tried again alone.
using Task = std::function<Result<Done, SqliteError>(Connection&)>;

class LogWriter {
 public:
  // `connection` must outlive it and hold the schema.
  static Result<LogWriter, SqliteError> open(Connection& connection);

  // Takes the write lock; fails with busy() when another connection keeps it beyond the busy
  // timeout.
  Result<Done, SqliteError> begin();
  Result<Done, SqliteError> commit();
  void rollback();

  // Inside a transaction. A conflict has changed nothing.
  Result<service::AppendOutcome, SqliteError> perform(const EncodedAppend& request);
  Result<service::AppendOutcome, SqliteError> perform(const EncodedErasure& request);
  Result<ConversationId, SqliteError> perform(const Creation& request);
  Result<Done, SqliteError> perform(const Task& task) { return task(*connection_); }

 private:
  explicit LogWriter(Connection& connection) : connection_(&connection) {}
  Result<Done, SqliteError> prepare();
  Result<bool, SqliteError> start_conversation(const EncodedAppend& request);
  Result<bool, SqliteError> move_conversation(const EncodedAppend& request);
  Result<Done, SqliteError> insert_events(const EncodedAppend& request);
  Result<Done, SqliteError> empty_texts(const EncodedErasure& request);

  Connection* connection_;
  std::int64_t last_position_ = 0;  // of the whole log; valid inside a transaction
  std::int64_t previous_ = 0;       // what the next event inserted is chained to
  Statement begin_, commit_, find_last_position_;
  Statement find_conversation_, start_, move_, move_and_change_;
  Statement insert_event_, find_event_, empty_text_;
  Statement find_contact_, insert_contact_;
};

}  // namespace svar::store
