// Resolver over getaddrinfo, which cannot be interrupted: it blocks threads of its own and nobody
// else's.
#pragma once

#include <memory>

#include "connectors/outbound/resolver.h"

namespace svar::outbound {

// Threads: at most `threads_max`, begun when needed. At most 1,024 look-ups wait; the next one
// fails at once. Lifetime: destroying it waits for nothing; look-ups under way end unheard.
class SystemResolver final : public Resolver {
 public:
  explicit SystemResolver(int threads_max = 4);
  ~SystemResolver() override;
  void resolve(std::string host, std::function<void(std::vector<std::string>)> done) override;

 private:
  struct State;
  std::shared_ptr<State> state_;
  const int threads_max_;
};

}  // namespace svar::outbound
