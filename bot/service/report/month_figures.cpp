#include "bot/service/report/month_figures.h"

#include <algorithm>
#include <numeric>

namespace svar::service {
namespace {

// The nearest rank (ISO 16269-4): a value that was measured, never one between two.
std::optional<Duration> percentile(std::vector<Duration> values, int percent) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return values[std::max<std::size_t>(rank, 1) - 1];
}

std::optional<Duration> mean(const std::vector<Duration>& values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), Duration{}) /
         static_cast<std::int64_t>(values.size());
}

void append(std::vector<Duration>& to, const std::vector<Duration>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// The times of all conversations together.
struct Times {
  std::vector<Duration> waits, first_words, answers, handlings;
};

void add_bot(const ConversationTally& one, MonthFigures& sum) {
  ++sum.conversations;
  sum.outside_hours += one.outside_hours;
  sum.messages += one.messages;
  sum.replies += one.replies;
  sum.fallbacks += one.fallbacks;
  sum.deferred += one.deferred;
  sum.wished_person += one.wished_person;
  if (one.answered.empty()) return;
  ++sum.answered_by_bot;
  if (one.wished_person) return;
  ++sum.resolved_loose;
  const bool dissatisfied = one.rating && *one.rating <= kDissatisfiedTo;
  if (!dissatisfied && !one.asked_again) ++sum.resolved_strict;
}

void add_queue(const ConversationTally& one, MonthFigures& sum, Times& times) {
  for (const QueueVisit& visit : one.visits) {
    ++sum.offered;
    ++sum.handoffs[visit.reason];
    if (visit.accepted) {
      const Duration wait = *visit.accepted - visit.offered;
      ++sum.accepted;
      sum.accepted_in_time += wait <= kServiceLevelWithin;
      times.waits.push_back(wait);
    } else if (visit.left) {
      const bool at_once = *visit.left - visit.offered < kNotReallyWaiting;
      ++(at_once ? sum.left_at_once : sum.left_queue);
    }
  }
}

void add_agents(const ConversationTally& one, MonthFigures& sum, Times& times) {
  append(times.first_words, one.first_words);
  append(times.answers, one.answers);
  append(times.handlings, one.handlings);
  sum.transfers += one.transfers;
  sum.closed_by_agent += one.closed_by_agent;
  if (one.outcome) ++sum.outcomes[*one.outcome];
  const bool resolved = one.closed_by_agent && one.outcome == CloseOutcome::resolved;
  sum.resolved_at_first += resolved && one.transfers == 0;
}

}  // namespace

std::optional<double> percent(int part, int whole) {
  if (whole == 0) return std::nullopt;
  return 100.0 * part / whole;
}

MonthFigures figures_of(std::span<const ConversationTally* const> conversations) {
  MonthFigures sum;
  Times times;
  int scores = 0;
  for (const ConversationTally* one : conversations) {
    if (one->is_contact) {
      ++sum.contacts;
      continue;
    }
    add_bot(*one, sum);
    add_queue(*one, sum, times);
    add_agents(*one, sum, times);
    if (!one->rating) continue;
    ++sum.ratings;
    scores += *one->rating;
    sum.satisfied += *one->rating >= kSatisfiedFrom;
  }
  if (sum.ratings > 0) sum.rating_mean = static_cast<double>(scores) / sum.ratings;
  sum.wait_p50 = percentile(times.waits, 50);
  sum.wait_p90 = percentile(times.waits, 90);
  sum.first_word_p50 = percentile(times.first_words, 50);
  sum.answer_mean = mean(times.answers);
  sum.handling_mean = mean(times.handlings);
  return sum;
}

std::map<ArticleId, TopicFigures> topics_of(
    std::span<const ConversationTally* const> conversations) {
  std::map<ArticleId, TopicFigures> out;
  for (const ConversationTally* one : conversations) {
    if (one->is_contact) {
      if (one->topic) ++out[*one->topic].contacts;
      continue;
    }
    for (const ArticleId& topic : one->answered) {
      ++out[topic].answered;
      out[topic].contained += !one->wished_person;
    }
    for (const ArticleId& topic : one->handed_over) ++out[topic].handed_over;
    if (one->topic) ++out[*one->topic].by_agent;
  }
  return out;
}

}  // namespace svar::service
