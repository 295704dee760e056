// Events as the log holds them: a name, a body in JSON without anybody's words, and the one text
// that a person may ask us to erase. Every spelling here is stored for ever: add fields, never
// rename or reuse one (tests/store/golden/events.jsonl must load for ever).
//
// Pure functions, safe from any thread. Nothing throws but std::bad_alloc; text that is not UTF-8
// is stored as it is, in the body its broken bytes become U+FFFD.
#pragma once

#include <string>
#include <string_view>

#include "bot/domain/event.h"
#include "bot/domain/result.h"

namespace svar::store {

struct EncodedEvent {
  std::string_view name;  // "BotReplied"; lives for ever
  std::string body;       // a JSON object on one line; what has its default value is left out
  std::string text;       // the field that event.h names; empty when the event has none
};

// What the log says is no event that this program knows. `what` holds names of fields, never their
// values.
struct DecodeError {
  std::string what;
};

EncodedEvent encode(const Event& event);

// Fields that this program does not know are ignored, absent ones get their default; a field of the
// wrong type, or an unknown spelling of an enum, is an error. An emptied `text` gives the event
// with an empty text.
Result<Event, DecodeError> decode(std::string_view name, std::string_view body, std::string text);

// The event as it is loaded after its text was erased.
void clear_text(Event& event);

}  // namespace svar::store
