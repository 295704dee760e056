#include "bot/service/people/audit_trail.h"

#include <utility>

namespace svar::service {
namespace {

constexpr std::size_t kSessionsRemembered = 2'000;
constexpr std::size_t kOpenedRemembered = 2'000;  // by one session

}  // namespace

void AuditTrail::about_account(AuditKind kind, const AgentId& who, const Account& about,
                               std::string why, Stored done) {
  AuditEntry entry;
  entry.at = clock_.now();
  entry.kind = kind;
  entry.who = who;
  entry.about = about.name;
  entry.why = std::move(why);
  entry.scope = scope_of(about.rights);
  store_.record(std::move(entry), std::move(done));
}

void AuditTrail::unknown_name(Stored done) {
  AuditEntry entry;
  entry.at = clock_.now();
  entry.kind = AuditKind::sign_in_failed;
  entry.why = "unknown_name";
  store_.record(std::move(entry), std::move(done));
}

// What is forgotten here is logged again when it is opened again: never too little.
void AuditTrail::opened(const AgentId& reader, const SessionKey& session,
                        ConversationId conversation, const MunicipalityId& controller,
                        std::string why, Stored done) {
  AuditEntry entry;
  entry.at = clock_.now();
  entry.kind = AuditKind::conversation_opened;
  entry.who = reader;
  entry.conversation = conversation;
  entry.why = std::move(why);
  entry.scope.municipalities.insert(controller);
  store_.record(std::move(entry), [opened = opened_, session, conversation,
                                   done = std::move(done)](std::optional<PeopleError> error) {
    if (!error) {
      if (opened->size() > kSessionsRemembered) opened->clear();
      auto& here = (*opened)[session];
      if (here.size() > kOpenedRemembered) here.clear();
      here.insert(conversation);
    }
    done(std::move(error));
  });
}

void AuditTrail::sent_again(const AgentId& who, ConversationId conversation,
                            const MunicipalityId& controller, std::string why, Stored done) {
  AuditEntry entry;
  entry.at = clock_.now();
  entry.kind = AuditKind::sent_again;
  entry.who = who;
  entry.conversation = conversation;
  entry.why = std::move(why);
  entry.scope.municipalities.insert(controller);
  store_.record(std::move(entry), std::move(done));
}

bool AuditTrail::has_opened(const SessionKey& session, ConversationId conversation) const {
  const auto found = opened_->find(session);
  return found != opened_->end() && found->second.count(conversation) != 0;
}

void AuditTrail::keep(std::chrono::days age_max) {
  store_.forget_before(clock_.now() - age_max, [](auto) {});
}

}  // namespace svar::service
