// What ten thousand citizens cost who only stay, and how they come back: each run as a JSON object.
#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>

#include "tests/bench/load/crowd.h"

namespace svar::bench {

// Memory and CPU of `pid` while the crowd is quiet for so long. What the first hundred citizens
// cost is the server's own start, and not counted.
nlohmann::ordered_json idle_run(const CrowdSettings& settings, const Target& target,
                                const Messages& messages, pid_t pid,
                                std::chrono::nanoseconds duration);

enum class Cut { by_citizens, by_server };

// All are thrown out and come back. With Cut::by_server «inside» is printed on stderr: then the
// server is to be ended and started again.
nlohmann::ordered_json return_run(const CrowdSettings& settings, const Target& target,
                                  const Messages& messages, Cut cut);

}  // namespace svar::bench
