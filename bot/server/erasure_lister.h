// Erasures, told to whoever lists them.
#pragma once

#include <algorithm>

#include "bot/service/turn/conversations.h"
#include "bot/store/erasure_keeper.h"

namespace svar::server {

// Has what was erased listed beside the backups.
class ErasureLister : public service::ConversationObserver {
 public:
  explicit ErasureLister(store::ErasureKeeper& keeper) : keeper_(keeper) {}
  void appended(ConversationId, const std::vector<Recorded>& events, const Conversation&) override {
    const bool erased = std::any_of(events.begin(), events.end(), [](const Recorded& recorded) {
      return std::holds_alternative<Erased>(recorded.event) ||
             std::holds_alternative<Redacted>(recorded.event);
    });
    if (erased) keeper_.look();
  }

 private:
  store::ErasureKeeper& keeper_;
};

}  // namespace svar::server
