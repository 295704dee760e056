#include "connectors/webhook/signature.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace svar::webhook {
namespace {

constexpr std::string_view kScheme = "v1,";
constexpr std::string_view kEncodedKey = "whsec_";
constexpr std::size_t kKeyBytesMin = 32;
constexpr std::size_t kEncodedKeyBytesMin = 24;  // Standard Webhooks' least
constexpr std::size_t kIdBytesMax = 256;
constexpr int kAlphabet = sodium_base64_VARIANT_ORIGINAL;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string signature_of(const std::string& key, const Signed& request) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(key), key.size());
  for (const std::string_view part :
       {request.id, std::string_view{"."}, request.timestamp, std::string_view{"."}, request.body})
    crypto_auth_hmacsha256_update(&state, bytes(part), part.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  std::array<char, sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES, kAlphabet)> encoded{};
  sodium_bin2base64(encoded.data(), encoded.size(), digest.data(), digest.size(), kAlphabet);
  return std::string{kScheme} + encoded.data();
}

std::optional<std::string> key_of(std::string_view written) {
  if (!written.starts_with(kEncodedKey)) {
    if (written.size() < kKeyBytesMin) return std::nullopt;
    return std::string{written};
  }
  const std::string_view encoded = written.substr(kEncodedKey.size());
  std::string key(encoded.size(), '\0');
  std::size_t length = 0;
  const bool read =
      sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), encoded.data(),
                        encoded.size(), nullptr, &length, nullptr, kAlphabet) == 0;
  if (!read || length < kEncodedKeyBytesMin) return std::nullopt;
  key.resize(length);
  return key;
}

// The next word of a list, which is shortened by it.
std::string_view next_of(std::string_view& list, char between) {
  const auto end = std::min(list.find(between), list.size());
  const std::string_view word = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return word;
}

}  // namespace

Result<Keys, std::string> Keys::of(std::string_view secret) {
  Keys keys;
  while (!secret.empty()) {
    auto key = key_of(next_of(secret, ','));
    if (!key)
      return Failure<std::string>{
          "webhook: a key is shorter than 32 characters, or «whsec_» and no Base64"};
    keys.keys_.push_back(std::move(*key));
  }
  if (keys.keys_.empty() || keys.keys_.size() > 2)
    return Failure<std::string>{"webhook: the file must hold one key, or two with a comma between"};
  return keys;
}

bool Keys::admits(const Signed& request, std::string_view signatures) const {
  if (request.id.empty() || request.id.size() > kIdBytesMax) return false;
  std::vector<std::string> right;
  for (const std::string& key : keys_) right.push_back(signature_of(key, request));
  bool admitted = false;
  while (!signatures.empty()) {
    const std::string_view given = next_of(signatures, ' ');
    for (const std::string& one : right)
      admitted |=
          given.size() == one.size() && sodium_memcmp(given.data(), one.data(), one.size()) == 0;
  }
  return admitted;
}

std::string Keys::sign(const Signed& request) const {
  return signature_of(keys_.front(), request);
}

std::optional<Time> signed_at(std::string_view timestamp, Time now) {
  std::int64_t seconds = 0;
  const auto [end, fault] =
      std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
  const bool whole = fault == std::errc{} && end == timestamp.data() + timestamp.size();
  constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the year 9999
  if (!whole || seconds < 0 || seconds > kSecondsMax) return std::nullopt;
  const Time at{std::chrono::seconds{seconds}};
  const auto apart = at < now ? now - at : at - now;
  return apart > kSignatureLife ? std::nullopt : std::optional{at};
}

}  // namespace svar::webhook
