// Messenger's webhook events and messages. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::messenger {

struct Account {
  std::string page_id;  // of the municipality; what is for another page is kept as unknown
  std::string app_id;   // ours; empty: only the token tells our own messages
};

// Any bytes: never throws. The ids of events: connectors/graph/page_events.h.
service::Decoded decode(std::string_view body, const Account& account);

// Texts of at most 2000 UTF-16 units; at most 13 choices of 20 are quick replies, others numbers.
std::vector<service::Part> encode(const service::Outgoing& message);

// The id in the answer to a message that was taken; empty when there is none.
std::string message_id(std::string_view answer);

}  // namespace svar::messenger
