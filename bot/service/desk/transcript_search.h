// Finding conversations that have been at the desk, by their words and by what is known of them.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/domain/codes.h"
#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/result.h"
#include "bot/domain/time.h"

namespace svar::service {

// The municipalities whose conversations may be found; nothing: all of them. An empty set finds
// nothing.
using SearchableBy = std::optional<std::set<MunicipalityId>>;

// Where a page of results ended.
struct SearchPlace {
  Time last_at{};
  ConversationId conversation;
  bool operator==(const SearchPlace&) const = default;
};

struct TranscriptQuery {
  SearchableBy by;
  std::vector<std::string> words;    // each must begin a word somewhere in the conversation …
  std::vector<std::string> phrases;  // … and each of these stand in one message, as written
  std::optional<MunicipalityId> municipality;  // the controller
  std::optional<ArticleId> topic;              // answered, or given by the agent at the end
  std::optional<CloseOutcome> outcome;
  std::optional<AgentId> agent;  // took it at some time
  Time from = Time::min();       // the last event is at or after
  Time to = Time::max();         // and before
  bool closed_only = false;
  std::optional<SearchPlace> before;
  std::size_t count_max = 50;
};
inline constexpr std::size_t kSearchTermsMax = 8;  // words and phrases together; more are left out

// What is known of it without its words: those are read when it is opened, which is logged.
struct FoundTranscript {
  struct Agent {
    AgentId name;
    std::string display_name;
    bool operator==(const Agent&) const = default;
  };
  ConversationId id;
  MunicipalityId controller;
  std::string channel;
  Language language = Language::nn;
  Time opened_at{};
  Time last_at{};
  bool closed = false;
  std::optional<CloseOutcome> outcome;
  std::optional<ArticleId> topic;  // the agent's, else the last that was answered
  std::vector<Agent> agents;       // who took it
  bool operator==(const FoundTranscript&) const = default;
};

// What there is to choose from.
struct SearchChoices {
  std::vector<ArticleId> topics;
  std::vector<FoundTranscript::Agent> agents;
};

struct SearchError {
  std::string what;  // for the operator's log
};

// Threads: both return at once; `done` runs exactly once, never inside the call, on the executor
// given to the implementation. What was committed to the log a moment ago may be missing still.
class TranscriptSearch {
 public:
  virtual ~TranscriptSearch() = default;

  // The latest first.
  virtual void find(
      TranscriptQuery query,
      std::function<void(Result<std::vector<FoundTranscript>, SearchError>)> done) = 0;
  virtual void choices(SearchableBy by,
                       std::function<void(Result<SearchChoices, SearchError>)> done) = 0;
};

}  // namespace svar::service
