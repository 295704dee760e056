// What agents see of messages on their way to messaging platforms, and what they may do about them.
//
// Rights as DeskView's: what the account may not see does not exist.
//
// Threads: one, the executor's. A `done` runs exactly once and may run inside the call.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/service/delivery/delivery_reports.h"
#include "bot/service/desk/desk_view.h"
#include "bot/service/people/audit_trail.h"
#include "bot/service/turn/clock.h"

namespace svar::service {

// One message to the citizen, however many parts it was sent in: as far as the least of them.
struct MessageState {
  Seq seq;
  DeliveryState state = DeliveryState::pending;
  std::string why;  // a code, with failed and uncertain
  bool operator==(const MessageState&) const = default;
};
// By seq. Precondition: so are the rows.
std::vector<MessageState> message_states(const std::vector<DeliveryRow>& rows);

enum class ResendFault {
  unknown,              // no such conversation for the account
  not_yours,            // somebody else's, or nobody's yet
  reply_window_closed,  // the platform takes no more until the citizen writes
  nothing_failed,       // everything of the message is on its way or has arrived
  may_arrive_twice,     // it may have arrived, and the agent has not said «all the same»
  unavailable,          // the store failed
};
std::string_view code(ResendFault fault);  // "not_yours"

class DeliveryView {
 public:
  struct Setup {
    DeskView& desk;
    AuditTrail& audit;
    Conversations::ReleaseSource release;
    const Clock& clock;
    DeliveryReports* reports;  // null when no platform is attached
  };
  // Everything referred to must outlive this object.
  explicit DeliveryView(Setup setup) : setup_(std::move(setup)) {}

  void add_listener(DeliveryListener& listener);
  void remove_listener(DeliveryListener& listener);

  // Until when a person may answer the citizen; nothing where nothing ends it.
  std::optional<Time> reply_until(const Card& card) const;
  bool is_reply_window_closed(const Card& card) const;

  // Empty for a conversation of the web chat, for one that the account doesn't see, and when the
  // store failed: whoever shows them asks again when they change.
  void states(const Account& agent, ConversationId conversation,
              std::function<void(std::vector<MessageState>)> done) const;

  // What failed or is uncertain of the message, once more: by whoever holds the conversation, and
  // once it is closed by everybody who sees it. It is in the audit log before anything is sent.
  // `even_if_twice`: the agent knows that the citizen may get it a second time.
  void send_again(const Account& agent, ConversationId conversation, Seq seq, bool even_if_twice,
                  std::function<void(std::optional<ResendFault>)> done);

  struct Stopped {
    std::string channel;  // the platform's name
    MunicipalityId municipality;
    std::string why;  // a code
    bool operator==(const Stopped&) const = default;
  };
  // Accounts that take nothing at present, of municipalities that the agent serves.
  std::vector<Stopped> stopped(const Account& agent) const;

 private:
  Setup setup_;
};

}  // namespace svar::service
