#include "bot/service/people/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <cctype>

#include "bot/service/people/secrets.h"

namespace svar::service {
namespace {

constexpr std::int64_t kPeriodSeconds = 30;
constexpr std::size_t kSecretBytes = 20;
constexpr std::size_t kSha1Bytes = 20;

std::array<unsigned char, kSha1Bytes> hmac_sha1(std::string_view key, std::uint64_t counter) {
  std::array<unsigned char, 8> message;
  for (std::size_t i = 0; i < message.size(); ++i)
    message[i] = static_cast<unsigned char>(counter >> (8 * (message.size() - 1 - i)));
  std::array<unsigned char, kSha1Bytes> digest{};
  unsigned size = 0;
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
       digest.data(), &size);
  return digest;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string new_totp_secret() {
  start_secrets();
  std::string secret(kSecretBytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::int64_t totp_step(Time time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count() /
         kPeriodSeconds;
}

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
  const auto digest = hmac_sha1(secret, static_cast<std::uint64_t>(step));
  const std::size_t at = digest.back() & 0x0F;  // dynamic truncation, RFC 4226 section 5.3
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | digest[at + i];
  number &= 0x7FFFFFFF;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10)
    *digit = static_cast<char>('0' + number % 10);
  return code;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Time now,
                                          std::int64_t last_step) {
  if (secret.empty()) return std::nullopt;
  const std::int64_t present = totp_step(now);
  std::optional<std::int64_t> found;
  for (std::int64_t step = present - 1; step <= present + 1; ++step) {
    if (equal_in_constant_time(totp_code(secret, step), code) && step > last_step) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = (held << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[(held >> (bits - 5)) & 31];
  }
  if (bits > 0) text += kAlphabet[(held << (5 - bits)) & 31];
  return text;
}

std::string totp_address(std::string_view secret, const AgentId& account) {
  return "otpauth://totp/Svarsentral:" + account.value + "?secret=" + base32(secret) +
         "&issuer=Svarsentral&algorithm=SHA1&digits=6&period=30";
}

std::vector<std::string> new_recovery_codes() {
  constexpr std::size_t kLength = 19;  // four groups of four
  std::vector<std::string> codes;
  while (codes.size() < kRecoveryCodes) codes.push_back(new_readable_password().substr(0, kLength));
  return codes;
}

std::string recovery_digest(std::string_view code, const AgentId& account) {
  std::string plain = account.value + '\n';
  for (const char c : code) {
    if (c != '-' && c != ' ')
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return key_of_token(plain).value;
}

}  // namespace svar::service
