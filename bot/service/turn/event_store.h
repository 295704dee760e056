// The log of every conversation, as the service needs it. Append-only; one gapless sequence a
// conversation.
//
// Threads: every method may be called from any thread and returns at once. Each completion runs
// exactly once, never inside the call, on the executor given to the store, in commit order. At
// shutdown what is pending is committed or completed with an error. Durability: when a completion
// reports Appended, the events survive a crash of the process and of the machine.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/domain/event.h"
#include "bot/domain/result.h"

namespace svar::service {

// The log could not be reached, read or written. After a failed append nothing is known about what
// was stored: drop the cached state and load again.
struct StoreError {
  std::string what;
};

// The projections that live in the conversation's own row, written in the append's transaction.
struct Row {
  std::optional<MunicipalityId> controller;
  Owner owner = Owner::none;
  Seq answer_due;  // the seq that waits for an answer; 0 when none does
  bool with_agent = false;  // an agent had it at some time
  bool operator==(const Row&) const = default;
};
Row row_of(const Conversation& state);

struct Appended {
  Seq last;
};
struct Conflict {};  // somebody else appended first: load again and decide again
using AppendOutcome = std::variant<Appended, Conflict>;

// Events on their way into the log, shared between who decided them, the store and the readers: a
// turn copies none of them.
using NewEvents = std::shared_ptr<const std::vector<Recorded>>;

struct Append {
  ConversationId conversation;
  Seq expected;  // the log must still end here; 0 creates the log
  Time at;
  NewEvents events;  // not empty, all `at`, with seq expected+1, expected+2 …
  Row row;           // after these events
};

// These events as the log will hold them after `expected`.
NewEvents new_events(Seq expected, Time at, std::vector<Event> events);

// Which texts an erasure empties, beside appending its event.
struct Erasure {
  Append append;          // holds Redacted, or ends with Erased
  std::vector<Seq> seqs;  // emptied; when `everything` is set, all events up to `expected`
  bool everything = false;
};

// An event with its conversation, for readers of the whole log.
struct LoggedEvent {
  Position position;
  ConversationId conversation;
  Recorded recorded;
};

class EventStore {
 public:
  virtual ~EventStore() = default;

  // Appends all events in order if the log still ends at `expected`; otherwise appends none and
  // answers Conflict.
  virtual void append(Append request,
                      std::function<void(Result<AppendOutcome, StoreError>)> done) = 0;

  // The conversation that a contact of a channel has, created on first use: exactly one a contact,
  // for ever. `contact_key` is "<channel>:<keyed hash>"; web chat makes its own numbers and never
  // calls this.
  virtual void create(std::string contact_key, Time at,
                      std::function<void(Result<ConversationId, StoreError>)> done) = 0;

  // All events after `after`, oldest first; empty when there are none. Reads what was committed
  // before the call.
  virtual void load(ConversationId conversation, Seq after,
                    std::function<void(Result<std::vector<Recorded>, StoreError>)> done) = 0;

  // At most `count_max` events of all conversations after `after`, by rising position.
  virtual void read_all(Position after, std::size_t count_max,
                        std::function<void(Result<std::vector<LoggedEvent>, StoreError>)> done) = 0;

  // Empties texts and appends, in one transaction, with the same rule of `expected`. When it
  // reports Appended the emptied words are in no file of the store any more (log, write-ahead log,
  // free pages).
  virtual void erase(Erasure request,
                     std::function<void(Result<AppendOutcome, StoreError>)> done) = 0;
};

// Who was in a conversation beside the citizen, at some time.
enum class Involved { bot_alone, agent };

// Conversations found by their row, for sweeps and for the desk at start. Same threads and
// completions as EventStore.
class ConversationDirectory {
 public:
  virtual ~ConversationDirectory() = default;

  struct Entry {
    ConversationId conversation;
    Seq last_seq;
    Time last_at;
    Row row;
  };

  // Every conversation with an answer due, oldest first.
  virtual void find_answer_due(
      std::function<void(Result<std::vector<Entry>, StoreError>)> done) = 0;
  // Every conversation with this owner whose last event is at or before `last_at_max`. Not for
  // Owner::none.
  virtual void find_owned(Owner owner, Time last_at_max,
                          std::function<void(Result<std::vector<Entry>, StoreError>)> done) = 0;
  // At most `count_max` closed conversations of this controller, of those that a person had at some
  // time or of the others, whose last event is at or before `last_at_max`, oldest first. Those
  // already erased have no controller in their row any more.
  virtual void find_closed(MunicipalityId controller, Involved who, Time last_at_max,
                           std::size_t count_max,
                           std::function<void(Result<std::vector<Entry>, StoreError>)> done) = 0;
};

}  // namespace svar::service
