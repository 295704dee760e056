#include "bot/service/turn/event_store.h"

namespace svar::service {

Row row_of(const Conversation& state) {
  // Nobody is responsible for words that are gone, so an erased conversation is never found again.
  const bool erased = state.lifecycle == Lifecycle::erased;
  return {erased ? std::nullopt : state.controller, state.owner,
          state.answer_due ? state.answer_due->seq : Seq{}};
}

}  // namespace svar::service
