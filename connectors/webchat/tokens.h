// What a citizen's browser holds to come back to a conversation. Nothing is stored for it on our side.
//
// conversation = "<number>.<MAC of the number>", so that a number cannot be tried;
// token        = MAC over the conversation, which is what opens it.
// MACs are keyed BLAKE2b, compared in constant time. Whoever changes the key ends all conversations.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "bot/domain/ids.h"

namespace svar::webchat {

using TokenKey = std::array<unsigned char, 32>;

class Tokens {
 public:
  explicit Tokens(const TokenKey& key) : key_(key) {}

  std::string conversation(ConversationId id) const;
  std::string token(ConversationId id) const;

  // The conversation that both belong to; nothing for anything else. Safe with any bytes.
  std::optional<ConversationId> open(std::string_view conversation, std::string_view token) const;

 private:
  std::string mac(std::string_view purpose, std::string_view text) const;

  TokenKey key_;
};

}  // namespace svar::webchat
