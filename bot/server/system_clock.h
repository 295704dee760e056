// The machine's clocks.
#pragma once

#include "bot/service/turn/clock.h"

namespace svar::server {

class SystemClock : public service::Clock {
 public:
  Time now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
  service::SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace svar::server
