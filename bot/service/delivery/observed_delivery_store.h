// A delivery store that tells of every change once it is durable: whatever moved a message, those
// who show it hear of it.
//
// Threads: as the store's completions.
#pragma once

#include <vector>

#include "bot/service/delivery/delivery_reports.h"
#include "bot/service/delivery/delivery_store.h"

namespace svar::service {

class ObservedDeliveryStore : public DeliveryStore {
 public:
  // `store` outlives this object, and this object every call it was given.
  explicit ObservedDeliveryStore(DeliveryStore& store) : store_(store) {}

  void begin(Time now,
             std::function<void(Result<std::vector<ConversationId>, StoreError>)> done) override;
  void find(ConversationId conversation,
            std::function<void(Result<Found, StoreError>)> done) override;
  void write(DeliveryChange change, std::function<void(std::optional<StoreError>)> done) override;

  void add_listener(DeliveryListener& listener) { listeners_.push_back(&listener); }
  void remove_listener(DeliveryListener& listener) { std::erase(listeners_, &listener); }
  void tell_of_channels();

 private:
  template <class Call>
  void for_each(Call call);

  DeliveryStore& store_;
  std::vector<DeliveryListener*> listeners_;
};

}  // namespace svar::service
