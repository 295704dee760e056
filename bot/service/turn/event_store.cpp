#include "bot/service/turn/event_store.h"

namespace svar::service {

Row row_of(const Conversation& state) {
  return {state.controller, state.owner, state.answer_due ? state.answer_due->seq : Seq{}};
}

}  // namespace svar::service
