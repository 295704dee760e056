// A client that says exactly the bytes a test wants, right or wrong: blocking, raw sockets, ten seconds of patience.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace svar::tests {

struct HttpAnswer {
  int status = 0;
  std::string head;  // with the status line
  std::string body;
  std::string header(std::string_view name) const;  // empty when absent; the name in any case
};

struct WsFrame {
  int opcode = 0;  // 1 text, 2 binary, 8 close, 9 ping, 10 pong
  std::string payload;
  int close_code() const;  // of a close frame; 0 when it has none
};

class WireClient {
 public:
  explicit WireClient(std::uint16_t port);
  ~WireClient();
  WireClient(const WireClient&) = delete;

  void send(std::string_view bytes);
  // Nothing when the connection ended first. `head_only`: the answer to HEAD, which has no body.
  std::optional<HttpAnswer> read_answer(bool head_only = false);
  bool is_closed();   // waits for the end of the connection; false after ten seconds without it
  bool is_silent(int ms);  // nothing came within that time

  // As a WebSocket. `origin` empty: no Origin header. The status of the answer, 101 when it is open.
  int upgrade(std::string_view path, std::string_view origin, std::string_view more_headers = {});
  void send_text(std::string_view text);
  // Any frame: `first` is the byte of FIN, RSV and opcode.
  void send_frame(std::uint8_t first, std::string_view payload, bool masked = true);
  std::optional<WsFrame> read_frame();
  // The code of the close frame, other frames passed over; 0 when the connection ended without.
  int read_close_code();
  void shrink_receive_buffer();

 private:
  bool read_some();  // into buffer_; false at the end or after ten seconds
  bool need(std::size_t count);

  int fd_ = -1;
  std::string buffer_;
};

// One request on a connection of its own.
HttpAnswer ask(std::uint16_t port, std::string_view request);

}  // namespace svar::tests
