// What a WebSocket client may say wrongly, and rightly but oddly: RFC 6455 as a table, in the
// groups of the usual conformance suite (1 sizes, 2 pings, 3 reserved bits, 4 opcodes, 5 fragments,
// 6 UTF-8, 7 closing, 10 many fragments).
#pragma once

#include <string>
#include <vector>

namespace svar::tests {

struct WebSocketCase {
  std::string name;   // group and what is wrong: "3 RSV1 on a ping"
  std::string bytes;  // sent after a hello, as they are
  // The code the server closes with; 0: it stays open, and the next ping of the protocol is
  // answered.
  int close_code = 0;
};

// Each name once. Nothing in any of them may be stored.
std::vector<WebSocketCase> websocket_cases();

}  // namespace svar::tests
