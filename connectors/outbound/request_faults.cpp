#include "connectors/outbound/request_faults.h"

#include <algorithm>
#include <array>

namespace svar::outbound {
namespace {

// They say where the message begins, ends and goes: a caller's word would be a second one.
constexpr std::array<std::string_view, 9> kOwnHeaders{
    "host",    "content-length", "transfer-encoding", "connection", "keep-alive", "expect", "te",
    "trailer", "upgrade"};

bool is_token(std::string_view name) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](unsigned char c) { return (c >= 0x20 && c != 0x7F) || c == '\t'; });
}

bool is_own(std::string_view name) {
  return std::any_of(kOwnHeaders.begin(), kOwnHeaders.end(), [name](std::string_view own) {
    return std::equal(name.begin(), name.end(), own.begin(), own.end(), [](char written, char low) {
      return (written >= 'A' && written <= 'Z' ? written - 'A' + 'a' : written) == low;
    });
  });
}

}  // namespace

std::optional<std::string> fault_of(const HttpRequest& request) {
  for (const HttpHeader& header : request.headers) {
    if (!is_token(header.name)) return "a header's name is not valid";
    if (!is_value(header.value)) return "a header's value is not valid: " + header.name;
    if (is_own(header.name)) return "a header that only the client sets: " + header.name;
  }
  if (request.method == Method::get && !request.body.empty()) return "a GET has no body";
  if (request.time_max.count() <= 0) return "no time to be sent in";
  return std::nullopt;
}

}  // namespace svar::outbound
