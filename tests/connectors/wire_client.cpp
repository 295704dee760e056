#include "tests/connectors/wire_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace svar::tests {

namespace {
constexpr int kPatienceMs = 10'000;
}

std::string HttpAnswer::header(std::string_view name) const {
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos && at + 2 < head.size()) {
    const std::size_t begin = at + 2;
    at = head.find("\r\n", begin);
    const std::string line = head.substr(begin, at - begin);
    if (line.size() > name.size() + 1 && line[name.size()] == ':' &&
        ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
      return line.substr(name.size() + 2);
    }
  }
  return {};
}

int WsFrame::close_code() const {
  if (opcode != 8 || payload.size() < 2) return 0;
  return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
}

WireClient::WireClient(std::uint16_t port) {
  fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
    throw std::runtime_error("cannot connect");
  }
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

WireClient::~WireClient() { ::close(fd_); }

void WireClient::shrink_receive_buffer() {
  const int bytes = 4096;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void WireClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;  // the other end has closed: the test sees it when it reads
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool WireClient::read_some() {
  pollfd waiting{fd_, POLLIN, 0};
  if (::poll(&waiting, 1, kPatienceMs) <= 0) return false;
  std::array<char, 16 * 1024> chunk{};
  const auto count = ::recv(fd_, chunk.data(), chunk.size(), 0);
  if (count <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  return true;
}

bool WireClient::need(std::size_t count) {
  while (buffer_.size() < count) {
    if (!read_some()) return false;
  }
  return true;
}

bool WireClient::is_closed() {
  for (;;) {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, kPatienceMs) <= 0) return false;
    std::array<char, 16 * 1024> chunk{};
    if (::recv(fd_, chunk.data(), chunk.size(), 0) <= 0) return true;
  }
}

bool WireClient::is_silent(int ms) {
  pollfd waiting{fd_, POLLIN, 0};
  return buffer_.empty() && ::poll(&waiting, 1, ms) == 0;
}

std::optional<HttpAnswer> WireClient::read_answer(bool head_only) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_some()) return std::nullopt;
  }
  HttpAnswer answer;
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::atoi(answer.head.c_str() + 9);
  const std::string length = answer.header("Content-Length");
  const std::size_t bytes =
      head_only || length.empty() ? 0 : static_cast<std::size_t>(std::stoul(length));
  if (!need(bytes)) return std::nullopt;
  answer.body = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return answer;
}

int WireClient::upgrade(std::string_view path, std::string_view origin,
                        std::string_view more_headers) {
  std::string request = "GET " + std::string{path} +
                        " HTTP/1.1\r\nHost: chat.test\r\nConnection: Upgrade\r\n"
                        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!origin.empty()) request += "Origin: " + std::string{origin} + "\r\n";
  send(request + std::string{more_headers} + "\r\n");
  const auto answer = read_answer();
  return answer ? answer->status : 0;
}

void WireClient::send_text(std::string_view text) { send_frame(0x81, text); }

void WireClient::send_frame(std::uint8_t first, std::string_view payload, bool masked) {
  std::string frame(1, static_cast<char>(first));
  const int mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    frame += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
  } else if (payload.size() < 65536) {
    frame += static_cast<char>(mask_bit | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 255);
  } else {
    frame += static_cast<char>(mask_bit | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame += static_cast<char>((payload.size() >> shift) & 255);
    }
  }
  constexpr std::string_view kMask = "\x11\x22\x33\x44";
  if (masked) frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += masked ? static_cast<char>(payload[i] ^ kMask[i % 4]) : payload[i];
  }
  send(frame);
}

std::optional<WsFrame> WireClient::read_frame() {
  if (!need(2)) return std::nullopt;
  std::size_t head = 2;
  std::size_t length = static_cast<unsigned char>(buffer_[1]) & 0x7f;
  const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (!need(head + extra)) return std::nullopt;
  if (extra > 0) length = 0;
  for (std::size_t i = 0; i < extra; ++i) {
    length = length * 256 + static_cast<unsigned char>(buffer_[head + i]);
  }
  head += extra;
  if (!need(head + length)) return std::nullopt;
  WsFrame frame{static_cast<unsigned char>(buffer_[0]) & 0x0f, buffer_.substr(head, length)};
  buffer_.erase(0, head + length);
  return frame;
}

int WireClient::read_close_code() {
  while (auto frame = read_frame()) {
    if (frame->opcode == 8) return frame->close_code();
  }
  return 0;
}

HttpAnswer ask(std::uint16_t port, std::string_view request) {
  WireClient client{port};
  client.send(request);
  return client.read_answer().value_or(HttpAnswer{});
}

}  // namespace svar::tests
