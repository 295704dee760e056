// Time as the product stores it: milliseconds of UTC, always passed in, never read from a clock
// below bot/service.
#pragma once

#include <chrono>

namespace svar {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace svar
