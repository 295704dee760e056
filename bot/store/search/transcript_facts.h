// What the index holds of one conversation, folded from its log. Internal to bot/store/search.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "bot/domain/conversation.h"
#include "bot/service/desk/transcript_search.h"

namespace svar::store {

struct TranscriptFacts {
  struct Said {
    Seq seq;
    std::string text;
  };
  service::FoundTranscript found;
  Seq seq;  // of the last event
  std::set<ArticleId> topics;
  std::vector<Said> said;  // by citizens and agents, notes among it; what was emptied is not there
  bool at_desk = false;    // now or earlier
  bool erased = false;     // or there is nothing
};

TranscriptFacts facts_of(ConversationId conversation, const std::vector<Recorded>& events);

}  // namespace svar::store
