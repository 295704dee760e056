// The loop: load → decide → append → tell. Every change of every conversation goes through here.
//
// Threads: one thread (the executor's); every method is called on it and every callback runs on it.
// Order: inputs of one conversation are decided one at a time, in the order of submit. No lock; two
// processes on one log are kept apart by compare-and-append.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/domain/input.h"
#include "bot/service/turn/clock.h"
#include "bot/service/turn/event_store.h"
#include "bot/service/turn/executor.h"

namespace svar::engine {
struct Release;
struct Staffing;
struct TopicIncident;
}  // namespace svar::engine

namespace svar::service {

// Stored, and how it can be acknowledged. Also the answer when the same id is sent again: then
// `repeated` is set, seq and text are those of the first time, and nothing was appended.
struct Accepted {
  Seq seq;           // of the event that holds what was sent
  std::string text;  // what was stored, when that differs from what was sent (masked); else empty
  bool repeated = false;
};

enum class RefusalCode {
  too_long,     // text over 4,000 code points
  empty,        // nothing to store
  not_offered,  // the choice is not among those shown last
  not_yours,    // an agent who does not hold the conversation; `held_by` says who does
  not_open,     // closed or erased, and the input does not open it
  unknown,      // no such conversation
  at_capacity,  // the agent has as many conversations as one can serve
  absent,       // the colleague is not at the desk, or may not see the conversation
  overloaded,   // the inbox is full: try again after retry_after_ms
  unavailable,  // the store failed: try again after retry_after_ms
};
std::string_view code(RefusalCode code);

// Not stored.
struct Refused {
  RefusalCode code = RefusalCode::unavailable;
  std::string held_by;  // an agent's name, with not_yours
  int retry_after_ms = 0;
};
using SubmitOutcome = std::variant<Accepted, Refused>;

// Told after each append, in order, with the state after it. Called on the executor's thread; must
// not block.
class ConversationObserver {
 public:
  virtual ~ConversationObserver() = default;
  virtual void appended(ConversationId conversation, const std::vector<Recorded>& events,
                        const Conversation& after) = 0;
};

// Whether the outcome is decided in the same append as what the citizen said (web chat), or in a
// second one (webhooks, which are answered as soon as the citizen's words are safe).
enum class Acceptance { with_outcome, words_first };

class Conversations {
 public:
  struct Limits {
    std::size_t inbox_inputs_max = 32;       // per conversation
    std::size_t cached_states_max = 20'000;  // least recently used are dropped
    int conflicts_max = 8;                   // decide again at most so often
  };
  // Gives the release of this moment; a turn keeps the one it began with.
  using ReleaseSource = std::function<std::shared_ptr<const engine::Release>()>;

  // Everything referred to must outlive this object.
  Conversations(EventStore& store, Executor& executor, const Clock& clock, ReleaseSource release,
                Limits limits);
  ~Conversations();
  Conversations(const Conversations&) = delete;

  // Who is at work at this moment, asked for each turn. Without it every wish for a person joins
  // the queue. Before the first submit.
  using StaffingSource = std::function<std::shared_ptr<const engine::Staffing>()>;
  void ask_staffing(StaffingSource staffing);

  // What is out of order, asked for each turn. Without it nothing is. Before the first submit.
  using IncidentSource = std::function<std::shared_ptr<const std::vector<engine::TopicIncident>>()>;
  void ask_incidents(IncidentSource incidents);

  // Decides and appends. `opening` is used when nothing of the conversation is stored yet; without
  // it such a conversation is refused as unknown. `done` runs exactly once, after observers were
  // told.
  void submit(ConversationId conversation, const std::optional<Opening>& opening, Input input,
              Acceptance acceptance, std::function<void(SubmitOutcome)> done);

  // As far as the caller knows nothing of this conversation is stored: its first input is decided
  // without asking the store. Where that is wrong the append meets a conflict, and the log is
  // loaded like after any other.
  void expect_new(ConversationId conversation);

  // The state as of the last append of this process, loading it when it is not cached.
  void state(ConversationId conversation,
             std::function<void(Result<Conversation, StoreError>)> done);

  // Every event after `after`, oldest first.
  void transcript(ConversationId conversation, Seq after,
                  std::function<void(Result<std::vector<Recorded>, StoreError>)> done);

  // Observers are told in the order they were added. Lifetime: until remove, which may be called
  // inside a call.
  void add_observer(ConversationObserver& observer);
  void remove_observer(ConversationObserver& observer);

  // Refuses new inputs, runs `done` when every inbox is empty.
  void drain(std::function<void()> done);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::service
