// A second hold on a connection that a library keeps to itself: how much came over it, and its end.
#pragma once

#include <cstdint>

namespace svar::outbound {

// Duplicates the descriptor of a TCP socket, so that it stays valid whatever the library does with
// its own. Threads: every method from any thread.
class SocketWatch {
 public:
  explicit SocketWatch(
      int socket);  // -1: no socket; nothing is received and shutting down does nothing
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;

  // Bytes that arrived and were acknowledged, TLS's own included. 0 where the kernel does not
  // count.
  std::uint64_t bytes_received() const;

  // Ends the connection, or the attempt at one, both ways and at once; the library's reads and
  // writes then fail.
  void shut_down() const;

 private:
  const int descriptor_;
};

}  // namespace svar::outbound
