#include "connectors/desk/request_guard.h"

#include <algorithm>
#include <cctype>

namespace svar::desk {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

bool is_json(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return equal_ignoring_case(type, "application/json");
}

}  // namespace

bool has_own_origin(const net::Request& request) {
  const std::string_view host = request.header("host");
  const std::string_view origin = request.header("origin");
  if (host.empty()) return false;
  return equal_ignoring_case(origin, (request.secure ? "https://" : "http://") + std::string(host));
}

bool may_change(const net::Request& request) {
  return has_own_origin(request) && is_json(request.header("content-type")) &&
         request.header("x-svar-desk") == "1";
}

}  // namespace svar::desk
