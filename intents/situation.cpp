#include "intents/situation.h"

#include <algorithm>

namespace svar::intents {

bool holds(const Situation& asked, const MatchContext& context) {
  if (!asked.municipalities.empty() &&
      std::none_of(asked.municipalities.begin(), asked.municipalities.end(),
                   [&](const auto& one) { return one.value == context.municipality; }))
    return false;
  if (!asked.channels.empty() && std::find(asked.channels.begin(), asked.channels.end(),
                                           context.channel) == asked.channels.end())
    return false;
  return asked.previous.empty() ||
         std::find_first_of(asked.previous.begin(), asked.previous.end(), context.previous.begin(),
                            context.previous.end()) != asked.previous.end();
}

MatchContext fitting(const Situation& asked) {
  MatchContext context;
  if (!asked.municipalities.empty()) context.municipality = asked.municipalities.front().value;
  if (!asked.channels.empty()) context.channel = asked.channels.front();
  context.previous = asked.previous;
  return context;
}

}  // namespace svar::intents
