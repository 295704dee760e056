// Where a rule holds: the municipality, the channel and what was answered before. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"

namespace svar::intents {

// What a rule asks of a conversation. An empty list asks for nothing; of a list one is enough.
struct Situation {
  std::vector<MunicipalityId> municipalities;
  std::vector<std::string> channels;  // "webchat"
  std::vector<ArticleId> previous;    // among the topics answered last
  bool asks() const { return !municipalities.empty() || !channels.empty() || !previous.empty(); }
};

// What a conversation is when a message comes. Refers to the caller's data; nothing known by
// default.
struct MatchContext {
  std::string_view municipality;  // of the conversation or the site; a place in the message wins
  std::string_view channel;
  std::span<const ArticleId> previous;
};

bool holds(const Situation& asked, const MatchContext& context);

// A context in which `asked` holds: a rule's own examples are tried in it. Refers to `asked`.
MatchContext fitting(const Situation& asked);

}  // namespace svar::intents
