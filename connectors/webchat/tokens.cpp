#include "connectors/webchat/tokens.h"

#include <sodium.h>

#include <charconv>

namespace svar::webchat {

namespace {

constexpr std::size_t kMacBytes = 24;  // 32 characters
constexpr std::size_t kNumberDigitsMax = 19;

bool same(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

std::string Tokens::mac(std::string_view purpose, std::string_view text) const {
  std::array<unsigned char, kMacBytes> bytes{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, key_.data(), key_.size(), bytes.size());
  const auto add = [&state](std::string_view part) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  };
  add(purpose);
  add(std::string_view{"\0", 1});
  add(text);
  crypto_generichash_final(&state, bytes.data(), bytes.size());
  std::string encoded(sodium_base64_ENCODED_LEN(kMacBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                      '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  encoded.pop_back();  // the terminating zero
  return encoded;
}

std::string Tokens::conversation(ConversationId id) const {
  const std::string number = std::to_string(id.value);
  return number + '.' + mac("conversation", number);
}

std::string Tokens::token(ConversationId id) const { return mac("token", conversation(id)); }

std::optional<ConversationId> Tokens::open(std::string_view conversation,
                                           std::string_view token) const {
  const auto dot = conversation.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > kNumberDigitsMax) return std::nullopt;
  ConversationId id;
  const auto [end, error] = std::from_chars(conversation.data(), conversation.data() + dot, id.value);
  if (error != std::errc{} || end != conversation.data() + dot || id.value <= 0) return std::nullopt;
  const bool genuine = same(this->conversation(id), conversation);
  const bool opens = same(this->token(id), token);
  if (!genuine || !opens) return std::nullopt;
  return id;
}

}  // namespace svar::webchat
