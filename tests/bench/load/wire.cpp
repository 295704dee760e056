#include "tests/bench/load/wire.h"

#include <array>
#include <cstring>

namespace svar::bench {

namespace {

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

void append_length(std::string& out, std::size_t length) {
  constexpr char kMasked = '\x80';
  if (length < 126) {
    out += static_cast<char>(kMasked | static_cast<char>(length));
    return;
  }
  const int bytes = length < 65536 ? 2 : 8;
  out += static_cast<char>(kMasked | (bytes == 2 ? 126 : 127));
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(length >> (8 * i));
}

}  // namespace

std::string upgrade_request(std::string_view host, std::string_view path, std::string_view origin,
                            std::string_view cookie) {
  std::string request = "GET ";
  request.append(path).append(" HTTP/1.1\r\nHost: ").append(host);
  if (!origin.empty()) request.append("\r\nOrigin: ").append(origin);
  if (!cookie.empty()) request.append("\r\nCookie: ").append(cookie);
  return request +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

void append_frame(std::string& out, Opcode opcode, std::string_view body, std::uint32_t key) {
  out += static_cast<char>(0x80 | static_cast<int>(opcode));
  append_length(out, body.size());
  std::array<char, 4> mask;
  std::memcpy(mask.data(), &key, mask.size());
  out.append(mask.data(), mask.size());
  const std::size_t begin = out.size();
  out.append(body);
  for (std::size_t i = 0; i < body.size(); ++i) {
    out[begin + i] = static_cast<char>(out[begin + i] ^ mask[i & 3]);
  }
}

std::optional<ServerFrame> first_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  std::size_t head = 2;
  std::uint64_t length = static_cast<unsigned char>(bytes[1]) & 0x7f;
  if (length >= 126) {
    const std::size_t wide = length == 126 ? 2 : 8;
    if (bytes.size() < head + wide) return std::nullopt;
    length = big_endian(bytes.substr(head, wide));
    head += wide;
  }
  if (bytes.size() - head < length) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[0]);
  return ServerFrame{static_cast<Opcode>(first & 0x0f), (first & 0x80) != 0,
                     bytes.substr(head, length), head + length};
}

}  // namespace svar::bench
