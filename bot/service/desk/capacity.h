// How much one agent has at once, in weights (weight_of).
#pragma once

#include <map>
#include <optional>

#include "bot/domain/ids.h"

namespace svar::service {

struct Capacity {
  int standard = 2;
  std::map<AgentId, int> own;  // of those who differ
  // Of conversations of these municipalities one agent has at most so much, whatever else there is.
  std::map<MunicipalityId, int> in;

  int of(const AgentId& agent) const {
    const auto found = own.find(agent);
    return found == own.end() ? standard : found->second;
  }
  std::optional<int> within(const MunicipalityId& municipality) const {
    const auto found = in.find(municipality);
    return found == in.end() ? std::nullopt : std::optional{found->second};
  }
};

}  // namespace svar::service
