#include "bot/service/desk/contact_log.h"

#include <sodium.h>

#include <array>
#include <utility>

namespace svar::service {
namespace {

constexpr int kRetryAfterMs = 1'000;

// The id is random, so that the hash tells neither it nor the agent.
std::string contact_key(const AgentId& agent, const ClientId& id) {
  const std::string both = agent.value + '\0' + id.value;
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(both.data()), both.size(), nullptr, 0);
  std::array<char, 2 * digest.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string{kTelephone} + ":" + hex.data();
}

}  // namespace

void ContactLog::count(const Account& agent, const ClientId& id, Contact contact, Counted done) {
  Opening opening;
  opening.site = SiteId{contact.municipality.value};
  opening.language = contact.language;
  opening.channel = kTelephone;
  AgentCountsContact input{agent.name,    agent.display_name, id,
                           contact.topic, contact.outcome,    std::move(contact.text)};
  store_.create(contact_key(agent.name, id), clock_.now(),
                [this, opening = std::move(opening), input = std::move(input),
                 done = std::move(done)](const Result<ConversationId, StoreError>& made) mutable {
                  if (!made) return done(Refused{RefusalCode::unavailable, {}, kRetryAfterMs});
                  conversations_.submit(*made, opening, std::move(input), Acceptance::with_outcome,
                                        std::move(done));
                });
}

}  // namespace svar::service
