// Instagram's webhook events and messages. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::instagram {

struct Account {
  std::string instagram_id;  // of the municipality; what is for another account is kept as unknown
  std::string app_id;        // ours; empty: not known
  // Instagram's echoes need not say which app sent them: as graph::PageEvents::token_of_sent.
  std::function<std::string(const std::string& contact, const std::string& text)> token_of_sent;
};

// Any bytes: never throws. The ids of events: connectors/graph/page_events.h.
service::Decoded decode(std::string_view body, const Account& account);

// Texts of at most 1000 bytes. Choices are always lines with numbers, since a desktop shows no
// quick replies; at most 13 of 20 UTF-16 units are quick replies too.
std::vector<service::Part> encode(const service::Outgoing& message);

// The id in the answer to a message that was taken; empty when there is none.
std::string message_id(std::string_view answer);

}  // namespace svar::instagram
