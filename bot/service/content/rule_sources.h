// What the rules are compiled from, besides the rules themselves.
#pragma once

#include "bot/service/content/content.h"
#include "intents/intent_matcher.h"

namespace svar::service {

intents::MatcherOptions matcher_options(const Content& content);

// The texts of the regression set: messages that nobody wrote as an example.
std::vector<std::string> regression_messages(const Content& content);

Findings from_rules(const intents::Findings& findings);

}  // namespace svar::service
