#include "connectors/graph/signature.h"

#include <sodium.h>

#include <array>
#include <string>

namespace svar::graph {

bool is_signed(std::string_view header, std::string_view body, std::string_view app_secret) {
  constexpr std::string_view kPrefix = "sha256=";
  constexpr std::size_t kHexBytes = 2 * crypto_auth_hmacsha256_BYTES;
  if (app_secret.empty() || header.size() != kPrefix.size() + kHexBytes ||
      !header.starts_with(kPrefix)) {
    return false;
  }
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(app_secret), app_secret.size());
  crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  std::array<char, kHexBytes + 1> expected{};
  sodium_bin2hex(expected.data(), expected.size(), digest.data(), digest.size());
  return sodium_memcmp(expected.data(), header.data() + kPrefix.size(), kHexBytes) == 0;
}

}  // namespace svar::graph
