// The check of a request's raw head before anything parses it. Two programs that read the same bytes as different
// requests are how smuggling works; so whatever can be read in two ways is refused here, and the connection is closed.
#pragma once

#include <cstddef>
#include <string_view>
#include <variant>

namespace svar::net {

inline constexpr std::size_t kHeadBytesMax = 8 * 1024;

struct Framing {
  std::size_t content_length = 0;
  bool has_body = false;         // Content-Length was given and is not 0
  bool expects_continue = false;
  bool keep_alive = true;        // HTTP/1.1 without «Connection: close»
};

struct FramingFault {
  int status = 400;
  std::string_view reason;  // for a log line; holds nothing of the request
};

// `head` is everything up to and including the empty line.
std::variant<Framing, FramingFault> check_framing(std::string_view head);

}  // namespace svar::net
