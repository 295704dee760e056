// A WebSocket client's side of RFC 6455: the upgrade, and frames out of and into bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace svar::bench {

enum class Opcode : std::uint8_t { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

// The request that asks for a WebSocket. An empty `origin` or `cookie` leaves its header out.
std::string upgrade_request(std::string_view host, std::string_view path, std::string_view origin,
                            std::string_view cookie);

// Appends one whole frame, masked with `key` as a client must.
void append_frame(std::string& out, Opcode opcode, std::string_view body, std::uint32_t key);

struct ServerFrame {
  Opcode opcode;
  bool final;
  std::string_view body;  // in the bytes it was read from
  std::size_t size;       // of the whole frame in those bytes
};

// The frame that `bytes` begins with; nothing while it is not all there.
std::optional<ServerFrame> first_frame(std::string_view bytes);

}  // namespace svar::bench
