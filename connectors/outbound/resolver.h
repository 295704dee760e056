// Looking up a host's addresses. A port, so that a test can be the name server.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace svar::outbound {

class Resolver {
 public:
  virtual ~Resolver() = default;

  // Runs `done` at most once, on any thread, perhaps inside the call, with numeric IPv4 addresses
  // in the order in which they are to be tried; with none when there are none or the look-up
  // failed. A look-up may take a minute, and end after this object did: callers keep a deadline of
  // their own. IPv4 alone, because cpprestsdk cannot connect to a literal IPv6 address.
  virtual void resolve(std::string host, std::function<void(std::vector<std::string>)> done) = 0;
};

}  // namespace svar::outbound
