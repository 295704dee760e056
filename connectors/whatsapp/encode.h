// Messages for WhatsApp, within its limits. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::whatsapp {

// Texts of at most 4096 UTF-16 units. Three choices of 20 are buttons, ten of 72 a list (in which
// what is longer than 24 stands beneath its beginning), both under the last text, of at most 1024;
// all other choices are lines with numbers.
std::vector<service::Part> encode(const service::Outgoing& message);

// A part as it is sent. A business-scoped id is addressed as `recipient`, a number as `to`. The
// token comes back in every status.
std::string addressed(const service::SendRequest& request);

// Marks the citizen's message read and shows that an answer is being written: the one isn't to be
// had without the other.
std::string read_and_typing(std::string_view message_id);

// The id in the answer to a message that was taken; empty when there is none.
std::string message_id(std::string_view answer);

}  // namespace svar::whatsapp
