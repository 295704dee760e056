// What is out of order in a municipality, as one frame that says all of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/service/turn/running_incidents.h"

namespace svar::webchat {

// A client that shows this version needs no frame.
struct IncidentBanner {
  std::string version;
  std::string frame;
};
// The version of a banner that shows nothing, and the one of a client that has seen none.
inline constexpr std::string_view kNoIncidents = "none";

// Of incidents that run in one municipality, the oldest first.
IncidentBanner banner_of(const std::vector<service::RunningIncident>& running);

}  // namespace svar::webchat
