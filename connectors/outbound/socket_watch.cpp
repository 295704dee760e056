#include "connectors/outbound/socket_watch.h"

#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>

namespace svar::outbound {

SocketWatch::SocketWatch(int socket)
    : descriptor_(socket < 0 ? -1 : ::fcntl(socket, F_DUPFD_CLOEXEC, 0)) {}

SocketWatch::~SocketWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t SocketWatch::bytes_received() const {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor_, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  const std::size_t needed =
      offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received;
  return size >= needed ? info.tcpi_bytes_received : 0;
}

void SocketWatch::shut_down() const {
  // Else the other side, held up by a full window, would not learn for a minute that nobody reads
  // any more.
  const linger reset_when_closed{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &reset_when_closed, sizeof reset_when_closed);
  ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace svar::outbound
