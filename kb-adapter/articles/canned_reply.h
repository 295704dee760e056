// What agents often say, written by editors: common to all municipalities, or one's own. Slots hold
// the municipality's facts and the agent's first name, never a word of a citizen's. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb-adapter/articles/article.h"

namespace svar::kb {

inline constexpr std::string_view kAgentSlot = "agent.first_name";

struct CannedReply {
  std::string id;  // unique among the common ones, and in a municipality
  std::optional<MunicipalityId> municipality;  // nothing: common
  Localised title;                             // for agents
  Localised text;                              // with slots
  Place place;
  bool crisis = false;  // for a municipality in crisis alone
};

// One as it can be put into a draft.
struct FilledReply {
  std::string id;
  std::string title;
  std::string text;
  Language language = Language::nn;  // it really is in
  bool sample = false;               // a fact in it is not confirmed
  std::vector<std::string> missing;  // slots without a value, left as written: not to be sent so
};

struct ReplyReaders {
  const Municipality* municipality = nullptr;  // whose facts; null when it isn't known
  Language citizen = Language::nn;             // the text's language
  Language agent = Language::nn;               // the title's
  std::string_view agent_name;                 // as the citizen sees it; its first word is used
  bool in_crisis = false;
};

// The common ones in the order written, each replaced by the municipality's own of the same id;
// then what the municipality has besides. In a crisis those prepared for it come first; else they
// are left out.
std::vector<FilledReply> replies_for(const std::vector<CannedReply>& all,
                                     const ReplyReaders& readers);

}  // namespace svar::kb
