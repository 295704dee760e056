// What the desk asks of the delivery: how far messages have come, and which accounts have stopped.
// A port.
//
// Threads: one, the executor's; listeners and completions run on it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/service/delivery/channel.h"
#include "bot/service/delivery/delivery_store.h"

namespace svar::service {

class DeliveryListener {
 public:
  virtual ~DeliveryListener() = default;
  // It is stored that messages have come further, or failed: of this conversation, or of one that
  // the platform did not name. Often; ask for the states when there is time.
  virtual void delivery_changed(std::optional<ConversationId> conversation) = 0;
  // An account has stopped, or goes again.
  virtual void channels_changed() = 0;
};

struct ChannelStatus {
  std::string name;  // of the platform: "telegram"
  SiteId site;       // whose account it is
  Window window;
  std::string stopped_by;  // a code; empty while it goes
};

class DeliveryReports {
 public:
  virtual ~DeliveryReports() = default;

  virtual std::vector<ChannelStatus> channels() const = 0;

  // How far the messages of a conversation have come; empty for one of the web chat.
  virtual void states(ConversationId conversation,
                      std::function<void(Result<std::vector<DeliveryRow>, StoreError>)> done) = 0;

  // By a person's word: every failed or uncertain part of the message once more. `done` gets how
  // many there are; after an error some may be on their way all the same.
  virtual void send_again(ConversationId conversation, Seq seq,
                          std::function<void(Result<std::size_t, StoreError>)> done) = 0;

  // A listener is removed before it ends.
  virtual void add_listener(DeliveryListener& listener) = 0;
  virtual void remove_listener(DeliveryListener& listener) = 0;
};

}  // namespace svar::service
