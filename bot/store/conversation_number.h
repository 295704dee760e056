// Numbers for conversations that the store makes itself.
#pragma once

#include "bot/domain/ids.h"
#include "bot/domain/time.h"

namespace svar::store {

// Seconds since 2025 above 22 random bits: conversations of the same time lie on the same pages of
// the table, so that a busy hour writes few pages, and the number stays exact in JavaScript (below
// 2^53). Two draws may meet; whoever stores one checks. Not a secret.
ConversationId draw_conversation_number(Time at);

}  // namespace svar::store
