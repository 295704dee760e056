#include <gtest/gtest.h>

#include "bot/domain/conversation.h"

namespace svar {
namespace {

const Time kNoon{std::chrono::milliseconds{1'790'000'000'000}};

// A state folded from events, one after the other.
Conversation folded(const std::vector<Event>& events) {
  Conversation state;
  for (const Event& event : events) {
    evolve(state, {Seq{state.last_seq.value + 1}, kNoon, event});
  }
  return state;
}

const Event kOpened = ConversationOpened{SiteId{"osteroy"}, Language::nn, "webchat", "1", "", ""};
const Event kOpenedCommon = ConversationOpened{kCommonSite, Language::nn, "webchat", "1", "", ""};
const Event kSpoke = CitizenSpoke{ClientId{"c1"}, "når vert bosset tømt", false};

Event answered() {
  BotReplied reply;
  reply.reply_to = ClientId{"c1"};
  reply.topics = {ArticleId{"boss.tommekalender"}};
  return reply;
}

Event clarified(std::vector<Choice> choices, std::vector<ArticleId> topics) {
  BotReplied reply;
  reply.outcome = Outcome::clarify;
  reply.choices = std::move(choices);
  reply.topics = std::move(topics);
  return reply;
}

Event handed_off() {
  HandoffRequested event;
  event.reply_to = ClientId{"c1"};
  return event;
}

TEST(Evolve, GivesAConversationToTheBotWhenItOpens) {
  const auto state = folded({kOpened});
  EXPECT_EQ(state.owner, Owner::bot);
  EXPECT_EQ(state.lifecycle, Lifecycle::open);
  EXPECT_EQ(state.municipality, MunicipalityId{"osteroy"});
}

TEST(Evolve, KeepsAMessageInTheQueueWhenTheCitizenGoesBackToTheBot) {
  HandoffRequested sent;
  sent.reason = HandoffReason::form;
  const auto waiting = folded({kOpened, kSpoke, sent});
  EXPECT_FALSE(bot_answers(waiting));
  const auto returned = folded({kOpened, kSpoke, sent, CitizenReturnedToBot{ClientId{"c2"}, ""}});
  EXPECT_EQ(returned.owner, Owner::queue);
  EXPECT_TRUE(bot_answers(returned));
  const Event again = CitizenSpoke{ClientId{"c3"}, "når opnar biblioteket", false};
  EXPECT_TRUE(
      folded({kOpened, kSpoke, sent, CitizenReturnedToBot{ClientId{"c2"}, ""}, again}).answer_due);
  const Event taken = AgentJoined{AgentId{"kari"}, "Kari", ""};
  EXPECT_FALSE(bot_answers(folded({kOpened, kSpoke, sent, taken})));
}

TEST(Evolve, LetsTheBotAnswerWhileAMessageWaitsForTheMorning) {
  HandoffRequested sent;
  sent.reason = HandoffReason::form;
  sent.bot_meanwhile = true;
  EXPECT_TRUE(bot_answers(folded({kOpened, kSpoke, sent})));
}

TEST(Evolve, ResumesWhatIsParkedWhenTheCitizenWrites) {
  const Event joined = AgentJoined{AgentId{"kari"}, "Kari", ""};
  const Event parked = AgentParked{AgentId{"kari"}, ClientId{"a1"}, ""};
  EXPECT_TRUE(folded({kOpened, kSpoke, joined, parked}).parked);
  const Event again = CitizenSpoke{ClientId{"c2"}, "hallo", false};
  EXPECT_FALSE(folded({kOpened, kSpoke, joined, parked, again}).parked);
}

TEST(Evolve, LetsAnAnswerFallDueUntilTheBotHasReplied) {
  EXPECT_EQ(folded({kOpened, kSpoke}).answer_due->seq, Seq{2});
  EXPECT_FALSE(folded({kOpened, kSpoke, answered()}).answer_due);
}

TEST(Evolve, ClearsWhatIsDueWhenSomebodyElseOwnsTheConversation) {
  EXPECT_FALSE(folded({kOpened, kSpoke, handed_off()}).answer_due);
  EXPECT_FALSE(folded({kOpened, kSpoke, AgentJoined{AgentId{"kari"}, "Kari", ""}}).answer_due);
}

TEST(Evolve, OwesNoAnswerForWhatIsSaidToAnAgent) {
  const auto state = folded({kOpened, AgentJoined{AgentId{"kari"}, "Kari", ""}, kSpoke});
  EXPECT_FALSE(state.answer_due);
  EXPECT_EQ(state.owner, Owner::agent);
}

TEST(Evolve, RemembersEveryIdWithTheSeqItWasFirstStoredWith) {
  const auto state = folded({kOpened, kSpoke, answered(), CitizenAskedForPerson{ClientId{"c2"}}});
  EXPECT_EQ(state.seen.at(ClientId{"c1"}), Seq{2});
  EXPECT_EQ(state.seen.at(ClientId{"c2"}), Seq{4});
}

TEST(Evolve, KeepsTheHostAsControllerUntilTheCitizensMunicipalityIsSettled) {
  auto state = folded({kOpenedCommon, ControllerSet{MunicipalityId{"osteroy"}}});
  EXPECT_EQ(state.controller, MunicipalityId{"osteroy"});
  EXPECT_FALSE(state.municipality);
  state = folded({kOpenedCommon, ControllerSet{MunicipalityId{"osteroy"}},
                  ControllerSet{MunicipalityId{"gulen"}}});
  EXPECT_EQ(state.controller, MunicipalityId{"gulen"});
  EXPECT_EQ(state.municipality, MunicipalityId{"gulen"});
}

TEST(Evolve, CountsClarifyingTurnsAndMissesInARow) {
  auto state = folded({kOpened, kSpoke, clarified({}, {}), kSpoke, clarified({}, {})});
  EXPECT_EQ(state.clarify_turns, 2);
  EXPECT_EQ(state.misses, 2);
  state = folded({kOpened, kSpoke, clarified({}, {}), kSpoke, answered()});
  EXPECT_EQ(state.clarify_turns, 0);
  EXPECT_EQ(state.misses, 0);
}

TEST(Evolve, KeepsTheChoicesOfferedLastInTheirOrder) {
  const std::vector<Choice> offered{{"article:a", "A"}, {"person", "Snakk med eit menneske"}};
  const auto state = folded({kOpened, kSpoke, clarified(offered, {ArticleId{"a"}})});
  EXPECT_EQ(state.pending.choices, offered);
}

TEST(Evolve, SpendsTheOldWishForAPersonWhenAClosedConversationIsReopened) {
  const auto state =
      folded({kOpened, kSpoke, handed_off(), ConversationClosed{}, ConversationReopened{}, kSpoke});
  EXPECT_EQ(state.owner, Owner::bot);
  EXPECT_FALSE(state.handoff_reason);
  EXPECT_EQ(state.answer_due->seq, Seq{6});
}

TEST(Evolve, LetsNobodyOwnAnErasedConversation) {
  const auto state = folded({kOpened, kSpoke, answered(), Erased{ClientId{"c9"}}});
  EXPECT_EQ(state.lifecycle, Lifecycle::erased);
  EXPECT_EQ(state.owner, Owner::none);
}

TEST(Evolve, FoldsAnEmptiedLogToTheSameOwnerAsTheFullOne) {
  const Event emptied = CitizenSpoke{ClientId{"c1"}, "", false};
  EXPECT_EQ(folded({kOpened, emptied, handed_off()}).owner,
            folded({kOpened, kSpoke, handed_off()}).owner);
}

TEST(EvolveDeathTest, EndsTheProcessOnAGapInTheLog) {
  Conversation state;
  EXPECT_DEATH(evolve(state, {Seq{2}, kNoon, kOpened}), "gap");
}

}  // namespace
}  // namespace svar
