// From the checked bytes of a head to a Request, and from a Response to bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/net/http.h"

namespace svar::net {

// Precondition: check_framing accepted `head`. Nothing when the target cannot be decoded without doubt: bad percent
// escapes, an escaped slash, backslash or control character, a «.» or «..» segment.
std::optional<Request> parse_request(std::string_view head);

struct ResponseFrame {
  std::string date;         // of the Date header
  bool head_only = false;   // HEAD: the length of the body without the body
  bool keep_alive = true;
  bool secure = false;      // adds Strict-Transport-Security
};
std::string serialise(const Response& response, const ResponseFrame& frame);

std::string_view reason_phrase(int status);

}  // namespace svar::net
