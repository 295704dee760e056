// Messages as calls of Telegram's Bot API, within its limits. Pure.
//
// No parse_mode is ever given: what people and editors write is shown as they wrote it, and no
// character of it has a meaning for Telegram.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/service/delivery/channel.h"

namespace svar::telegram {

// sendMessage calls, in order: at most 4096 UTF-16 units each, links as lines behind the text, the
// choices as buttons under the last. Labels too long for a button stand as numbered lines in the
// text, with the numbers on the buttons; choices that cannot be buttons at all are numbered lines,
// which the citizen answers by number. Empty when there is neither a word nor a choice.
std::vector<service::Part> encode(const service::Outgoing& message);

// Shows for five seconds that somebody writes.
service::Part encode_typing();

// Stops the waiting sign on a pressed button. `query` is what stands behind «cb:» in the event's
// id. Takes no address.
service::Part encode_press_seen(std::string_view query);

// A part's body with the chat it goes to; nothing when the address is no chat's number.
std::optional<std::string> addressed(const service::Part& part, std::string_view address);

}  // namespace svar::telegram
