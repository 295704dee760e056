// Who did what with accounts, and who opened which conversation. Entries hold numbers, names and
// times, never a word of a conversation: erasing one leaves the fact that it was opened.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/result.h"
#include "bot/service/people/people_store.h"

namespace svar::service {

// The spelling of code() is in the store and on the wire: never change one.
enum class AuditKind {
  signed_in,
  sign_in_failed,
  conversation_opened,
  invited,
  invitation_accepted,
  rights_changed,
  disabled,
  enabled,
  removed,
  password_changed,
  password_reset,
  second_factor_enrolled,
  second_factor_removed,
  recovery_codes_made,
  recovery_code_used,
  session_ended,
  sent_again,
};
std::string_view code(AuditKind kind);  // "signed_in"
std::optional<AuditKind> audit_kind_from_code(std::string_view code);

// Whose administrators may read an entry.
struct AuditScope {
  bool everybody = false;  // concerns somebody who works for all
  Municipalities municipalities;
  bool operator==(const AuditScope&) const = default;
};
AuditScope scope_of(const Rights& rights);  // of an entry about an account with these rights

// Who acts when a command does. Can't be an account's name.
inline const AgentId kOperator{"(operator)"};

struct AuditEntry {
  std::int64_t number = 0;  // rising; given by the store
  Time at;
  AuditKind kind = AuditKind::signed_in;
  AgentId who;    // empty: not known, as when no such account exists
  AgentId about;  // the account concerned; empty when it is a conversation
  std::optional<ConversationId> conversation;
  std::string why;  // a class: «waiting», «code»; or the rights as they are now
  AuditScope scope;
  bool operator==(const AuditEntry&) const = default;
};

struct AuditQuery {
  std::optional<Municipalities> municipalities;  // only what their administrators may read
  std::optional<AgentId> agent;                  // who or about
  std::optional<ConversationId> conversation;
  std::optional<AuditKind> kind;
  std::optional<Time> from;         // at or after
  std::optional<Time> until;        // before
  std::int64_t before = INT64_MAX;  // number
  std::size_t count_max = 100;
};

// Threads and durability as PeopleStore: completions in the order of the calls, on the executor; an
// entry that was recorded without an error survives a power cut.
class AuditStore {
 public:
  using Entries = std::vector<AuditEntry>;  // newest first
  virtual ~AuditStore() = default;
  virtual void record(AuditEntry entry, Stored done) = 0;
  virtual void read(AuditQuery query, std::function<void(Result<Entries, PeopleError>)> done) = 0;
  virtual void forget_before(Time time, Stored done) = 0;
};

}  // namespace svar::service
