// What a bridge brings: the body of its POST. The format is told in deploy/channels/webhook.md.
#pragma once

#include <string>
#include <string_view>

#include "bot/domain/result.h"
#include "bot/service/delivery/incoming.h"

namespace svar::webhook {

inline constexpr std::size_t kBodyBytesMax = 1 << 20;
inline constexpr std::size_t kEventsMax = 1'000;  // of one body

// All of the body, or why none of it is taken: the place and what is wrong, without any value. A
// type that this version does not know is counted as unknown and refuses nothing, so that a bridge
// may be newer than the service. `signed_at` is the moment of events that name none.
Result<service::Decoded, std::string> decode(std::string_view body, Time signed_at);

}  // namespace svar::webhook
