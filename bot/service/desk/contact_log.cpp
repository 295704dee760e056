#include "bot/service/desk/contact_log.h"

#include <utility>

namespace svar::service {
namespace {

constexpr int kRetryAfterMs = 1'000;

}  // namespace

void ContactLog::count(const Account& agent, const ClientId& id, Contact contact, Counted done) {
  Opening opening;
  opening.site = SiteId{contact.municipality.value};
  opening.language = contact.language;
  opening.channel = kTelephone;
  AgentCountsContact input{agent.name,    agent.display_name, id,
                           contact.topic, contact.outcome,    std::move(contact.text)};
  const std::string key = std::string{kTelephone} + ":" + agent.name.value + ":" + id.value;
  store_.create(key, clock_.now(),
                [this, opening = std::move(opening), input = std::move(input),
                 done = std::move(done)](const Result<ConversationId, StoreError>& made) mutable {
                  if (!made) return done(Refused{RefusalCode::unavailable, {}, kRetryAfterMs});
                  conversations_.submit(*made, opening, std::move(input), Acceptance::with_outcome,
                                        std::move(done));
                });
}

}  // namespace svar::service
