// A finding as the commands print it for machines.
#pragma once

#include <nlohmann/json.hpp>

#include "bot/service/content/content.h"

namespace svar::server {

// {"severity", "kind"?, "file", "line", "what", "other_file"?, "other_line"?}.
nlohmann::ordered_json to_json(const service::Finding& finding);

}  // namespace svar::server
