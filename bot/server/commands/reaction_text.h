// A reaction as a line of JSON (protocol.md, command line) and as text for people.
#pragma once

#include <string>

#include "bot/server/commands/dialogue.h"

namespace svar::server {

std::string json_line(
    const std::variant<Reaction, engine::Rejected>& reaction);  // without a line feed
std::string error_line(const std::string& what);
std::string human_text(const std::variant<Reaction, engine::Rejected>& reaction,
                       const std::string& asked);

}  // namespace svar::server
