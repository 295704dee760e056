// Brings what the log says to the citizens of messaging platforms: once, in order, whatever falls.
//
// A conversation has a queue of its own; one that waits blocks no other. A part is stored as being
// sent before its first byte leaves. What then cannot be known is uncertain and is repeated by a
// person's word alone: none of the platforms has an idempotent send. A receiver that has
// (ChannelFacts::is_idempotent) gets it again, under the same token, until it says that it has it.
//
// Threads: one (the executor's); every method is called on it. Conversations of the web chat cost a
// comparison a turn.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/service/delivery/channel.h"
#include "bot/service/delivery/delivery_reports.h"
#include "bot/service/delivery/delivery_store.h"
#include "bot/service/turn/conversations.h"

namespace svar::service {

class Delivery : public ConversationObserver, public DeliveryReports {
 public:
  struct Options {
    std::chrono::milliseconds pause_first{1'000};  // after the first refusal; doubles with each
    std::chrono::milliseconds pause_max{60'000};   // but for what the platform itself asks for
    std::chrono::hours give_up_after{24};          // since the part was first tried
    std::chrono::minutes stopped_pause{5};         // then a stopped channel is tried with one part
    std::size_t sends_max = 32;                    // under way at once, of one channel
    // So often every account's token is tried, so that one that has died alarms within a minute,
    // though nobody writes.
    std::chrono::seconds check_every{45};
  };
  // A channel has stopped (why is a code), or goes again (empty).
  using Alarm = std::function<void(const std::string& channel, const std::string& why)>;

  // Everything referred to must outlive this object and every call it began.
  Delivery(DeliveryStore& store, Conversations& conversations, const Clock& clock, Options options,
           Alarm alarm);
  ~Delivery() override;
  Delivery(const Delivery&) = delete;

  // Before start. The channel lives as long as the delivery.
  void add(Channel& channel);

  // Takes up what the last process left behind.
  void start();

  // Does what has fallen due. About once a second.
  void sweep();

  // Nothing more is begun. `done` runs once, when what is on the wire has an outcome and that is
  // stored; inside the call when nothing is. The caller bounds the wait: what has no outcome by
  // then is uncertain after the next start.
  void stop(std::function<void()> done);

  // What a platform says about messages of ours: Echo, Receipt, ReceiptUpTo, Unreachable.
  // `conversation` where the event named a contact. `done` when it is stored.
  void note(const ChannelFacts& channel, std::optional<ConversationId> conversation,
            const Incoming& incoming, std::function<void(std::optional<StoreError>)> done);

  // The citizen's address on the channel, before anything is sent there.
  void see_contact(ContactSeen seen, std::function<void(std::optional<StoreError>)> done);

  std::vector<ChannelStatus> channels() const override;
  void states(ConversationId conversation,
              std::function<void(Result<std::vector<DeliveryRow>, StoreError>)> done) override;
  void send_again(ConversationId conversation, Seq seq,
                  std::function<void(Result<std::size_t, StoreError>)> done) override;
  void add_listener(DeliveryListener& listener) override;
  void remove_listener(DeliveryListener& listener) override;

  void appended(ConversationId conversation, const std::vector<Recorded>& events,
                const Conversation& after) override;

  struct Counters {
    std::string channel;
    std::string stopped_by;                                          // a code; empty while it goes
    std::uint64_t sent = 0, failed = 0, uncertain = 0, refused = 0;  // refused: to be tried again
    std::size_t under_way = 0;
  };
  std::vector<Counters> counters() const;
  std::size_t waiting() const;  // conversations with something on its way

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace svar::service
