// What a bridge's answer to a message means. Pure.
#pragma once

#include "bot/service/delivery/channel.h"
#include "connectors/outbound/http_client.h"

namespace svar::webhook {

// 2xx: taken, under `token`. 410: the contact is gone. 408, 425, 429 and 5xx: again later, after
// Retry-After in seconds where it says so, at most a day. 401, 403, 404, 405 and what would lead
// elsewhere: the channel stops, since the next message would fare no better. Any other 4xx: never.
service::SendOutcome outcome_of(const outbound::HttpOutcome& answer, const std::string& token);

}  // namespace svar::webhook
