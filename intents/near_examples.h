// Examples of two topics that say the same, or nearly. Internal to intents.
#pragma once

#include "intents/compiled_rules.h"

namespace svar::intents {

// One warning for each pair: `same_example` when spelling and blanks are all that differs,
// `near_duplicate` when only small words, their order or one letter of a long word differ.
void find_near_examples(const IntentMatcher::Impl& impl, Findings& out);

}  // namespace svar::intents
