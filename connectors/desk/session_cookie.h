// The session's cookie: unreadable for scripts, sent over TLS (and to loopback) alone, never from
// another site.
#pragma once

#include <string>
#include <string_view>

namespace svar::desk {

// The prefix makes browsers refuse it without Secure, with a Domain, or with another Path.
inline constexpr std::string_view kSessionCookie = "__Host-svar";

std::string set_session_cookie(
    std::string_view token);  // value of Set-Cookie; ends with the browser
std::string clear_session_cookie();

}  // namespace svar::desk
