// A message's words for platforms that show text alone, and labels that fit on their buttons. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::graph {

// The text with its links as lines «Label: https://…» behind it; those that nobody has confirmed
// say so.
std::string with_links(const service::Outgoing& message);

// Whether each choice has a label of one line within `units_max` (UTF-16 units: no platform counts
// more), no two of them alike.
bool labels_fit(const std::vector<Choice>& choices, std::size_t units_max);

}  // namespace svar::graph
