// Answering as a script: decide is tested without rules and articles. Linked instead of
// bot/engine/answering.cpp.
#pragma once

#include "bot/engine/answering.h"

namespace svar::fakes {

// What the bot understands: «person» hands over, «brann» is a fire, «gulen» settles a municipality,
// «kva» clarifies, «nynorsk» wishes a language; anything else is answered with its own words.
engine::Release scripted_release();

}  // namespace svar::fakes
