// What a bridge is given: deploy/channels/webhook.md. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::webhook {

inline constexpr std::size_t kTextPointsMax = 4'000;  // code points of one message's text

// The parts of a message: its text in pieces, with choices and links at the last. `plain_text` of a
// piece says the same without buttons: links as lines, choices as numbers, which the bot takes as
// answers.
std::vector<service::Part> encode(const service::Outgoing& message);

// The body of one call; nothing when the part is none of encode's.
std::optional<std::string> addressed(const service::Part& part, std::string_view address,
                                     std::string_view token);

}  // namespace svar::webhook
