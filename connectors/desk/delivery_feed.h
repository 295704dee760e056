// Tells one screen how far the messages of its open conversations have come: what has changed since
// it was told last, and no more often than it is asked to.
//
// Threads: one, the I/O thread. Whoever calls watch() has seen to it that the account may read the
// conversation and that the audit log knows; rights are asked again with every look.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "bot/service/desk/delivery_view.h"
#include "connectors/desk/wire_encoding.h"

namespace svar::desk {

class DeliveryFeed {
 public:
  using Send = std::function<void(const Json&)>;

  // `view` outlives this object. `send` is never called after its end.
  DeliveryFeed(const service::DeliveryView& view, Send send);

  void watch(ConversationId conversation);  // told whole, unless it is watched already
  void unwatch(ConversationId conversation);
  void changed(std::optional<ConversationId> conversation);  // nothing: any of them

  // Looks at what has changed. Called about twice a second, while there is room to send.
  void ask(const service::Account& agent);

 private:
  struct Watched {
    bool is_due = true;
    bool is_asked = false;
    std::map<Seq, service::MessageState> told;
  };
  void answer(ConversationId conversation, std::vector<service::MessageState> states);

  const service::DeliveryView& view_;
  const Send send_;
  std::map<ConversationId, Watched> watched_;
  std::shared_ptr<DeliveryFeed*> self_;  // completions that come after the end find it empty
};

}  // namespace svar::desk
