#include "bot/store/people/secret_sealing.h"

#include <sodium.h>

namespace svar::store {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(sizeof(SealingKey) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string seal(const SealingKey& key, std::string_view owner, std::string_view secret) {
  std::string sealed(kNonce + secret.size() + kTag, '\0');
  randombytes_buf(sealed.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + kNonce, nullptr, bytes_of(secret),
                                             secret.size(), bytes_of(owner), owner.size(), nullptr,
                                             bytes_of(sealed), key.data());
  std::string text(sodium_base64_ENCODED_LEN(sealed.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(sealed), sealed.size(), kVariant);
  text.pop_back();  // the terminating zero that libsodium writes
  return text;
}

std::optional<std::string> unseal(const SealingKey& key, std::string_view owner,
                                  std::string_view sealed) {
  std::string bytes(sealed.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes_of(bytes), bytes.size(), sealed.data(), sealed.size(), nullptr, &size,
                        nullptr, kVariant) != 0 ||
      size < kNonce + kTag) {
    return std::nullopt;
  }
  std::string secret(size - kNonce - kTag, '\0');
  const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(secret), nullptr, nullptr, bytes_of(bytes) + kNonce, size - kNonce, bytes_of(owner),
      owner.size(), bytes_of(bytes), key.data());
  return refused == 0 ? std::optional(secret) : std::nullopt;
}

}  // namespace svar::store
