// A reaction as a line of JSON (protocol.md, command line) and as text for people.
#pragma once

#include <string>

#include "bot/server/commands/dialogue.h"
#include "bot/server/commands/why_not_report.h"

namespace svar::server {

// Without a line feed. `why_not` is added when it was asked for.
std::string json_line(const std::variant<Reaction, engine::Rejected>& reaction,
                      const std::optional<WhyNotReport>& why_not = std::nullopt);
std::string error_line(const std::string& what);
std::string human_text(const std::variant<Reaction, engine::Rejected>& reaction,
                       const std::string& asked);

}  // namespace svar::server
