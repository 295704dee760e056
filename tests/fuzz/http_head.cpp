// The head of an HTTP request, any bytes: what check_framing accepts can be read in one way only,
// and parse_request, which another library does, reads the same. A careless check of a control
// build is caught by the same invariants.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "connectors/net/framing.h"
#include "connectors/net/proxies.h"
#include "connectors/net/request_head.h"
#include "tests/fuzz/hold.h"

namespace svar::fuzz {
namespace {

struct Field {
  std::string name;  // lower case
  std::string_view value;
};

// The head as a reader takes it who knows only what RFC 9112 allows without doubt.
struct PlainHead {
  std::string_view method, target, version;
  std::vector<Field> fields;

  std::size_t count(std::string_view name) const {
    std::size_t found = 0;
    for (const Field& field : fields) found += field.name == name ? 1 : 0;
    return found;
  }
  std::string_view value(std::string_view name) const {
    for (const Field& field : fields) {
      if (field.name == name) return field.value;
    }
    return {};
  }
};

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

PlainHead read_plainly(std::string_view head) {
  const auto lines = split(head.substr(0, head.find("\r\n\r\n")), "\r\n");
  const auto parts = split(lines[0], " ");
  hold(parts.size() == 3, "an accepted request line has three parts", lines[0]);
  PlainHead plain{parts[0], parts[1], parts[2], {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    hold(colon != std::string_view::npos, "an accepted header line has a colon", lines[i]);
    std::string name{lines[i].substr(0, colon)};
    hold(name.find_first_of(" \t") == std::string::npos, "no blank before the colon", lines[i]);
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    plain.fields.push_back({std::move(name), without_blanks(lines[i].substr(colon + 1))});
  }
  return plain;
}

void check_accepted(const net::Framing& framing, const PlainHead& plain) {
  hold(plain.count("transfer-encoding") == 0, "Transfer-Encoding is refused");
  hold(plain.count("content-length") <= 1, "one Content-Length");
  hold(plain.count("host") <= 1, "one Host");
  hold(plain.version == "HTTP/1.0" || plain.count("host") == 1, "HTTP/1.1 has a Host");
  const std::string length{plain.value("content-length")};
  const bool digits = length.find_first_not_of("0123456789") == std::string::npos;
  hold(digits, "a Content-Length is digits", length);
  hold(framing.content_length == (length.empty() ? 0 : std::stoull(length)),
       "the length is the one given", length);
  hold(framing.has_body == (framing.content_length > 0), "a body is as long as it says");
  hold(!framing.keep_alive || plain.version == "HTTP/1.1", "HTTP/1.0 is closed");
}

// Fields of one name keep their order; between names the parser may choose its own.
using Pairs = std::vector<std::pair<std::string, std::string>>;
Pairs by_name(Pairs fields) {
  std::stable_sort(fields.begin(), fields.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return fields;
}

void check_read_alike(const net::Request& request, const PlainHead& plain) {
  hold(request.method == plain.method, "the method is read alike", request.method);
  hold(request.path.starts_with("/"), "a path begins with a slash", request.path);
  for (const std::string_view segment : split(request.path, "/")) {
    hold(segment != "." && segment != "..", "no segment climbs", request.path);
  }
  hold(request.path.find('\0') == std::string::npos, "no zero in a path");
  Pairs fields;
  for (const Field& field : plain.fields) fields.emplace_back(field.name, field.value);
  hold(by_name(request.headers) == by_name(std::move(fields)), "the headers are read alike");
}

// What a handler repeats of a request makes no header of its own and ends no head.
void check_answer(const net::Request& request) {
  net::Response response;
  response.status = 200;
  response.body = request.path;
  response.headers.emplace_back("X-Path", request.path);
  for (const auto& [name, value] : request.query) response.headers.emplace_back("X-Query", value);
  const std::string wire =
      net::serialise(response, {"Mon, 23 Nov 2026 10:00:00 GMT", false, true, false});
  const std::string_view head = std::string_view{wire}.substr(0, wire.find("\r\n\r\n"));
  const std::string length = "Content-Length: " + std::to_string(request.path.size());
  hold(split(head, "\r\n").size() == response.headers.size() + 7, "a header a line", head);
  hold(head.ends_with(length), "the length ends the head", head);
  hold(wire.size() == head.size() + 4 + request.path.size(), "the body follows");
}

void check_address(const PlainHead& plain) {
  static const net::AddressSet trusted =
      *net::AddressSet::parse({"127.0.0.1", "10.0.0.0/8", "fd00::/8"});
  const std::string_view forwarded = plain.value("x-forwarded-for");
  const std::string address = net::client_address(trusted, "10.0.0.1", forwarded);
  hold(!address.empty(), "there is always an address", forwarded);
  hold(address == "10.0.0.1" || (*net::AddressSet::parse({"0.0.0.0/0", "::/0"})).contains(address),
       "a client is an address", address);
  hold(net::client_address(trusted, "192.0.2.1", forwarded) == "192.0.2.1",
       "a stranger's word about addresses does not count", forwarded);
}

std::variant<net::Framing, net::FramingFault> checked_framing(const std::string& head) {
  auto checked = net::check_framing(head);
#ifdef SVAR_PLANTED_FAULT  // a check that lets one doubtful head through
  const auto* fault = std::get_if<net::FramingFault>(&checked);
  if (fault && fault->reason == "Transfer-Encoding") return net::Framing{};
#endif
  return checked;
}

void check_head(std::string_view bytes) {
  std::string head{bytes.substr(0, bytes.find("\r\n\r\n"))};
  head += "\r\n\r\n";
  const auto checked = checked_framing(head);
  if (const auto* fault = std::get_if<net::FramingFault>(&checked)) {
    hold(fault->status >= 400 && fault->status < 600, "a refusal has a status of its own");
    return;
  }
  const PlainHead plain = read_plainly(head);
  check_accepted(std::get<net::Framing>(checked), plain);
  check_address(plain);
  if (const auto request = net::parse_request(head)) {
    check_read_alike(*request, plain);
    check_answer(*request);
  }
}

}  // namespace
}  // namespace svar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  svar::fuzz::check_head({reinterpret_cast<const char*>(data), size});
  return 0;
}
