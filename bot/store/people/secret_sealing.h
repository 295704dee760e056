// Secrets as they stand in the file of accounts: encrypted with a key that stands beside it, so
// that the file alone, or a page of it on a disk given away, gives nobody a second factor.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace svar::store {

using SealingKey = std::array<unsigned char, 32>;

// XChaCha20-Poly1305 with a random nonce, as base64. `owner` is authenticated: what was sealed for
// one account opens for no other.
std::string seal(const SealingKey& key, std::string_view owner, std::string_view secret);
// Nothing when the text was sealed with another key, for another owner, or is damaged.
std::optional<std::string> unseal(const SealingKey& key, std::string_view owner,
                                  std::string_view sealed);

}  // namespace svar::store
