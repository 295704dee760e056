// A store that passes everything on, but can hold answers back, fail, and let another process write
// in between.
#pragma once

#include <functional>
#include <utility>

#include "bot/service/turn/event_store.h"

namespace svar::service {

class MeddlingStore : public EventStore {
 public:
  explicit MeddlingStore(EventStore& inner) : inner_(inner) {}

  void append(Append request,
              std::function<void(Result<AppendOutcome, StoreError>)> done) override {
    ++appends;
    if (before_append) std::exchange(before_append, nullptr)();
    if (failures_left > 0) {
      --failures_left;
      // The commit may or may not have happened: the worst case is that it did.
      return inner_.append(std::move(request), [done = std::move(done)](const auto&) {
        done(Failure{StoreError{"the disk did not answer"}});
      });
    }
    inner_.append(std::move(request), std::move(done));
  }
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, StoreError>)> done) override {
    inner_.create(std::move(key), at, std::move(done));
  }
  void load(ConversationId id, Seq after,
            std::function<void(Result<std::vector<Recorded>, StoreError>)> done) override {
    ++loads;
    inner_.load(id, after, std::move(done));
  }
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<LoggedEvent>, StoreError>)> done) override {
    inner_.read_all(after, count_max, std::move(done));
  }
  void erase(Erasure request,
             std::function<void(Result<AppendOutcome, StoreError>)> done) override {
    inner_.erase(std::move(request), std::move(done));
  }

  int appends = 0;
  int loads = 0;
  int failures_left = 0;
  std::function<void()> before_append;  // once

 private:
  EventStore& inner_;
};

}  // namespace svar::service
