// Removes what was erased long ago beside the service's work, a few conversations a transaction.
//
// Threads: remove() and its completion on the store's executor.
#pragma once

#include <functional>
#include <memory>

#include "bot/store/removal/conversation_removal.h"
#include "bot/store/sqlite_event_store.h"

namespace svar::store {

class ConversationRemover {
 public:
  // `listed`: up to which position erasures are in a list; asked before each transaction. The store
  // must outlive every removal that was begun.
  ConversationRemover(SqliteEventStore& store, std::function<Position()> listed)
      : store_(store), listed_(std::move(listed)) {}

  // Removes what was erased at `last_at_max` or before, see remove_erased(). `done` runs once, with
  // how many conversations went. After an error those before it are gone all the same.
  void remove(Time last_at_max,
              std::function<void(Result<std::int64_t, service::StoreError>)> done);

 private:
  struct Round;
  void go_on(const std::shared_ptr<Round>& round);

  SqliteEventStore& store_;
  std::function<Position()> listed_;
};

}  // namespace svar::store
