#include "connectors/net/request_head.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>

#include "connectors/net/framing.h"

namespace svar::net {

namespace http = boost::beast::http;

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { plus, blank };

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' && plus == Plus::blank ? ' ' : text[i];
    }
  }
  return result;
}

// An escaped slash would move a segment's border after routing; dots would climb.
bool is_plain_path(std::string_view written, std::string_view decoded) {
  for (std::size_t at = written.find('%'); at != std::string_view::npos;
       at = written.find('%', at + 1)) {
    const auto escape = written.substr(at, 3);
    if (escape == "%2f" || escape == "%2F" || escape == "%5c" || escape == "%5C") return false;
  }
  for (const char c : decoded) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  }
  for (std::size_t at = 0; at != std::string_view::npos; at = decoded.find('/', at + 1)) {
    const auto segment = decoded.substr(at + 1, decoded.find('/', at + 1) - at - 1);
    if (segment == "." || segment == "..") return false;
  }
  return true;
}

bool take_query(std::string_view text, Request& request) {
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), Plus::blank);
    auto value = percent_decoded(
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1),
        Plus::blank);
    if (!name || !value) return false;
    request.query.emplace_back(std::move(*name), std::move(*value));
  }
  return true;
}

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool has_header(const Response& response, std::string_view lower_name) {
  for (const auto& [name, value] : response.headers) {
    if (lower(name) == lower_name) return true;
  }
  return false;
}

// Handlers build headers from what they know; a line break in one would begin a header of its own.
void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  out += "\r\n";
}

}  // namespace

std::optional<Request> parse_request(std::string_view head) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(kHeadBytesMax);
  parser.skip(true);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error || !parser.is_header_done()) return std::nullopt;

  Request request;
  request.method = std::string{parser.get().method_string()};
  const std::string target{parser.get().target()};
  const auto question = target.find('?');
  const std::string_view written_path = std::string_view{target}.substr(0, question);
  auto path = percent_decoded(written_path, Plus::plus);
  if (!path || !is_plain_path(written_path, *path)) return std::nullopt;
  request.path = std::move(*path);
  if (question != std::string::npos &&
      !take_query(std::string_view{target}.substr(question + 1), request)) {
    return std::nullopt;
  }
  for (const auto& field : parser.get()) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(lower({name.data(), name.size()}),
                                 std::string{value.data(), value.size()});
  }
  return request;
}

std::string_view reason_phrase(int status) {
  const auto phrase = http::obsolete_reason(static_cast<http::status>(status));
  return {phrase.data(), phrase.size()};
}

std::string serialise(const Response& response, const ResponseFrame& frame) {
  std::string out;
  out.reserve(512 + (frame.head_only ? 0 : response.body.size()));
  out += "HTTP/1.1 " + std::to_string(response.status) + ' ';
  out += reason_phrase(response.status);
  out += "\r\n";
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  append_header(out, "Date", frame.date);
  append_header(out, "X-Content-Type-Options", "nosniff");
  append_header(out, "Referrer-Policy", "no-referrer");
  if (!has_header(response, "x-frame-options")) append_header(out, "X-Frame-Options", "DENY");
  if (!has_header(response, "content-security-policy")) {
    append_header(out, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
  if (frame.secure) append_header(out, "Strict-Transport-Security", "max-age=31536000");
  if (!frame.keep_alive) append_header(out, "Connection", "close");
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) append_header(out, "Content-Length", std::to_string(response.body.size()));
  out += "\r\n";
  if (!frame.head_only && !bodiless) out += response.body;
  return out;
}

}  // namespace svar::net
