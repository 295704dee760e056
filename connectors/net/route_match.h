// What the router found for a method and a path.
#pragma once

#include <string>
#include <vector>

#include "connectors/net/http.h"

namespace svar::net {

struct Router::Match {
  enum class Kind { handler, socket, wrong_method, unknown };
  Kind kind = Kind::unknown;
  const Handler* handler = nullptr;  // with Kind::handler
  const Upgrade* upgrade = nullptr;  // with Kind::socket
  std::size_t bytes_max = 64 * 1024;  // of a body, or of a frame
  std::vector<std::string> captures;
  std::string allow;  // with Kind::wrong_method: «GET, HEAD, POST»
};

}  // namespace svar::net
