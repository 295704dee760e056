#include "connectors/graph/handshake.h"

#include <sodium.h>

#include <algorithm>

namespace svar::graph {
namespace {

constexpr std::size_t kChallengeDigitsMax = 32;

bool is_challenge(std::string_view text) {
  return !text.empty() && text.size() <= kChallengeDigitsMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

HandshakeAnswer answer_handshake(const HandshakeQuestion& question, std::string_view own_token) {
  const bool known = !own_token.empty() && question.token.size() == own_token.size() &&
                     sodium_memcmp(question.token.data(), own_token.data(), own_token.size()) == 0;
  if (!known || question.mode != "subscribe") return {403, "forbidden"};
  if (!is_challenge(question.challenge)) return {400, "bad challenge"};
  return {200, std::string{question.challenge}};
}

}  // namespace svar::graph
