#include "bot/service/people/secrets.h"

#include <sodium.h>

#include <array>
#include <cstdlib>

namespace svar::service {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::string_view kReadable = "abcdefghjkmnpqrstuvwxyz23456789";  // no i l o, no 0 1
constexpr int kGroups = 5;
constexpr int kGroupLength = 4;

std::string base64url(const unsigned char* bytes, std::size_t size) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(size, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, kVariant);
  text.pop_back();  // the terminating zero that libsodium writes
  return text;
}

}  // namespace

void start_secrets() {
  if (sodium_init() < 0) std::abort();
}

std::string new_session_token() {
  start_secrets();
  std::array<unsigned char, kTokenBytes> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes.data(), bytes.size());
}

SessionKey key_of_token(std::string_view token) {
  start_secrets();
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  return SessionKey{base64url(digest.data(), digest.size())};
}

std::string new_readable_password() {
  start_secrets();
  std::string password;
  for (int group = 0; group < kGroups; ++group) {
    if (group > 0) password += '-';
    for (int i = 0; i < kGroupLength; ++i) {
      password += kReadable[randombytes_uniform(static_cast<std::uint32_t>(kReadable.size()))];
    }
  }
  return password;
}

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace svar::service
