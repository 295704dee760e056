// How much one agent has at once, in weights (weight_of).
#pragma once

#include <map>

#include "bot/domain/ids.h"

namespace svar::service {

struct Capacity {
  int standard = 2;
  std::map<AgentId, int> own;  // of those who differ

  int of(const AgentId& agent) const {
    const auto found = own.find(agent);
    return found == own.end() ? standard : found->second;
  }
};

}  // namespace svar::service
