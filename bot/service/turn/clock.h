// The wall clock as a port, so that tests and replay need no sleeping.
#pragma once

#include "bot/domain/time.h"

namespace svar::service {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;  // UTC; may jump. Safe from any thread.
};

}  // namespace svar::service
