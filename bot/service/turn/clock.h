// Time as a port, so that tests and replay need no sleeping.
#pragma once

#include "bot/domain/time.h"

namespace svar::service {

using SteadyTime = std::chrono::steady_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  // UTC; may jump, ahead and back. For what is stored and what is shown. Safe from any thread.
  virtual Time now() const = 0;
  // Since some beginning; never jumps. For how long something lasts within this process: waits,
  // windows, lives. Safe from any thread.
  virtual SteadyTime steady() const = 0;
};

}  // namespace svar::service
