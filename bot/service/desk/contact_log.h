// Who asked a person by telephone or at the counter: counted with the rest. Each is a conversation
// of its own that begins and ends with one append, so that figures, search, audit and retention
// know it like any other. Nothing tells who asked.
//
// Threads: one, the executor's.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "bot/service/people/account.h"
#include "bot/service/turn/conversations.h"
#include "bot/service/turn/event_store.h"

namespace svar::service {

class ContactLog {
 public:
  struct Contact {
    MunicipalityId municipality;
    Language language = Language::nn;
    std::optional<ArticleId> topic;
    std::optional<CloseOutcome> outcome;
    std::string text;  // in a few words, may be empty; masked before it is stored
  };
  using Counted = std::function<void(SubmitOutcome)>;

  // Both must outlive this object and what it began.
  ContactLog(EventStore& store, Conversations& conversations, const Clock& clock)
      : store_(store), conversations_(conversations), clock_(clock) {}

  // Agents count for the municipalities they serve.
  static bool may_count(const Rights& rights, const MunicipalityId& municipality) {
    return rights.holds(Role::agent, municipality);
  }

  // The same id of the same agent counts once, however often it is sent. `done` runs exactly once,
  // when it is durable or refused. Whether the agent may, and whether the topic exists, is the
  // caller's to ask. Precondition: id is not empty.
  void count(const Account& agent, const ClientId& id, Contact contact, Counted done);

 private:
  EventStore& store_;
  Conversations& conversations_;
  const Clock& clock_;
};

}  // namespace svar::service
