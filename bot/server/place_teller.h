// The queue's places, told to the web chat.
#pragma once

#include "bot/service/desk/queue_order.h"
#include "connectors/webchat/webchat.h"

namespace svar::server {

// Tells the citizens who wait how the queue moves.
class PlaceTeller : public service::QueueListener {
 public:
  PlaceTeller(service::QueueOrder& queue, webchat::WebChat& chat) : queue_(queue), chat_(chat) {
    queue_.add_listener(*this);
  }
  ~PlaceTeller() { queue_.remove_listener(*this); }
  void place_changed(ConversationId conversation, service::QueuePlace place) override {
    chat_.place_changed(conversation, place);
  }

 private:
  service::QueueOrder& queue_;
  webchat::WebChat& chat_;
};

}  // namespace svar::server
