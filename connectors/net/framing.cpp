#include "connectors/net/framing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace svar::net {

namespace {

bool is_token_character(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Only visible characters, blanks, and the CR LF at a line's end.
bool has_stray_controls(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto c = static_cast<unsigned char>(head[i]);
    if (c == '\r') {
      if (i + 1 >= head.size() || head[i + 1] != '\n') return true;
      ++i;
    } else if ((c < 0x20 && c != '\t') || c == 0x7f) {
      return true;
    }
  }
  return false;
}

std::optional<FramingFault> fault_of_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return FramingFault{400, "request line"};
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(method) || method.size() > 16) return FramingFault{400, "method"};
  if (target.empty() || target.front() != '/') return FramingFault{400, "target"};
  for (const char c : target) {
    if (c <= ' ' || static_cast<unsigned char>(c) >= 0x7f || c == '#' || c == '\\') {
      return FramingFault{400, "target"};
    }
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return FramingFault{version.substr(0, 5) == "HTTP/" ? 505 : 400, "version"};
  }
  return std::nullopt;
}

// Fields that decide who is asking or where the request ends: one only.
constexpr std::array<std::string_view, 12> kSingle = {
    "host",          "content-length", "origin",        "authorization",     "content-type",
    "expect",        "upgrade",        "sec-websocket-key", "sec-websocket-version", "x-svar-desk",
    "x-forwarded-proto", "if-none-match"};

struct Fields {
  std::array<int, kSingle.size()> counts{};
  Framing framing;
  bool host = false;
};

std::optional<FramingFault> take_length(std::string_view value, Framing& framing) {
  if (value.empty() || value.size() > 12 ||
      value.find_first_not_of("0123456789") != std::string_view::npos) {
    return FramingFault{400, "Content-Length"};
  }
  framing.content_length = static_cast<std::size_t>(std::stoull(std::string{value}));
  framing.has_body = framing.content_length > 0;
  return std::nullopt;
}

bool is_host(std::string_view value) {
  return !value.empty() && value.size() <= 255 &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view{".-_:[]"}.find(c) != std::string_view::npos;
         });
}

std::optional<FramingFault> take_field(std::string_view line, Fields& fields) {
  if (line.front() == ' ' || line.front() == '\t') return FramingFault{400, "folded line"};
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return FramingFault{400, "header line"};
  if (!is_token(line.substr(0, colon))) return FramingFault{400, "header name"};
  const std::string name = lower(line.substr(0, colon));
  const auto value = trimmed(line.substr(colon + 1));

  for (std::size_t i = 0; i < kSingle.size(); ++i) {
    if (name == kSingle[i] && ++fields.counts[i] > 1) return FramingFault{400, "repeated header"};
  }
  if (name == "transfer-encoding") return FramingFault{400, "Transfer-Encoding"};
  if (name == "content-length") return take_length(value, fields.framing);
  if (name == "host") {
    if (!is_host(value)) return FramingFault{400, "Host"};
    fields.host = true;
  }
  if (name == "expect") {
    if (lower(value) != "100-continue") return FramingFault{417, "Expect"};
    fields.framing.expects_continue = true;
  }
  if (name == "connection" && lower(value).find("close") != std::string::npos) {
    fields.framing.keep_alive = false;
  }
  return std::nullopt;
}

}  // namespace

std::variant<Framing, FramingFault> check_framing(std::string_view head) {
  if (head.size() > kHeadBytesMax) return FramingFault{431, "header size"};
  if (has_stray_controls(head)) return FramingFault{400, "control character"};
  const auto line_end = head.find("\r\n");
  if (line_end == std::string_view::npos) return FramingFault{400, "request line"};
  const auto request_line = head.substr(0, line_end);
  if (const auto fault = fault_of_request_line(request_line)) return *fault;

  Fields fields;
  const bool is_1_1 = request_line.back() == '1';
  for (std::size_t at = line_end + 2; at < head.size();) {
    const auto end = head.find("\r\n", at);
    if (end == std::string_view::npos) return FramingFault{400, "header line"};
    if (end == at) break;  // the empty line
    if (const auto fault = take_field(head.substr(at, end - at), fields)) return *fault;
    at = end + 2;
  }
  if (is_1_1 && !fields.host) return FramingFault{400, "Host"};
  if (!is_1_1) fields.framing.keep_alive = false;
  return fields.framing;
}

}  // namespace svar::net
