// Reads a message as the answer to what was offered last: «2», «den andre», «ja». Pure. Internal to
// the engine.
#pragma once

#include <optional>
#include <vector>

#include "bot/domain/conversation.h"
#include "intents/normal_text.h"

namespace svar::engine {

// The choice that the message picks by number or place, when it says nothing else. «Den siste» and
// «ja» mean the topics and municipalities alone, a number counts everything as it was shown.
std::optional<Choice> picked_choice(const intents::NormalText& text,
                                    const std::vector<Choice>& choices);

// The choice whose own words the message holds, when it is one only: «oppseiing» among «Søkje
// plass», «Oppseiing».
std::optional<Choice> named_choice(const intents::NormalText& text,
                                   const std::vector<Choice>& choices);

bool says_yes(const intents::NormalText& text);
bool says_no(const intents::NormalText& text);

// A place in a list, from 1; kLast for «den siste»; nothing when the message is not only that.
inline constexpr int kLast = -1;
std::optional<int> ordinal(const intents::NormalText& text);

}  // namespace svar::engine
