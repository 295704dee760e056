// One run as a JSON object.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/bench/load/load.h"

namespace svar::bench {

// From here on others have taken so much of the machine that the figures say nothing.
inline constexpr double kForeignCoresMax = 0.3;

// "void" is true and "void_because" says why when the run counts for nothing; "faults" is how many
// messages or connections did not end as they must.
nlohmann::ordered_json report(const std::string& dialect, const LoadSettings& settings,
                              const Messages& messages, const LoadResult& result);

}  // namespace svar::bench
