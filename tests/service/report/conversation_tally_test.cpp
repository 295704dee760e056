// What one conversation adds to the month's figures.
#include "bot/service/report/conversation_tally.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

using namespace std::chrono_literals;

const Time kNine{std::chrono::milliseconds{1'795'507'200'000}};  // 2026-11-24 09:00 in Oslo

class Tally : public testing::Test {
 protected:
  Tally() {
    add(0s, ConversationOpened{{"osteroy"}, Language::nn, "webchat", "1", "", ""});
    add(0s, ControllerSet{{"osteroy"}});
  }
  void add(std::chrono::seconds at, Event event) {
    count(tally_, {Seq{++seq_}, kNine + at, std::move(event)});
  }
  void says(std::chrono::seconds at) { add(at, CitizenSpoke{{"c"}, "x"}); }
  void answers(std::chrono::seconds at, const char* topic) {
    BotReplied reply;
    reply.topics = {{topic}};
    add(at, reply);
  }
  void misses(std::chrono::seconds at) {
    BotReplied reply;
    reply.outcome = Outcome::clarify;
    add(at, reply);
  }
  void queues(std::chrono::seconds at, HandoffReason reason = HandoffReason::asked) {
    HandoffRequested handoff;
    handoff.reason = reason;
    handoff.topics = {{"veg.feil"}};
    add(at, handoff);
  }
  void joins(std::chrono::seconds at, const char* agent = "kari") {
    add(at, AgentJoined{{agent}, agent, ""});
  }
  void agent_says(std::chrono::seconds at) { add(at, AgentSpoke{{"kari"}, "Kari", {"a"}, "x"}); }

  ConversationTally tally_;
  int seq_ = 0;
};

TEST_F(Tally, CountsWhatTheBotUnderstood) {
  says(1s);
  answers(1s, "boss.tommekalender");
  says(9s);
  misses(9s);
  EXPECT_EQ(tally_.messages, 2);
  EXPECT_EQ(tally_.replies, 2);
  EXPECT_EQ(tally_.fallbacks, 1);
  EXPECT_EQ(tally_.answered, std::set<ArticleId>{{"boss.tommekalender"}});
  EXPECT_FALSE(tally_.wished_person);
}

TEST_F(Tally, AWishForAPersonIsOneWhetherSomebodyIsThereOrNot) {
  HandoffDeferred deferred;
  deferred.topics = {{"veg.feil"}};
  add(5s, deferred);
  EXPECT_TRUE(tally_.wished_person);
  EXPECT_EQ(tally_.deferred, 1);
  EXPECT_TRUE(tally_.visits.empty());
  EXPECT_TRUE(tally_.handed_over.contains({"veg.feil"}));
}

TEST_F(Tally, AFormThatWasSentIsNoWishForAPerson) {
  queues(5s, HandoffReason::form);
  EXPECT_FALSE(tally_.wished_person);
  EXPECT_EQ(tally_.visits.size(), 1U);
}

TEST_F(Tally, MeasuresTheWayFromTheQueueToTheEnd) {
  queues(10s);
  joins(40s);
  agent_says(45s);
  says(60s);
  says(62s);
  agent_says(80s);
  add(90s, AgentParked{{"kari"}, {"p"}, ""});
  says(190s);  // resumes it
  agent_says(200s);
  add(240s,
      ConversationClosed{
          ClosedBy::agent, {}, AgentId{"kari"}, "", CloseOutcome::resolved, ArticleId{"veg.feil"}});
  EXPECT_EQ(tally_.visits.front().accepted, kNine + 40s);
  EXPECT_EQ(tally_.first_words, std::vector<Duration>{5s});
  EXPECT_EQ(tally_.answers, (std::vector<Duration>{20s, 10s}));
  EXPECT_EQ(tally_.handlings, std::vector<Duration>{100s}) << "200 s, of which 100 parked";
  EXPECT_EQ(tally_.outcome, CloseOutcome::resolved);
  EXPECT_EQ(tally_.topic, ArticleId{"veg.feil"});
  EXPECT_FALSE(tally_.held);
}

TEST_F(Tally, AWarmTransferEndsTheFirstAgentsTimeWhenTheSecondJoins) {
  queues(0s);
  joins(10s);
  add(30s,
      TransferOffered{{"t"}, TransferKind::warm, {"kari"}, "Kari", AgentId{"ola"}, "Ola", "", ""});
  add(50s, TransferAccepted{{"ola"}});
  joins(50s, "ola");
  add(80s, AgentHandedBack{{"ola"}, {"b"}, ""});
  EXPECT_EQ(tally_.handlings, (std::vector<Duration>{40s, 30s}));
  EXPECT_EQ(tally_.transfers, 1);
  EXPECT_EQ(tally_.visits.size(), 1U);
}

TEST_F(Tally, AColdTransferThatComesBackIsHandledAgain) {
  queues(0s);
  joins(10s);
  add(30s, TransferOffered{{"t"}, TransferKind::cold, {"kari"}, "Kari", {}, "", "teknisk", ""});
  add(90s, TransferReturned{TransferEnd::timed_out, {}, {}});
  add(100s, ConversationClosed{ClosedBy::agent, {}, AgentId{"kari"}, ""});
  EXPECT_EQ(tally_.handlings, (std::vector<Duration>{20s, 10s}));
}

TEST_F(Tally, WhoGoesBackToTheBotHasLeftTheQueue) {
  queues(10s);
  add(25s, CitizenReturnedToBot{{"r"}, ""});
  EXPECT_EQ(tally_.visits.front().left, kNine + 25s);
  queues(30s);
  joins(35s);
  EXPECT_EQ(tally_.visits.back().accepted, kNine + 35s);
}

TEST_F(Tally, TheSameTopicSoonAfterComingBackWasNotResolved) {
  answers(0s, "boss.tommekalender");
  add(60s, ConversationClosed{ClosedBy::inactivity, {}, {}, ""});
  add(3600s, ConversationReopened{});
  answers(3601s, "barnehage.pris");
  EXPECT_FALSE(tally_.asked_again);
  answers(3700s, "boss.tommekalender");
  EXPECT_TRUE(tally_.asked_again);
}

TEST_F(Tally, WhatAnAgentClosedStaysSoWhenTheCitizenComesBackAndFallsSilent) {
  queues(0s);
  joins(5s);
  add(9s, ConversationClosed{ClosedBy::agent, {}, AgentId{"kari"}, "", CloseOutcome::resolved});
  add(60s, ConversationReopened{});
  add(9999s, ConversationClosed{ClosedBy::inactivity, {}, {}, ""});
  EXPECT_TRUE(tally_.closed_by_agent);
  EXPECT_EQ(tally_.outcome, CloseOutcome::resolved);
}

TEST_F(Tally, TheSameTopicADayLaterIsANewQuestion) {
  answers(0s, "boss.tommekalender");
  add(60s, ConversationReopened{});
  answers(25h, "boss.tommekalender");
  EXPECT_FALSE(tally_.asked_again);
}

}  // namespace
}  // namespace svar::service
