// The order in which waiting citizens are served, so that each can be told how many are before
// them, and about how long it takes.
//
// Before whom one stands depends on the agents' rights: a conversation counts when somebody at work
// could be taking it instead of this one.
//
// Threads: one, the executor's. Listeners are called inside the calls and must not block.
#pragma once

#include <unordered_map>
#include <vector>

#include "bot/service/desk/accept_intervals.h"
#include "bot/service/desk/presence.h"
#include "bot/service/turn/queue_places.h"

namespace svar::service {

class QueueListener {
 public:
  virtual ~QueueListener() = default;
  virtual void place_changed(ConversationId conversation, QueuePlace place) = 0;
};

class QueueOrder : public QueuePlaces {
 public:
  // One who waits.
  struct Waiting {
    ConversationId conversation;
    std::optional<MunicipalityId> controller;
    bool has_place = true;  // nobody sits and waits with a message that was left
  };

  std::optional<QueuePlace> place(ConversationId conversation) const override;
  std::size_t waiting() const { return order_.size(); }

  // Without it all are served by all, and no minutes are told. Both must outlive this object.
  void know_team(const Presence& presence, const Clock& clock);

  // Told of every conversation that joined the queue or moved in it; not when it leaves: the log
  // says that. Lifetime: until remove, which may be called inside a call.
  void add_listener(QueueListener& listener);
  void remove_listener(QueueListener& listener);

  // The queue's new order, first first. Called by DeskView.
  void set(std::vector<Waiting> order);
  // An agent took somebody from the queue; the order without that one follows.
  void accepted(const AgentId& agent);
  // The team may have changed, or time has made old intervals older.
  void refresh();

 private:
  bool served_together(const std::optional<MunicipalityId>& one,
                       const std::optional<MunicipalityId>& other) const;
  std::unordered_map<ConversationId, QueuePlace> places() const;

  const Presence* presence_ = nullptr;
  const Clock* clock_ = nullptr;
  AcceptIntervals intervals_;
  std::vector<Waiting> order_;
  std::unordered_map<ConversationId, QueuePlace> places_;
  std::vector<QueueListener*> listeners_;
};

}  // namespace svar::service
