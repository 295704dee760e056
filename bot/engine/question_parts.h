// Cuts a message into the questions it may hold. Pure. Internal to the engine.
#pragma once

#include <string_view>
#include <vector>

#include "intents/normal_text.h"

namespace svar::engine {

// The parts of `message` between ends of sentences, and between «og», «and» or «samt» where both
// sides are long enough to be questions of their own; in order, greetings and other short parts
// left out. Fewer than two: the message is one question. At most three; more is a story.
// `text`: the message, normalised. The parts refer to `message`.
std::vector<std::string_view> question_parts(std::string_view message,
                                             const intents::NormalText& text);

// Whether a part asks: «når er …», «kan eg …», or a question mark behind it.
bool asks(std::string_view part);

}  // namespace svar::engine
