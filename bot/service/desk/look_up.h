// The bot's own knowledge for the agent beside it: the same index, the citizen's municipality and
// language, and what only agents may read. Pure.
#pragma once

#include <string>
#include <vector>

#include "bot/engine/release.h"
#include "kb-adapter/articles/compose.h"
#include "kb-adapter/articles/passages.h"

namespace svar::service {

// An article that may answer, as this municipality's citizen would read it.
struct FoundArticle {
  kb::Passage passage;    // what was found in it; lives as long as the release
  kb::Composed answer;    // ready to be sent when complete()
  std::string note;       // for agents alone, facts filled in; may be empty
  bool may_send = false;  // false: a fact is missing, or it must come from a person's own judgement
};

// The best at most six, best first. `municipality`: null when it isn't known; then what varies
// can't be sent as it stands. Takes tenths of a millisecond.
std::vector<FoundArticle> look_up(const engine::Release& release, const std::string& text,
                                  const kb::Municipality* municipality, Language language);

}  // namespace svar::service
