// Events to store in tests: one full example of every alternative, and plain ones for longer logs.
#pragma once

#include <string>
#include <vector>

#include "bot/domain/event.h"

namespace svar::examples {

// Every alternative of Event at least once, in the variant's order, with every field set.
std::vector<Event> every_event();
// With the fields that events have got since the first ones were written.
std::vector<Event> later_events();
// Every event with nothing set.
std::vector<Event> every_empty_event();

Event opened(std::string page_url = "https://www.osteroy.kommune.no/boss",
             std::string title = "Boss");
Event spoke(std::string id, std::string text);
Event replied(std::string reply_to, std::string text);

}  // namespace svar::examples
