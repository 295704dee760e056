// Who is at work, as far as a decision cares: whether a wish for a person leads to the queue. Plain
// values, made anew by whoever knows the agents; a turn keeps the one it began with.
#pragma once

#include <optional>
#include <set>

#include "bot/domain/event.h"
#include "bot/engine/release.h"

namespace svar::engine {

// When a citizen who wants a person joins the queue; else a message is taken.
enum class QueueRule {
  always,
  staffed,  // an agent with the right to the conversation is present
  open,     // and the opening hours say so
};

struct Staffing {
  QueueRule rule = QueueRule::always;
  bool everywhere = false;                  // somebody is present who serves every municipality
  std::set<MunicipalityId> municipalities;  // somebody is present who serves these

  bool serves(const MunicipalityId& municipality) const {
    return everywhere || municipalities.contains(municipality);
  }
  bool operator==(const Staffing&) const = default;
};

// Why nobody comes to this municipality's conversations right now; nothing when somebody does.
std::optional<Delay> delay_of(const Staffing& staffing, const Release& release,
                              const MunicipalityId& municipality, Time now);

}  // namespace svar::engine
