// Numbers for conversations of the web chat, which exist in the citizen's token before anything is stored.
#pragma once

#include "bot/domain/ids.h"
#include "bot/domain/time.h"

namespace svar::webchat {

// Milliseconds above 22 random bits: rising within the process, so that new rows lie beside each other in the store,
// and different after a restart too. Not a secret; a token is what opens a conversation.
class ConversationNumbers {
 public:
  ConversationId next(Time now);

 private:
  std::int64_t last_ = 0;
};

}  // namespace svar::webchat
