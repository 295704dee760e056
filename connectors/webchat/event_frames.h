// The log as the citizen may see it: one frame an event, or none.
#pragma once

#include <optional>
#include <string>

#include "bot/domain/event.h"
#include "bot/engine/release.h"

namespace svar::webchat {

// An event made ready for every session of its conversation.
struct Shown {
  Seq seq;
  ClientId sent_as;  // the citizen's own id of it: who sent it has the acknowledgement instead of the frame
  std::string frame;
  bool ends = false;  // erased: nothing comes after it
};

// The id under which the citizen sent what this event holds; null for every other event.
const ClientId* sent_as(const Event& event);

// Nothing for what the citizen does not see.
std::optional<Shown> show(const Recorded& recorded, const engine::Release& release);

}  // namespace svar::webchat
