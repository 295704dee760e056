// The read side of the log on one connection of its own. Each method sees one committed state of
// the file.
//
// Threads: one. Blocking: all of it.
#pragma once

#include <vector>

#include "bot/service/turn/event_store.h"
#include "bot/store/sqlite.h"

namespace svar::store {

class LogReader {
 public:
  using Entries = std::vector<service::ConversationDirectory::Entry>;

  // `connection` must outlive it and hold the schema.
  static Result<LogReader, service::StoreError> open(Connection& connection);

  Result<std::vector<Recorded>, service::StoreError> load(ConversationId conversation, Seq after);
  Result<std::vector<service::LoggedEvent>, service::StoreError> read_all(Position after,
                                                                          std::size_t count_max);
  Result<Entries, service::StoreError> find_answer_due();
  Result<Entries, service::StoreError> find_owned(Owner owner, Time last_at_max);
  Result<Entries, service::StoreError> find_closed(const MunicipalityId& controller,
                                                   service::Involved who, Time last_at_max,
                                                   std::size_t count_max);

 private:
  explicit LogReader(Connection& connection) : connection_(&connection) {}

  Connection* connection_;
  Statement begin_, end_;
  Statement find_last_, find_event_, read_all_, find_answer_due_, find_owned_, find_closed_;
};

}  // namespace svar::store
