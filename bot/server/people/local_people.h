// The accounts of a data folder that no service runs on.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "bot/domain/result.h"
#include "bot/server/settings.h"

namespace svar::server {

// Opens the folder, answers one request (people_requests.h) and closes it. Blocks. Fails with a
// sentence for the operator: another process holds the folder, or nobody has served from it yet.
Result<nlohmann::ordered_json, std::string> answer_people_locally(const Settings& settings,
                                                                  const nlohmann::json& request);

}  // namespace svar::server
