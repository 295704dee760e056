// What must happen at the desk without anybody doing it: the conversations of an agent who is gone
// go back to the queue, transfers that nobody accepts return, and whoever waits too long, or for
// nobody, is told so.
//
// Threads: one, the executor's.
#pragma once

#include <map>
#include <set>

#include "bot/service/desk/desk_view.h"
#include "bot/service/desk/presence.h"

namespace svar::service {

class DeskDuties {
 public:
  struct Options {
    std::chrono::seconds transfer_max{120};  // until somebody accepts
    std::chrono::minutes wait_max{15};       // until a message is offered; 0: never
    std::map<MunicipalityId, std::chrono::minutes> wait_max_in;  // of those that differ
  };

  // Everything referred to must outlive this object and every input it submitted.
  DeskDuties(Conversations& conversations, DeskView& view, Presence& presence,
             Conversations::ReleaseSource release, const Clock& clock, Options options);

  // Called about once a second. Nothing is submitted twice while it is under way.
  void sweep();

 private:
  std::optional<Input> due(const Card& card, Time now) const;
  bool waits_too_long(const Card& card, Time now) const;
  Time waiting_since_max(const Card& card, Time now) const;
  void submit(ConversationId conversation, Input input);

  Conversations& conversations_;
  DeskView& view_;
  Presence& presence_;
  Conversations::ReleaseSource release_;
  const Clock& clock_;
  Options options_;
  std::set<ConversationId> under_way_;
};

}  // namespace svar::service
