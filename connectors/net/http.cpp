#include "connectors/net/http.h"

#include <algorithm>

namespace svar::net {

namespace {

std::string_view first_value(const std::vector<std::pair<std::string, std::string>>& pairs,
                             std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return {};
}

Response typed_response(int status, std::string_view type, std::string body) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", type);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

}  // namespace

std::string_view Request::header(std::string_view name) const { return first_value(headers, name); }

std::string Request::list_header(std::string_view name) const {
  std::string list;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

std::string_view Request::parameter(std::string_view name) const {
  return first_value(query, name);
}

std::string_view Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

Response json_response(int status, std::string body) {
  return typed_response(status, "application/json", std::move(body));
}

Response text_response(int status, std::string body) {
  return typed_response(status, "text/plain; charset=utf-8", std::move(body));
}

}  // namespace svar::net
