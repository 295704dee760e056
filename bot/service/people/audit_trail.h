// Writes the audit log: gives entries their time and scope, and remembers which screen has opened
// which conversation.
//
// Threads: one, the executor's. A `done` runs exactly once, on it, never inside the call.
#pragma once

#include <memory>
#include <set>
#include <unordered_map>

#include "bot/service/people/audit.h"
#include "bot/service/turn/clock.h"

namespace svar::service {

class AuditTrail {
 public:
  // Both must outlive the object.
  AuditTrail(AuditStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // What somebody did with an account, theirs or another's. Read by the administrators of the
  // municipalities that the account has rights in.
  void about_account(AuditKind kind, const AgentId& who, const Account& about, std::string why,
                     Stored done);
  // A log-in under a name that no account has. The name isn't kept: it may be a password.
  void unknown_name(Stored done);
  // Somebody was given a conversation to read. Read by the administrators of its controller.
  void opened(const AgentId& reader, const SessionKey& session, ConversationId conversation,
              const MunicipalityId& controller, std::string why, Stored done);
  // Somebody had a message of it sent to the citizen once more. `why`: how it had ended, «failed»
  // or «uncertain».
  void sent_again(const AgentId& who, ConversationId conversation, const MunicipalityId& controller,
                  std::string why, Stored done);
  // Whether that screen's log-in has opened it since this process began.
  bool has_opened(const SessionKey& session, ConversationId conversation) const;

  void read(AuditQuery query, std::function<void(Result<AuditStore::Entries, PeopleError>)> done) {
    store_.read(std::move(query), std::move(done));
  }
  // Forgets what is older. Called now and then.
  void keep(std::chrono::days age_max);

 private:
  AuditStore& store_;
  const Clock& clock_;
  using Opened = std::unordered_map<SessionKey, std::set<ConversationId>>;
  std::shared_ptr<Opened> opened_ = std::make_shared<Opened>();  // shared with completions
};

}  // namespace svar::service
