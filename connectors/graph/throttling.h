// How long Graph asks us to wait, as its answers' headers tell it.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "connectors/outbound/http_client.h"

namespace svar::graph {

// The longest of Retry-After (seconds; a date is not read) and of what X-App-Usage and
// X-Business-Use-Case-Usage ask for: the minutes until access is regained, or one minute where a
// limit is used up and no time is given. At most a day. Nothing when no header asks for a wait.
std::optional<std::chrono::milliseconds> wait_asked(const outbound::HttpResponse& answer);

}  // namespace svar::graph
