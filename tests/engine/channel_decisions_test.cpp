// What only other channels than the web chat bring: edits, messages taken back, pictures, answers
// given past the desk, and telephone calls that are counted.
#include <gtest/gtest.h>

#include <algorithm>

#include "bot/engine/decide.h"
#include "tests/engine/scripted_answering.h"

namespace svar::engine {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const Opening kTelegram{SiteId{"osteroy"}, Language::nn, "telegram", "", ""};

class ChannelDecisions : public testing::Test {
 protected:
  std::vector<Event> take(const Input& input, const std::optional<Opening>& opening = kTelegram) {
    const Decision decision = decide_with_outcome(state, opening, input, release, kNoon);
    const auto* decided = std::get_if<Events>(&decision);
    if (!decided) return {};
    for (const Event& event : decided->events) {
      evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
    }
    return decided->events;
  }
  template <class Kind>
  static const Kind* find(const std::vector<Event>& events) {
    const auto found = std::ranges::find_if(
        events, [](const Event& event) { return std::holds_alternative<Kind>(event); });
    return found == events.end() ? nullptr : &std::get<Kind>(*found);
  }

  Release release = fakes::scripted_release();
  Conversation state;
};

TEST_F(ChannelDecisions, ASocialChannelSaysFirstThatItIsARobot) {
  const auto events = take(CitizenSays{{"m1"}, "hei"});
  const auto notice = std::ranges::find_if(
      events, [](const Event& event) { return std::holds_alternative<SystemNoticed>(event); });
  const auto words = std::ranges::find_if(
      events, [](const Event& event) { return std::holds_alternative<CitizenSpoke>(event); });
  ASSERT_NE(notice, events.end());
  EXPECT_LT(notice, words);
  EXPECT_EQ(find<SystemNoticed>(take(CitizenSays{{"m2"}, "hei igjen"})), nullptr);
}

TEST_F(ChannelDecisions, ASocialChannelNamesTheWebChatOfItsSite) {
  kb::Municipality osteroy;
  osteroy.id = MunicipalityId{"osteroy"};
  osteroy.origins = {"https://www.osteroy.example", "https://osteroy.example"};
  release.municipalities.insert_or_assign(osteroy.id, osteroy);
  const auto events = take(CitizenSays{{"m1"}, "hei"});
  ASSERT_NE(find<SystemNoticed>(events), nullptr);
  EXPECT_EQ(find<SystemNoticed>(events)->text,
            "channel_notice channel_web_chat https://www.osteroy.example");
}

TEST_F(ChannelDecisions, TheWebChatHasShownItsNoticeAlready) {
  const Opening web{SiteId{"osteroy"}, Language::nn, kWebChat, "", ""};
  EXPECT_EQ(find<SystemNoticed>(take(CitizenSays{{"m1"}, "hei"}, web)), nullptr);
}

TEST_F(ChannelDecisions, AnEditIsAnsweredAndEmptiesWhatItReplaces) {
  take(CitizenSays{{"m1"}, "hei"});
  const Seq first = state.seen.at(ClientId{"m1"});
  const auto events = take(CitizenEdits{{"m1:1"}, {"m1"}, "hei 05859512366"});
  ASSERT_NE(find<CitizenSpoke>(events), nullptr);
  EXPECT_EQ(find<CitizenSpoke>(events)->edits, first);
  EXPECT_EQ(find<CitizenSpoke>(events)->text.find("05859512366"), std::string::npos);
  ASSERT_NE(find<Redacted>(events), nullptr);
  EXPECT_EQ(find<Redacted>(events)->seqs, std::vector{first});
  EXPECT_NE(find<BotReplied>(events), nullptr);
}

TEST_F(ChannelDecisions, AnEditOfWhatNeverCameIsAMessage) {
  const auto events = take(CitizenEdits{{"m7:1"}, {"m7"}, "hei"});
  ASSERT_NE(find<CitizenSpoke>(events), nullptr);
  EXPECT_FALSE(find<CitizenSpoke>(events)->edits);
  EXPECT_EQ(find<Redacted>(events), nullptr);
}

TEST_F(ChannelDecisions, WhatIsTakenBackIsEmptiedAndNeedsNoAnswer) {
  const auto decided =
      std::get<Events>(decide(state, kTelegram, CitizenSays{{"m1"}, "hei"}, release, kNoon));
  for (const Event& event : decided.events)
    evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
  ASSERT_TRUE(state.answer_due);
  const Seq first = state.seen.at(ClientId{"m1"});
  const auto events = take(CitizenWithdraws{{"d1"}, {"m1"}});
  ASSERT_NE(find<CitizenWithdrew>(events), nullptr);
  EXPECT_EQ(find<Redacted>(events)->seqs, std::vector{first});
  EXPECT_FALSE(state.answer_due);
  EXPECT_EQ(find<BotReplied>(events), nullptr);
  EXPECT_TRUE(take(CitizenWithdraws{{"d2"}, {"never"}}).empty());
}

TEST_F(ChannelDecisions, APictureIsAnsweredWithTheWishForWords) {
  const auto events = take(CitizenSendsOther{{"m1"}, "image"});
  ASSERT_NE(find<CitizenSentOther>(events), nullptr);
  const auto* reply = find<BotReplied>(events);
  ASSERT_NE(reply, nullptr);
  EXPECT_EQ(reply->choices.front().id, "person");
  EXPECT_FALSE(state.answer_due);
}

TEST_F(ChannelDecisions, APictureToAnAgentIsNotAnsweredByTheBot) {
  take(CitizenSays{{"m1"}, "hei"});
  take(CitizenAsksForPerson{{"p1"}});
  take(AgentTakes{{"kari"}, "Kari"});
  const auto events = take(CitizenSendsOther{{"m2"}, "image"});
  EXPECT_EQ(events.size(), 1U);
}

TEST_F(ChannelDecisions, TheBotIsLateWhenAPersonHasAnsweredInThePlatformsInbox) {
  const auto decided =
      std::get<Events>(decide(state, kTelegram, CitizenSays{{"m1"}, "hei"}, release, kNoon));
  for (const Event& event : decided.events)
    evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
  const auto events = take(PlatformAnswers{{"o1"}, "Eg ringjer deg."});
  EXPECT_EQ(events.size(), 1U);
  EXPECT_FALSE(state.answer_due);
}

TEST_F(ChannelDecisions, ACountedCallIsAConversationThatIsOver) {
  const Opening call{SiteId{"osteroy"}, Language::nn, kTelephone, "", ""};
  const auto events = take(AgentCountsContact{{"kari"},
                                              "Kari",
                                              {"a1"},
                                              ArticleId{"veg.feil"},
                                              CloseOutcome::resolved,
                                              "fnr 05859512366"},
                           call);
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(std::get<ContactCounted>(events[2]).text.find("05859512366"), std::string::npos);
  EXPECT_EQ(std::get<ConversationClosed>(events[3]).topic, ArticleId{"veg.feil"});
  EXPECT_EQ(state.lifecycle, Lifecycle::closed);
  EXPECT_TRUE(state.with_agent);
  EXPECT_TRUE(take(AgentCountsContact{{"kari"}, "Kari", {"a1"}, {}, {}, ""}, call).empty());
}

TEST_F(ChannelDecisions, TellsAWordOfTheCitizenFromOneOfTheBot) {
  take(CitizenSays{{"m1"}, "hei"});
  EXPECT_EQ(state.last_citizen_at, kNoon);
  EXPECT_FALSE(state.with_agent);
}

}  // namespace
}  // namespace svar::engine
