// What Telegram's webhook brings, decoded. Pure; never throws.
//
// Only private chats are conversations. Groups, channels, other bots, payments, polls and whatever
// Telegram invents next are unknown: their kind and the names of their fields are kept, no value.
// They are answered with 200 all the same, as one update refused holds up its chat for a day.
#pragma once

#include <string_view>

#include "bot/service/delivery/incoming.h"

namespace svar::telegram {

// One POST, which holds one update, as its bytes came. Event ids, with the chat in them because
// Telegram numbers messages by chat:
//   m:<chat>:<message>           a message, or what it shows (picture, sound …)
//   c:<chat>:<message>           the words under a picture: an event of their own, behind it
//   e:<chat>:<message>:<update>  an edit; its `of` is one of the two above
//   cb:<query>                   a button was pressed
//   u:<update>                   the bot was blocked
service::Decoded decode(std::string_view body);

}  // namespace svar::telegram
