// The figures of a set of conversations, as reports print them. Every share is of what its
// definition says; nothing when it would be a share of nothing. Pure.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "bot/service/report/conversation_tally.h"

namespace svar::service {

// Accepted within so long counts as in time: 80 % within 60 s is what chat aims at.
inline constexpr std::chrono::seconds kServiceLevelWithin{60};
// Who leaves the queue within so long did not really wait.
inline constexpr std::chrono::seconds kNotReallyWaiting{10};
inline constexpr int kSatisfiedFrom = 4;  // of 5
inline constexpr int kDissatisfiedTo = 2;

// What is counted, and adds up: the figures of two sets of conversations are those of both.
struct MonthSums {
  std::map<HandoffReason, int> handoffs;
  std::map<CloseOutcome, int> outcomes;
  int conversations = 0;  // without those that were counted by hand
  int outside_hours = 0;
  int messages = 0;
  int replies = 0;
  int fallbacks = 0;
  int answered_by_bot = 0;  // conversations with at least one topic answered
  int resolved_loose = 0;   // of those, without a wish for a person
  int resolved_strict = 0;  // of those, rated above 2 or not at all, and not asked again
  int wished_person = 0;
  int deferred = 0;
  int offered = 0;
  int accepted = 0;
  int accepted_in_time = 0;
  int left_queue = 0;    // after 10 s or more
  int left_at_once = 0;  // before that
  int transfers = 0;
  int closed_by_agent = 0;
  int resolved_at_first = 0;  // closed by the agent as resolved, without a transfer
  int ratings = 0;
  int scores = 0;  // of all ratings together
  int satisfied = 0;
  int contacts = 0;  // counted by hand: the telephone
  bool operator==(const MonthSums&) const = default;
};

struct MonthFigures : MonthSums {
  std::optional<Duration> wait_p50, wait_p90;
  std::optional<Duration> first_word_p50;
  std::optional<Duration> answer_mean;
  std::optional<Duration> handling_mean;
  std::optional<double> rating_mean;
};

// What citizens asked for, and how often the bot was enough.
struct TopicFigures {
  int answered = 0;     // conversations in which the bot answered it
  int contained = 0;    // of those, without a wish for a person
  int handed_over = 0;  // conversations in which a person was wanted for it
  int by_agent = 0;     // conversations that an agent closed with it
  int contacts = 0;
  bool operator==(const TopicFigures&) const = default;
};

// How often each length of time was measured. Of which conversation it was, nobody can tell any
// more.
using Lengths = std::map<Duration, int>;

// All that the figures of a set of conversations need, without the conversations.
struct MonthCounts {
  MonthSums sums;
  Lengths waits, first_words, answers, handlings;
  std::map<ArticleId, TopicFigures> topics;
  bool operator==(const MonthCounts&) const = default;
};
void add(MonthCounts& counts, const ConversationTally& conversation);
MonthFigures figures_of(const MonthCounts& counts);

MonthFigures figures_of(std::span<const ConversationTally* const> conversations);
std::map<ArticleId, TopicFigures> topics_of(
    std::span<const ConversationTally* const> conversations);

// A share in per cent; nothing of nothing.
std::optional<double> percent(int part, int whole);

}  // namespace svar::service
