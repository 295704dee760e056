#include "connectors/desk/session_cookie.h"

namespace svar::desk {
namespace {

constexpr std::string_view kAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

}  // namespace

std::string set_session_cookie(std::string_view token) {
  return std::string(kSessionCookie) + '=' + std::string(token) + std::string(kAttributes);
}

std::string clear_session_cookie() {
  return std::string(kSessionCookie) + '=' + std::string(kAttributes) + "; Max-Age=0";
}

}  // namespace svar::desk
