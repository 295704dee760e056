// Structured logs: one event a line, named fields, never the text of a message, a name or an
// address of a citizen.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "bot/server/settings.h"

namespace svar::server {

// Sets level and format, to standard error. Call once, before the first event. Without it: info,
// JSON.
void begin_log(const Settings::Log& settings);

enum class Level { debug, info, warn, error };
using Field = std::pair<std::string_view, std::variant<std::string, std::int64_t>>;

// Control characters in values are escaped, so that a line is always one event. Safe from any
// thread.
void log_event(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace svar::server
