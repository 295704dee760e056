#include "bot/service/turn/event_store.h"

namespace svar::service {

Row row_of(const Conversation& state) {
  // Nobody is responsible for words that are gone, so an erased conversation is never found again.
  const bool erased = state.lifecycle == Lifecycle::erased;
  return {erased ? std::nullopt : state.controller, state.owner,
          state.answer_due ? state.answer_due->seq : Seq{}, state.with_agent};
}

NewEvents new_events(Seq expected, Time at, std::vector<Event> events) {
  auto recorded = std::make_shared<std::vector<Recorded>>();
  recorded->reserve(events.size());
  for (Event& event : events) {
    recorded->push_back({Seq{++expected.value}, at, std::move(event)});
  }
  return recorded;
}

}  // namespace svar::service
