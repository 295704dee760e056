// An absolute URL, read so strictly that no two programs can disagree about whom it means. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/domain/result.h"

namespace svar::outbound {

enum class Scheme { http, https };

struct Url {
  Scheme scheme = Scheme::https;
  std::string host;  // a name in lower case without a trailing dot, or four plain decimal numbers
  std::uint16_t port = 443;
  std::string target = "/";  // path and query, as written

  std::string origin()
      const;                // https://chat.example.no, with the port unless it is the scheme's own
  bool is_numeric() const;  // the host is an IPv4 address
};

// Refused, with the reason in words: anything but http and https, user names, addresses in brackets
// or written any other way than four decimal numbers, letters beyond ASCII (write xn--…), a
// trailing dot, a fragment, control characters, spaces and backslashes, a path that begins with two
// slashes. The reason holds nothing of the URL.
Result<Url, std::string> parse_url(std::string_view text);

}  // namespace svar::outbound
