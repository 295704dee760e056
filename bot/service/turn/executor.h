// Where completions run. A port: in the product one io_context thread, in tests a list that the
// test drains.
#pragma once

#include <functional>

namespace svar::service {

class Executor {
 public:
  virtual ~Executor() = default;

  // Runs `task` later, exactly once, never inside this call, in the order of the calls. Safe from
  // any thread.
  virtual void post(std::function<void()> task) = 0;
};

}  // namespace svar::service
