// What of the log the citizen is to see on a messaging platform. Pure.
#pragma once

#include <optional>

#include "bot/service/delivery/channel.h"

namespace svar::service {

// Nothing for what the citizen said, for what only agents see, and for a text that was emptied.
// `language` is the conversation's, for events that name none.
std::optional<Outgoing> outgoing(const Recorded& recorded, Language language);

// SendRequest::token of a part, and back; nothing for what is no token of ours.
struct PartKey;
std::string token_of(const PartKey& key);
std::optional<PartKey> part_of_token(std::string_view token);

}  // namespace svar::service
