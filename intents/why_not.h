// Why a message did not lead to a topic by its rules: for editors. Not on the way of any answer, so
// it may cost what it costs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intents/intent_matcher.h"

namespace svar::intents {

// How far one rule came.
struct RuleTrial {
  std::string_view rule;  // as in Hit; lives as long as the matcher
  bool holds = false;
  std::vector<std::string> missing;  // groups that occur nowhere, as the editor wrote them
  std::vector<Span> excluded_by;     // words of the message that an `unless` names
  bool out_of_order = false;         // all groups occur, but not in the order or distance asked
  bool other_situation = false;      // it asks for another municipality, channel or topic before
};

struct WhyNot {
  std::vector<RuleTrial> rules;  // of the topic; those that came nearest first
  std::vector<Outdone> outdone;  // the topic's own hit that another one beat; at most one
};

WhyNot why_not(const IntentMatcher& matcher, std::string_view message, const ArticleId& topic,
               const MatchContext& context = {});

}  // namespace svar::intents
