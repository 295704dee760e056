#include "connectors/webchat/resume_codes.h"

#include <sodium.h>

namespace svar::webchat {

namespace {

// Crockford's alphabet: no I, L, O, U, which are misread or make words.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kCharacters = 10;

std::string canonical(std::string_view written) {
  std::string code;
  for (char c : written) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) != std::string_view::npos) code += c;
  }
  return code;
}

}  // namespace

ResumeCodes::Code ResumeCodes::issue(ConversationId conversation, const service::Clock& clock) {
  std::string code;
  for (int i = 0; i < kCharacters; ++i) code += kAlphabet[randombytes_uniform(32)];
  codes_[code] = {conversation, clock.steady() + kLife};
  return {code.substr(0, 5) + '-' + code.substr(5), clock.now() + kLife};
}

std::variant<ConversationId, ResumeCodes::Wrong, ResumeCodes::TooManyTries> ResumeCodes::redeem(
    std::string_view code, const std::string& address, service::SteadyTime now) {
  Tries& tries = tries_[address];
  if (now - tries.since >= kTriesWindow) tries = {0, now};
  if (tries.count >= kTriesMax) {
    return TooManyTries{
        std::chrono::ceil<std::chrono::milliseconds>(tries.since + kTriesWindow - now)};
  }
  const auto found = codes_.find(canonical(code));
  if (found == codes_.end() || now >= found->second.expires) {
    ++tries.count;
    return Wrong{};
  }
  const ConversationId conversation = found->second.conversation;
  codes_.erase(found);
  return conversation;
}

void ResumeCodes::forget_old(service::SteadyTime now) {
  std::erase_if(codes_, [now](const auto& entry) { return now >= entry.second.expires; });
  std::erase_if(tries_, [now](const auto& entry) { return now - entry.second.since >= kTriesWindow; });
}

}  // namespace svar::webchat
