// What proves that a request comes from the bridge, and to the bridge that it comes from us: the
// headers of Standard Webhooks (https://www.standardwebhooks.com), so that a bridge needs no code
// of its own for them.
//
//   webhook-id          of the request; at most 256 bytes
//   webhook-timestamp   seconds since 1970
//   webhook-signature   «v1,» and the Base64 of HMAC-SHA256 over «<id>.<timestamp>.<body>»;
//   several,
//                       with blanks between them, while a key is being changed
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "bot/domain/time.h"

namespace svar::webhook {

// A request that is older or newer than this is refused: it may be a copy.
inline constexpr std::chrono::minutes kSignatureLife{5};

struct Signed {
  std::string_view id;
  std::string_view timestamp;
  std::string_view body;
};

class Keys {
 public:
  // One key, or two with a comma between them: both are accepted, the first one signs. Each is used
  // as it is written, but for «whsec_» and Base64, which stands for the bytes it encodes. The
  // reason when it is none, or shorter than 32 bytes (24 with «whsec_»); it holds no part of the
  // key.
  static Result<Keys, std::string> of(std::string_view secret);

  // One of the signatures is right for one of the keys. In constant time for each.
  bool admits(const Signed& request, std::string_view signatures) const;
  std::string sign(const Signed& request) const;

 private:
  std::vector<std::string> keys_;
};

// The moment when the request was signed; nothing when it is no number, or further than
// kSignatureLife from now.
std::optional<Time> signed_at(std::string_view timestamp, Time now);

}  // namespace svar::webhook
