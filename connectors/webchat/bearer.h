// «Authorization: Bearer <token>».
#pragma once

#include <string_view>

#include "connectors/net/http.h"

namespace svar::webchat {

// Empty when there is none.
inline std::string_view bearer_token(const net::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.header("authorization");
  return header.starts_with(kScheme) ? header.substr(kScheme.size()) : std::string_view{};
}

}  // namespace svar::webchat
