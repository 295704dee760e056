#include "connectors/webchat/conversation_numbers.h"

#include <sodium.h>

#include <algorithm>

namespace svar::webchat {

ConversationId ConversationNumbers::next(Time now) {
  constexpr int kRandomBits = 22;
  const std::int64_t drawn =
      (now.time_since_epoch().count() << kRandomBits) |
      static_cast<std::int64_t>(randombytes_uniform(1u << kRandomBits));
  last_ = std::max(last_ + 1, drawn);
  return ConversationId{last_};
}

}  // namespace svar::webchat
