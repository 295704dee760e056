// The order in which waiting citizens are served, so that each can be told how many are before
// them.
//
// Threads: one, the executor's. Listeners are called inside set and must not block.
#pragma once

#include <unordered_map>
#include <vector>

#include "bot/service/turn/queue_places.h"

namespace svar::service {

class QueueListener {
 public:
  virtual ~QueueListener() = default;
  virtual void place_changed(ConversationId conversation, QueuePlace place) = 0;
};

class QueueOrder : public QueuePlaces {
 public:
  std::optional<QueuePlace> place(ConversationId conversation) const override;
  std::size_t waiting() const { return before_.size(); }

  // Told of every conversation that joined the queue or moved in it; not when it leaves: the log
  // says that. Lifetime: until remove, which may be called inside a call.
  void add_listener(QueueListener& listener);
  void remove_listener(QueueListener& listener);

  // The queue's new order, first first. Called by DeskView.
  void set(const std::vector<ConversationId>& order);

 private:
  std::unordered_map<ConversationId, int> before_;  // how many are served before it
  std::vector<QueueListener*> listeners_;
};

}  // namespace svar::service
