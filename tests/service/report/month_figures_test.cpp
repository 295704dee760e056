// The sums of a month, and which month a conversation belongs to.
#include "bot/service/report/month_figures.h"

#include <gtest/gtest.h>

#include "bot/service/report/month_report.h"

namespace svar::service {
namespace {

using namespace std::chrono_literals;
using namespace std::chrono;

ConversationTally answered(bool wished = false, std::optional<int> rating = {}) {
  ConversationTally one;
  one.answered = {{"boss.tommekalender"}};
  one.wished_person = wished;
  one.rating = rating;
  return one;
}

MonthFigures sum(const std::vector<ConversationTally>& all) {
  std::vector<const ConversationTally*> pointers;
  for (const auto& one : all) pointers.push_back(&one);
  return figures_of(pointers);
}

TEST(MonthFigures, TellWhatTheBotResolvedStrictlyAndLoosely) {
  ConversationTally again = answered();
  again.asked_again = true;
  const auto figures =
      sum({answered(), answered(true), answered(false, 2), answered(false, 5), again, {}});
  EXPECT_EQ(figures.conversations, 6);
  EXPECT_EQ(figures.answered_by_bot, 5);
  EXPECT_EQ(figures.resolved_loose, 4);
  EXPECT_EQ(figures.resolved_strict, 2);
  EXPECT_EQ(figures.satisfied, 1);
  EXPECT_DOUBLE_EQ(*figures.rating_mean, 3.5);
}

TEST(MonthFigures, CountWhoLeftAtOnceApart) {
  ConversationTally one;
  one.visits = {{Time{0ms}, HandoffReason::asked, Time{60s}, {}},
                {Time{0ms}, HandoffReason::asked, Time{61s}, {}},
                {Time{0ms}, HandoffReason::angry, {}, Time{9s}},
                {Time{0ms}, HandoffReason::asked, {}, Time{10s}},
                {Time{0ms}, HandoffReason::asked, {}, {}}};
  const auto figures = sum({one});
  EXPECT_EQ(figures.offered, 5);
  EXPECT_EQ(figures.accepted, 2);
  EXPECT_EQ(figures.accepted_in_time, 1);
  EXPECT_EQ(figures.left_at_once, 1);
  EXPECT_EQ(figures.left_queue, 1);
  EXPECT_EQ(figures.handoffs.at(HandoffReason::asked), 4);
  EXPECT_EQ(figures.wait_p50, 60s);
  EXPECT_EQ(figures.wait_p90, 61s);
}

TEST(MonthFigures, AreEmptyAndNotNoughtWhereNothingWasMeasured) {
  const auto figures = sum({ConversationTally{}});
  EXPECT_FALSE(figures.wait_p50);
  EXPECT_FALSE(figures.rating_mean);
  EXPECT_FALSE(figures.handling_mean);
  EXPECT_FALSE(percent(0, 0));
}

TEST(MonthFigures, KeepTelephoneCallsApart) {
  ConversationTally call;
  call.is_contact = true;
  call.topic = ArticleId{"veg.feil"};
  const auto figures = sum({call, answered()});
  EXPECT_EQ(figures.contacts, 1);
  EXPECT_EQ(figures.conversations, 1);
  const ConversationTally* one = &call;
  EXPECT_EQ(topics_of(std::span(&one, 1)).at({"veg.feil"}).contacts, 1);
}

LoggedEvent logged(std::int64_t conversation, Time at, Event event) {
  static std::int64_t position = 0;
  return {Position{++position}, ConversationId{conversation}, {Seq{1}, at, std::move(event)}};
}

TEST(MonthReport, TakesTheMonthOfTheClockOnTheWall) {
  MonthReport report(year{2026} / November);
  const Time last_of_october = sys_days{year{2026} / October / 31} + 22h + 59min;
  const Time first_of_november = last_of_october + 1min;  // 23:00 in UTC is midnight in Oslo
  for (const auto& [id, at] : {std::pair{1, last_of_october}, std::pair{2, first_of_november}}) {
    report.add(logged(id, at, ConversationOpened{{"gulen"}, Language::nn, "webchat", "1", "", ""}));
    report.add(logged(id, at, ControllerSet{{"gulen"}}));
  }
  EXPECT_EQ(report.by_municipality().at({"gulen"}).size(), 1U);
}

TEST(MonthReport, FollowsAConversationBeyondTheEndOfTheMonthAndToItsMunicipality) {
  MonthReport report(year{2026} / November);
  const Time at = sys_days{year{2026} / November / 30} + 20h;
  report.add(logged(7, at, ConversationOpened{kCommonSite, Language::nn, "webchat", "1", "", ""}));
  report.add(logged(7, at, ControllerSet{{"osteroy"}}));
  report.add(logged(7, at + 24h, ControllerSet{{"gulen"}}));
  report.add(logged(7, at + 48h, CitizenSpoke{{"c"}, "x"}));
  report.add(logged(8, at + 48h, CitizenSpoke{{"c"}, "x"}));
  const auto all = report.by_municipality();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.at({"gulen"}).front()->messages, 1);
}

}  // namespace
}  // namespace svar::service
