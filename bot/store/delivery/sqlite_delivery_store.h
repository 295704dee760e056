// DeliveryStore in the file of the log, written by the log's own thread: its changes share the
// transactions of the turns.
#pragma once

#include "bot/service/delivery/delivery_store.h"
#include "bot/store/people/secret_sealing.h"
#include "bot/store/sqlite_event_store.h"

namespace svar::store {

class SqliteDeliveryStore : public service::DeliveryStore {
 public:
  // `log` outlives it. Addresses are sealed with `key`: with another key they cannot be read, and
  // such a contact is as good as unknown until it writes again.
  SqliteDeliveryStore(SqliteEventStore& log, const SealingKey& key) : log_(log), key_(key) {}

  void begin(
      Time now,
      std::function<void(Result<std::vector<ConversationId>, service::StoreError>)> done) override;
  void find(ConversationId conversation,
            std::function<void(Result<Found, service::StoreError>)> done) override;
  void write(service::DeliveryChange change,
             std::function<void(std::optional<service::StoreError>)> done) override;

 private:
  SqliteEventStore& log_;
  const SealingKey key_;
};

}  // namespace svar::store
