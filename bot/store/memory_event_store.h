// The log in memory: the reference that the other stores are tested against, and what tests of
// other parts use. Nothing survives the object.
#pragma once

#include <map>
#include <mutex>

#include "bot/service/turn/event_store.h"
#include "bot/service/turn/executor.h"

namespace svar::store {

class MemoryEventStore : public service::EventStore, public service::ConversationDirectory {
 public:
  // `executor` runs all completions and must outlive the store.
  explicit MemoryEventStore(service::Executor& executor) : executor_(executor) {}
  MemoryEventStore(const MemoryEventStore&) = delete;

  void append(
      service::Append request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override;
  void create(std::string contact_key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override;
  void load(ConversationId conversation, Seq after,
            std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) override;
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override;
  void erase(
      service::Erasure request,
      std::function<void(Result<service::AppendOutcome, service::StoreError>)> done) override;

  void find_answer_due(
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;
  void find_owned(
      Owner owner, Time last_at_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;
  void find_closed(
      MunicipalityId controller, service::Involved who, Time last_at_max, std::size_t count_max,
      std::function<void(Result<std::vector<Entry>, service::StoreError>)> done) override;

 private:
  struct Log {
    std::vector<std::size_t> events;  // where in all_
    Time last_at{};
    service::Row row;
  };
  service::AppendOutcome append_now(service::Append request);
  template <class Wanted>
  std::vector<Entry> find(Wanted wanted) const;
  template <class Done, class Value>
  void post(Done done, Value value);

  service::Executor& executor_;
  std::mutex mutex_;  // held while posting, so that completions keep the order of the changes
  std::vector<service::LoggedEvent> all_;
  std::map<ConversationId, Log> logs_;
  std::map<std::string, ConversationId> contacts_;
};

}  // namespace svar::store
