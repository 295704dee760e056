// Counts that are kept as rows are the counts they were, and add up.
#include "bot/service/report/count_rows.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using namespace std::chrono_literals;

// Something of everything that is counted.
ConversationTally eventful() {
  ConversationTally one;
  one.outside_hours = true;
  one.messages = 3;
  one.replies = 4;
  one.fallbacks = 1;
  one.answered = {{"boss.tommekalender"}, {"veg.feil"}};
  one.handed_over = {{"veg.feil"}};
  one.wished_person = true;
  one.deferred = 2;
  one.visits = {{Time{0ms}, HandoffReason::asked, Time{30s}, {}},
                {Time{0ms}, HandoffReason::angry, {}, Time{9s}},
                {Time{0ms}, HandoffReason::form, {}, Time{90s}}};
  one.first_words = {7s, 8s};
  one.answers = {7s, 7s};
  one.handlings = {100s};
  one.transfers = 1;
  one.rating = 4;
  one.closed_by_agent = true;
  one.outcome = CloseOutcome::passed_on;
  one.topic = ArticleId{"veg.feil"};
  return one;
}

ConversationTally contained() {
  ConversationTally one;
  one.answered = {{"veg.feil"}};
  one.closed_by_agent = true;
  one.outcome = CloseOutcome::resolved;
  return one;
}

ConversationTally call() {
  ConversationTally one;
  one.is_contact = true;
  one.topic = ArticleId{"veg.feil"};
  return one;
}

MonthCounts counts_of(const std::vector<ConversationTally>& all) {
  MonthCounts counts;
  for (const auto& one : all) add(counts, one);
  return counts;
}

TEST(CountRows, GiveBackTheCountsTheyWereMadeOf) {
  const MonthCounts counts = counts_of({eventful(), contained(), call()});
  MonthCounts back;
  for (const CountRow& row : rows_of(counts)) EXPECT_TRUE(add(back, row)) << row.figure;
  EXPECT_EQ(back, counts);
}

TEST(CountRows, OfTwoSetsAddUpToThoseOfBoth) {
  MonthCounts sum = counts_of({eventful()});
  add(sum, counts_of({contained(), call(), eventful()}));
  EXPECT_EQ(sum, counts_of({eventful(), contained(), call(), eventful()}));
  EXPECT_EQ(figures_of(sum).wait_p50, 30s);
  EXPECT_EQ(figures_of(sum).answer_mean, 7s);
}

TEST(CountRows, HoldNothingThatIsNought) {
  EXPECT_TRUE(rows_of(MonthCounts{}).empty());
  for (const CountRow& row : rows_of(counts_of({eventful()})))
    EXPECT_NE(row.count, 0) << row.figure;
}

TEST(CountRows, OfANameThatNobodyKnowsAreNotCounted) {
  MonthCounts counts;
  EXPECT_FALSE(add(counts, CountRow{"weather", "", 0, 1}));
  EXPECT_FALSE(add(counts, CountRow{"handoff", "weather", 0, 1}));
  EXPECT_FALSE(add(counts, CountRow{"outcome", "weather", 0, 1}));
  EXPECT_EQ(counts, MonthCounts{});
}

}  // namespace
}  // namespace svar::service
