// How far a conversation has come in the queue for a person. Not part of the log.
#pragma once

#include <optional>
#include <utility>

#include "bot/domain/ids.h"

namespace svar::service {

struct QueuePlace {
  int waiting = 0;  // how many are served before this one
  std::optional<std::pair<int, int>>
      minutes;  // about so long yet, from–to; nothing when it cannot be told
  bool operator==(const QueuePlace&) const = default;
};

// Asked on the executor's thread; must not block. Nothing for a conversation that does not wait.
class QueuePlaces {
 public:
  virtual ~QueuePlaces() = default;
  virtual std::optional<QueuePlace> place(ConversationId conversation) const = 0;
};

}  // namespace svar::service
