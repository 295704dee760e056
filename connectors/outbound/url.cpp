#include "connectors/outbound/url.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace svar::outbound {
namespace {

constexpr std::size_t kUrlBytesMax = 4096;
constexpr std::size_t kHostBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelBytesMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// Whether a resolver may take a host with this last label for a number: 127.1, 0x7f000001,
// 017700000001.
bool is_number(std::string_view label) {
  if (std::all_of(label.begin(), label.end(), is_digit)) return true;
  return label.size() >= 2 && label[0] == '0' && label[1] == 'x' &&
         std::all_of(label.begin() + 2, label.end(), is_hex);
}

bool is_plain_ipv4(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

// What is wrong with the host, in lower case; nullptr when it is good.
const char* fault_of_host(const std::string& host) {
  if (host.empty()) return "no host";
  if (host.size() > kHostBytesMax) return "the host's name is too long";
  if (host.back() == '.') return "the host ends in a dot";
  std::string_view last;
  for (std::size_t begin = 0; begin <= host.size();) {
    const std::size_t dot = std::min(host.find('.', begin), host.size());
    last = std::string_view{host}.substr(begin, dot - begin);
    if (!is_label(last)) return "the host is no name of letters, digits, hyphens and dots";
    begin = dot + 1;
  }
  if (is_number(last) && !is_plain_ipv4(host)) return "the address is not four decimal numbers";
  return nullptr;
}

const char* read_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && port != 0 && text.front() != '0' ? nullptr
                                                   : "the port is no number from 1 to 65535";
}

const char* fault_of_target(std::string_view target) {
  static constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/?%";
  if (target.substr(0, 2) == "//") return "the path begins with two slashes";
  for (std::size_t at = 0; at < target.size(); ++at) {
    const char c = target[at];
    if (!is_letter(c) && !is_digit(c) && kMarks.find(c) == std::string_view::npos)
      return "a character that must be percent-encoded";
    if (c == '%' && (at + 2 >= target.size() || !is_hex(target[at + 1]) || !is_hex(target[at + 2])))
      return "a percent sign without two hexadecimal digits";
  }
  return nullptr;
}

const char* read_authority(std::string_view authority, Url& url) {
  if (authority.find('@') != std::string_view::npos) return "a user name in the URL";
  if (authority.find_first_of("[]") != std::string_view::npos) return "an address in brackets";
  const std::size_t colon = authority.find(':');
  url.host = lower(authority.substr(0, colon));
  if (const char* fault = fault_of_host(url.host)) return fault;
  if (colon == std::string_view::npos) return nullptr;
  return read_port(authority.substr(colon + 1), url.port);
}

std::uint16_t own_port(Scheme scheme) {
  return scheme == Scheme::https ? 443 : 80;
}

}  // namespace

std::string Url::origin() const {
  std::string text = (scheme == Scheme::https ? "https://" : "http://") + host;
  if (port != own_port(scheme)) text += ":" + std::to_string(port);
  return text;
}

bool Url::is_numeric() const {
  return is_plain_ipv4(host);
}

Result<Url, std::string> parse_url(std::string_view text) {
  const auto refused = [](const char* why) { return Failure{std::string{why}}; };
  if (text.size() > kUrlBytesMax) return refused("the URL is too long");
  Url url;
  const std::size_t end = text.find("://");
  const std::string scheme = lower(text.substr(0, end));
  if (end == std::string_view::npos || (scheme != "https" && scheme != "http"))
    return refused("neither https:// nor http://");
  url.scheme = scheme == "https" ? Scheme::https : Scheme::http;
  url.port = own_port(url.scheme);
  text.remove_prefix(end + 3);
  const std::size_t authority_end = std::min(text.find_first_of("/?#\\"), text.size());
  if (const char* fault = read_authority(text.substr(0, authority_end), url)) return refused(fault);
  url.target = text.substr(authority_end);
  if (url.target.empty() || url.target.front() == '?') url.target.insert(0, "/");
  if (const char* fault = fault_of_target(url.target)) return refused(fault);
  return url;
}

}  // namespace svar::outbound
