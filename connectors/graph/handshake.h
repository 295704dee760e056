// The handshake by which Meta makes sure that a webhook's address is ours.
#pragma once

#include <string>
#include <string_view>

namespace svar::graph {

// The query of Meta's GET: hub.mode, hub.verify_token and hub.challenge; empty when absent.
struct HandshakeQuestion {
  std::string_view mode;
  std::string_view token;
  std::string_view challenge;
};

// To be sent as text/plain: a browser must take nothing of it for a page.
struct HandshakeAnswer {
  int status = 403;
  std::string body;
};

// 200 with the challenge for the configured token, which is compared in constant time; 403 for any
// other token or mode, and always while none is configured; 400 unless the challenge is 1 to 32
// digits.
HandshakeAnswer answer_handshake(const HandshakeQuestion& question, std::string_view own_token);

}  // namespace svar::graph
