// What the month's figures need to know of one conversation, folded from its events. No words are
// kept: topics, times and counts alone. Pure.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/domain/event.h"

namespace svar::service {

using Duration = std::chrono::milliseconds;

// Once in the queue: offered to the agents, and what came of it.
struct QueueVisit {
  Time offered{};
  HandoffReason reason = HandoffReason::asked;
  std::optional<Time> accepted;
  std::optional<Time> left;  // by the citizen, before anybody accepted
};

struct ConversationTally {
  Time opened{};
  std::optional<MunicipalityId> controller;  // the last one: on the common site the citizen's own
  std::string channel;
  bool outside_hours = false;
  int messages = 0;   // what the citizen wrote or pressed
  int replies = 0;    // of the bot to them, and hand-offs because nothing was understood
  int fallbacks = 0;  // of those replies: nothing was understood
  std::set<ArticleId> answered;
  bool wished_person = false;    // asked for one, or was handed over by the bot
  bool asked_again = false;      // the same topic, within 24 hours of coming back
  int deferred = 0;              // wishes for a person when nobody was at work
  std::vector<QueueVisit> visits;
  std::set<ArticleId> handed_over;  // what was understood when a person was wanted
  std::vector<Duration> first_words;  // from a take to the agent's first word
  std::vector<Duration> answers;      // from a citizen's word to the agent's next
  std::vector<Duration> handlings;    // from a take until it is closed or given away, not parked
  int transfers = 0;
  std::optional<int> rating;  // the last one, 1…5
  bool closed_by_agent = false;  // at some time
  std::optional<CloseOutcome> outcome;  // the agent's, the last one
  std::optional<ArticleId> topic;       // the agent's
  bool is_contact = false;              // counted by hand: the telephone

  // What stands between two events.
  struct Held {
    Time since{};
    Duration parked{};
    std::optional<Time> parked_since;
    bool has_spoken = false;
    std::optional<Time> citizen_waits_since;
  };
  std::optional<Held> held;
  std::optional<Time> reopened;
  std::set<ArticleId> answered_before;  // it was reopened
};

// In the order of the log. Ignores what it does not count.
void count(ConversationTally& tally, const Recorded& recorded);

}  // namespace svar::service
