// A request of the store as a call that waits for its answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "bot/service/turn/event_store.h"
#include "tests/service/fakes.h"

namespace svar::proofs {

// `start` is given the completion to pass on. Runs the executor's tasks meanwhile. An answer that
// does not come within ten seconds is an error like any other.
template <class Value, class Start>
Result<Value, service::StoreError> awaited(fakes::ManualExecutor& executor, Start start) {
  using Answer = Result<Value, service::StoreError>;
  auto held = std::make_shared<std::optional<Answer>>();
  start(std::function<void(Answer)>([held](Answer answer) { held->emplace(std::move(answer)); }));
  if (!executor.run_until([&] { return held->has_value(); })) {
    return Failure{service::StoreError{"no answer came"}};
  }
  return std::move(**held);
}

}  // namespace svar::proofs
