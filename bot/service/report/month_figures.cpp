#include "bot/service/report/month_figures.h"

#include <algorithm>

namespace svar::service {
namespace {

// The nearest rank (ISO 16269-4): a value that was measured, never one between two.
std::optional<Duration> percentile(const Lengths& lengths, int percent) {
  std::int64_t measured = 0;
  for (const auto& [length, times] : lengths) measured += times;
  const std::int64_t rank = std::max<std::int64_t>((measured * percent + 99) / 100, 1);
  std::int64_t passed = 0;
  for (const auto& [length, times] : lengths) {
    passed += times;
    if (passed >= rank) return length;
  }
  return std::nullopt;
}

std::optional<Duration> mean(const Lengths& lengths) {
  Duration sum{};
  std::int64_t measured = 0;
  for (const auto& [length, times] : lengths) {
    sum += length * times;
    measured += times;
  }
  if (measured == 0) return std::nullopt;
  return sum / measured;
}

void measure(Lengths& into, const std::vector<Duration>& measured) {
  for (const Duration length : measured) ++into[length];
}

void add_bot(const ConversationTally& one, MonthSums& sum) {
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

void add_queue(const ConversationTally& one, MonthCounts& counts) {
  MonthSums& sum = counts.sums;
  for (const QueueVisit& visit : one.visits) {
    ++sum.offered;
    ++sum.handoffs[visit.reason];
    if (visit.accepted) {
      const Duration wait = *visit.accepted - visit.offered;
      ++sum.accepted;
      sum.accepted_in_time += wait <= kServiceLevelWithin;
      ++counts.waits[wait];
    } else if (visit.left) {
      const bool at_once = *visit.left - visit.offered < kNotReallyWaiting;
      ++(at_once ? sum.left_at_once : sum.left_queue);
    }
  }
}

void add_agents(const ConversationTally& one, MonthCounts& counts) {
  MonthSums& sum = counts.sums;
  measure(counts.first_words, one.first_words);
  measure(counts.answers, one.answers);
  measure(counts.handlings, one.handlings);
  sum.transfers += one.transfers;
  sum.closed_by_agent += one.closed_by_agent;
  if (one.outcome) ++sum.outcomes[*one.outcome];
  const bool resolved = one.closed_by_agent && one.outcome == CloseOutcome::resolved;
  sum.resolved_at_first += resolved && one.transfers == 0;
}

void add_topics(const ConversationTally& one, std::map<ArticleId, TopicFigures>& topics) {
  if (one.is_contact) {
    if (one.topic) ++topics[*one.topic].contacts;
    return;
  }
  for (const ArticleId& topic : one.answered) {
    ++topics[topic].answered;
    topics[topic].contained += !one.wished_person;
  }
  for (const ArticleId& topic : one.handed_over) ++topics[topic].handed_over;
  if (one.topic) ++topics[*one.topic].by_agent;
}

}  // namespace

std::optional<double> percent(int part, int whole) {
  if (whole == 0) return std::nullopt;
  return 100.0 * part / whole;
}

void add(MonthCounts& counts, const ConversationTally& one) {
  add_topics(one, counts.topics);
  MonthSums& sum = counts.sums;
  if (one.is_contact) {
    ++sum.contacts;
    return;
  }
  add_bot(one, sum);
  add_queue(one, counts);
  add_agents(one, counts);
  if (!one.rating) return;
  ++sum.ratings;
  sum.scores += *one.rating;
  sum.satisfied += *one.rating >= kSatisfiedFrom;
}

MonthFigures figures_of(const MonthCounts& counts) {
  MonthFigures figures{counts.sums, {}, {}, {}, {}, {}, {}};
  if (figures.ratings > 0)
    figures.rating_mean = static_cast<double>(figures.scores) / figures.ratings;
  figures.wait_p50 = percentile(counts.waits, 50);
  figures.wait_p90 = percentile(counts.waits, 90);
  figures.first_word_p50 = percentile(counts.first_words, 50);
  figures.answer_mean = mean(counts.answers);
  figures.handling_mean = mean(counts.handlings);
  return figures;
}

namespace {

MonthCounts counts_of(std::span<const ConversationTally* const> conversations) {
  MonthCounts counts;
  for (const ConversationTally* one : conversations) add(counts, *one);
  return counts;
}

}  // namespace

MonthFigures figures_of(std::span<const ConversationTally* const> conversations) {
  return figures_of(counts_of(conversations));
}

std::map<ArticleId, TopicFigures> topics_of(
    std::span<const ConversationTally* const> conversations) {
  return counts_of(conversations).topics;
}

}  // namespace svar::service
