// Messages for Messenger and Instagram: text with quick replies, within their limits. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::graph {

struct PageLimits {
  std::size_t text_max;
  service::TextUnit text_unit;
  // Quick replies are not shown everywhere: the choices stand in the text too.
  bool choices_in_text;
};

// Parts «messages»: {"message":{"text":…,"quick_replies":[…]}}. The choices are quick replies of
// the last part where all of them fit, and lines with numbers otherwise.
std::vector<service::Part> encode_page_message(const service::Outgoing& message,
                                               const PageLimits& limits);

// A part as it is sent: with the recipient, and the tag for a person's words outside the bot's
// window. `metadata` comes back in the echo; empty: none is given.
std::string addressed(const service::SendRequest& request, std::string_view metadata);

// {"recipient":…,"sender_action":…}, e.g. "typing_on".
std::string sender_action(std::string_view address, std::string_view action);

}  // namespace svar::graph
