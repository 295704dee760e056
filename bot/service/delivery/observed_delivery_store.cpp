#include "bot/service/delivery/observed_delivery_store.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

struct Conversation {
  std::optional<ConversationId> operator()(const PartMoved& change) const {
    return change.key.conversation;
  }
  std::optional<ConversationId> operator()(const EchoNoted& change) const {
    return change.key.conversation;
  }
  std::optional<ConversationId> operator()(const ReceiptNoted&) const { return std::nullopt; }
  template <class Other>
  std::optional<ConversationId> operator()(const Other& change) const {
    return change.conversation;
  }
};

}  // namespace

void ObservedDeliveryStore::begin(
    Time now, std::function<void(Result<std::vector<ConversationId>, StoreError>)> done) {
  store_.begin(now, std::move(done));
}

void ObservedDeliveryStore::find(ConversationId conversation,
                                 std::function<void(Result<Found, StoreError>)> done) {
  store_.find(conversation, std::move(done));
}

void ObservedDeliveryStore::write(DeliveryChange change,
                                  std::function<void(std::optional<StoreError>)> done) {
  if (std::holds_alternative<ContactSeen>(change)) {  // moves no message
    return store_.write(std::move(change), std::move(done));
  }
  const auto conversation = std::visit(Conversation{}, change);
  store_.write(std::move(change), [this, conversation, done = std::move(done)](auto error) {
    if (!error) for_each([&](DeliveryListener& one) { one.delivery_changed(conversation); });
    done(std::move(error));
  });
}

void ObservedDeliveryStore::tell_of_channels() {
  for_each([](DeliveryListener& one) { one.channels_changed(); });
}

template <class Call>
void ObservedDeliveryStore::for_each(Call call) {
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (DeliveryListener* one : listeners) {
    if (std::count(listeners_.begin(), listeners_.end(), one) != 0) call(*one);
  }
}

}  // namespace svar::service
