// What was decoded of an update, as lines a test can compare.
#pragma once

#include <string>

#include "bot/service/delivery/incoming.h"

namespace svar::tests {

// A line for each incoming, then for each unknown, with semicolons between:
//   «said 7 m:7:1 at 1499402829: hei»; «unknown message x:5 (chat date from)»
std::string words_of(const service::Decoded& decoded);

}  // namespace svar::tests
