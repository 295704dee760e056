// Time-based one-time passwords (RFC 6238 over RFC 4226): SHA-1, six digits, thirty seconds, which
// is what every authenticator app does. Pure but for the random numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/time.h"

namespace svar::service {

inline constexpr int kTotpDigits = 6;
inline constexpr std::size_t kRecoveryCodes = 10;

std::string new_totp_secret();  // 160 random bits

std::int64_t totp_step(Time time);
// The code of a step, with zeros in front.
std::string totp_code(std::string_view secret, std::int64_t step, int digits = kTotpDigits);

// The step whose code this is: the present one or a neighbour (clocks differ), later than
// `last_step`, so that no code is accepted twice. Compares in constant time. An empty secret has no
// codes.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Time now,
                                          std::int64_t last_step);

// For an app: the secret as base32, and the address that a QR code holds.
std::string base32(std::string_view bytes);
std::string totp_address(std::string_view secret, const AgentId& account);

// For the day the phone is lost: «abcd-efgh-jkmn-pqrs», 79 random bits each.
std::vector<std::string> new_recovery_codes();
// What is stored of one; capitals, blanks and hyphens don't matter.
std::string recovery_digest(std::string_view code, const AgentId& account);

}  // namespace svar::service
