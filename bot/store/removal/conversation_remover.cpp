#include "bot/store/removal/conversation_remover.h"

namespace svar::store {

using service::StoreError;

struct ConversationRemover::Round {
  RemovalOrder order;
  Removal last;  // written on the store's thread, read when its transaction was completed
  std::int64_t removed = 0;
  std::function<void(Result<std::int64_t, StoreError>)> done;
};

void ConversationRemover::remove(Time last_at_max,
                                 std::function<void(Result<std::int64_t, StoreError>)> done) {
  auto round = std::make_shared<Round>();
  round->order.last_at_max = last_at_max;
  round->done = std::move(done);
  go_on(round);
}

void ConversationRemover::go_on(const std::shared_ptr<Round>& round) {
  round->order.listed = listed_();
  const auto write = [round](Connection& connection) -> Result<Done, SqliteError> {
    auto removal = remove_erased(connection, round->order);
    if (!removal) return Failure{removal.error()};
    round->last = std::move(*removal);
    return Done{};
  };
  store_.write(write, [this, round](const Result<Done, StoreError>& written) {
    if (!written) return round->done(Failure{written.error()});
    round->removed += static_cast<std::int64_t>(round->last.removed.size());
    if (round->last.looked_at_all) return round->done(round->removed);
    round->order.after = round->last.end;
    go_on(round);
  });
}

}  // namespace svar::store
