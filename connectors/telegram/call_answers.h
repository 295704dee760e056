// What Telegram answers to a call, and what that makes of the message. Pure.
//
// Decided by numbers, and by one fixed sentence where Telegram gives no number of its own. Nothing
// of the answer's text goes further: it can repeat what was sent.
#pragma once

#include <optional>
#include <string>

#include "bot/service/delivery/channel.h"
#include "connectors/outbound/http_client.h"

namespace svar::telegram {

// 429 and 5xx are repeated, after the time asked for; 401 and 404, which is what a token answers
// that Telegram does not know, stop the channel; 403 is a person who has blocked the bot or is
// gone; «message is not modified» is what was wanted; any other 4xx is given up. A redirect is not
// followed, so nothing was taken. Where the request may have arrived and no answer of Telegram's
// came back, the message is uncertain: Telegram would send a second copy.
service::SendOutcome outcome_of(const outbound::HttpOutcome& answer);

// The chat's new number, when the answer says that it has moved: the call is repeated there, once.
std::optional<std::string> moved_to(const outbound::HttpOutcome& answer);

}  // namespace svar::telegram
