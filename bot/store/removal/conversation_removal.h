// What is left of a conversation when its words are erased - when what happened, in which topics -
// goes as well, whole: all its events and its row. Before that, what a month's figures need of it
// is added to the counts of its municipality. Its number stays, so that it never begins again, and
// so do the positions that are empty now.
//
// Conversations of messaging platforms stay: a contact's next one is found through them.
//
// Threads: one. Blocking: all of it.
#pragma once

#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/time.h"
#include "bot/store/sqlite.h"

namespace svar::store {

struct RemovalPlace {  // by what happened last, then by number
  std::int64_t last_at = 0;
  std::int64_t number = 0;
};

struct RemovalOrder {
  Time last_at_max;    // erased then or before
  Position listed;     // a list of erasures holds what was erased up to here
  RemovalPlace after;  // goes on behind it
  std::int64_t looked_at_max = 25;
};

struct Removal {
  std::vector<ConversationId> removed;
  RemovalPlace end;  // of what was looked at
  bool looked_at_all = false;
};

// Inside a transaction, which counts and removes all of it or nothing. Left as they are: the
// conversation with the newest event of all (its position would be given again), one whose erasure
// no list holds yet (a restore would bring its words back), and one that cannot be read.
Result<Removal, SqliteError> remove_erased(Connection& connection, const RemovalOrder& order);

}  // namespace svar::store
