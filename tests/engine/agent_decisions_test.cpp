// What agents do with a conversation, and what the citizen gets to know of it.
#include "bot/engine/agent_decisions.h"

#include <gtest/gtest.h>

#include "tests/engine/scripted_answering.h"

namespace svar::engine {
namespace {

const Time kNoon{std::chrono::milliseconds{1'795'518'000'000}};
const AgentId kKari{"kari"};
const AgentId kOla{"ola"};

class AgentDecisions : public testing::Test {
 protected:
  AgentDecisions() {
    for (const char* id : {"melding", "tilbakeringing"}) {
      Form form;
      form.id = id;
      form.takes_messages = true;
      release.forms.push_back(form);
    }
    take(CitizenSays{ClientId{"c1"}, "hei"},
         Opening{SiteId{"osteroy"}, Language::nn, "webchat", "", ""});
    take(CitizenAsksForPerson{ClientId{"p1"}});
    take(AgentTakes{kKari, "Kari"});
  }

  std::vector<Event> take(const Input& input, const std::optional<Opening>& opening = {}) {
    const Decision decision = decide_with_outcome(state, opening, input, release, now);
    const auto* decided = std::get_if<Events>(&decision);
    if (!decided) return {};
    for (const Event& event : decided->events) {
      evolve(state, {Seq{state.last_seq.value + 1}, now, event});
    }
    return decided->events;
  }
  std::optional<Refusal> refused(const Input& input) {
    const auto decision = decide(state, std::nullopt, input, release, now);
    const auto* rejected = std::get_if<Rejected>(&decision);
    return rejected ? std::optional(rejected->why) : std::nullopt;
  }
  ClientId id() { return ClientId{"i" + std::to_string(++ids)}; }
  Input offer(TransferKind kind, const std::string& note = "") {
    return AgentOffersTransfer{kKari, "Kari", id(), kind, kOla, "Ola", "", note};
  }
  template <class Kind>
  static int count(const std::vector<Event>& events) {
    int found = 0;
    for (const Event& event : events) found += std::holds_alternative<Kind>(event);
    return found;
  }

  Release release = fakes::scripted_release();
  Conversation state;
  Time now = kNoon;
  int ids = 0;
};

TEST_F(AgentDecisions, ANoteIsMaskedAndMayBeWrittenByAnyAgentAlsoAfterTheEnd) {
  const auto events = take(AgentNotes{kOla, "Ola", id(), "fnr 05859512366"});
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(std::get<AgentNoted>(events[0]).text.find("05859512366"), std::string::npos);
  take(AgentCloses{kKari, id()});
  EXPECT_EQ(count<AgentNoted>(take(AgentNotes{kOla, "Ola", id(), "ringt tilbake"})), 1);
  EXPECT_EQ(refused(AgentNotes{kOla, "Ola", id(), " "}), Refusal::empty);
}

TEST_F(AgentDecisions, AWarmTransferTellsTheCitizenNothingUntilSomebodyJoins) {
  const auto offered = take(offer(TransferKind::warm, "bustøtte"));
  EXPECT_EQ(offered.size(), 1U);
  EXPECT_EQ(state.agent, kKari);
  EXPECT_EQ(refused(AgentTakes{AgentId{"per"}, "Per"}), Refusal::not_yours);
  const auto taken = take(AgentTakes{kOla, "Ola"});
  EXPECT_EQ(count<TransferAccepted>(taken), 1);
  EXPECT_EQ(count<AgentJoined>(taken), 1);
  EXPECT_EQ(state.agent, kOla);
}

TEST_F(AgentDecisions, AColdTransferReturnsToWhoOfferedItWhenNobodyAccepts) {
  EXPECT_EQ(count<SystemNoticed>(take(offer(TransferKind::cold))), 1);
  EXPECT_EQ(state.owner, Owner::queue);
  EXPECT_TRUE(take(TransferTimesOut{now - std::chrono::seconds{1}}).empty()) << "not yet";
  EXPECT_EQ(count<TransferReturned>(take(TransferTimesOut{now})), 1);
  EXPECT_EQ(state.owner, Owner::agent);
  EXPECT_EQ(state.agent, kKari);
  EXPECT_TRUE(take(TransferTimesOut{now}).empty()) << "deciding again yields nothing";
}

TEST_F(AgentDecisions, OnlyWhoWasAskedDeclinesAndOnlyWhoOfferedWithdraws) {
  take(offer(TransferKind::cold));
  EXPECT_EQ(refused(AgentDeclinesTransfer{AgentId{"per"}, id()}), Refusal::not_offered);
  const auto events = take(AgentTakes{kKari, "Kari"});
  EXPECT_EQ(std::get<TransferReturned>(events.at(0)).end, TransferEnd::withdrawn);
  EXPECT_EQ(state.agent, kKari);
  EXPECT_EQ(refused(AgentDeclinesTransfer{kOla, id()}), Refusal::not_offered);
}

TEST_F(AgentDecisions, NobodyGivesAwayWhatAnotherHas) {
  EXPECT_EQ(
      refused(AgentOffersTransfer{kOla, "Ola", id(), TransferKind::warm, kKari, "Kari", "", ""}),
      Refusal::not_yours);
  EXPECT_EQ(
      refused(AgentOffersTransfer{kKari, "Kari", id(), TransferKind::warm, kKari, "Kari", "", ""}),
      Refusal::not_offered);
  EXPECT_EQ(refused(AgentInvites{kOla, "Ola", id(), kKari, "Kari", ""}), Refusal::not_yours);
  EXPECT_EQ(refused(AgentParks{kOla, id(), ""}), Refusal::not_yours);
}

TEST_F(AgentDecisions, AnAgentWhoIsGoneLosesOnlyWhatThatAgentHas) {
  EXPECT_TRUE(take(AgentDisappears{kOla}).empty());
  const Time since = state.waiting_since;
  EXPECT_EQ(count<AgentLost>(take(AgentDisappears{kKari})), 1);
  EXPECT_EQ(state.owner, Owner::queue);
  EXPECT_EQ(state.waiting_since, since);
  EXPECT_TRUE(take(AgentDisappears{kKari}).empty());
}

TEST_F(AgentDecisions, ClosingTellsWhatCameOfIt) {
  const auto events =
      take(AgentCloses{kKari, id(), CloseOutcome::passed_on, ArticleId{"veg.feil"}});
  const auto& closed = std::get<ConversationClosed>(events.at(0));
  EXPECT_EQ(closed.outcome, CloseOutcome::passed_on);
  EXPECT_EQ(closed.topic, ArticleId{"veg.feil"});
}

TEST_F(AgentDecisions, SendingACommandAgainChangesNothing) {
  const Input once = AgentNotes{kOla, "Ola", ClientId{"n1"}, "éi gong"};
  take(once);
  EXPECT_TRUE(take(once).empty());
}

class Deferral : public AgentDecisions {
 protected:
  Deferral() { take(AgentHandsBack{kKari, id()}); }
  std::vector<Event> at_desk(const Staffing& staffing, const Input& input) {
    const Decision decision =
        decide_with_outcome(state, std::nullopt, input, release, {now, staffing});
    const auto* decided = std::get_if<Events>(&decision);
    if (!decided) return {};
    for (const Event& event : decided->events) {
      evolve(state, {Seq{state.last_seq.value + 1}, now, event});
    }
    return decided->events;
  }
  static constexpr auto kHour = std::chrono::hours{1};
};

TEST_F(Deferral, ClosedWithNobodyPresentIsNoQueueButTheOpeningAndTheForms) {
  release.municipalities[MunicipalityId{"osteroy"}].open = {{now + kHour, now + 2 * kHour}};
  const auto events = at_desk({QueueRule::open, true, {}}, CitizenAsksForPerson{ClientId{"p2"}});
  ASSERT_EQ(count<HandoffDeferred>(events), 1);
  EXPECT_EQ(std::get<HandoffDeferred>(events.at(1)).delay, Delay::closed);
  EXPECT_EQ(std::get<HandoffDeferred>(events.at(1)).opens, now + kHour);
  const auto& reply = std::get<BotReplied>(events.at(2));
  EXPECT_EQ(reply.outcome, Outcome::handoff);
  ASSERT_EQ(reply.choices.size(), 2U);
  EXPECT_EQ(reply.choices[0].id, "form:melding");
  EXPECT_EQ(state.owner, Owner::bot);
  EXPECT_FALSE(state.answer_due);
}

TEST_F(Deferral, TheRuleSaysWhetherHoursOrPresenceCount) {
  const MunicipalityId osteroy{"osteroy"};
  const auto queued = [&](const Staffing& staffing) {
    const auto events = at_desk(staffing, CitizenAsksForPerson{id()});
    const bool joins = count<HandoffRequested>(events) == 1;
    if (joins) take(CitizenGoesBackToBot{id()});
    return joins;
  };
  EXPECT_TRUE(queued({QueueRule::always, false, {}}));
  EXPECT_FALSE(queued({QueueRule::staffed, false, {}}));
  EXPECT_TRUE(queued({QueueRule::staffed, false, {osteroy}}));
  EXPECT_FALSE(queued({QueueRule::staffed, false, {MunicipalityId{"gulen"}}}));
  EXPECT_FALSE(queued({QueueRule::open, false, {osteroy}})) << "closed";
  release.municipalities[osteroy].open = {{now - kHour, now + kHour}};
  EXPECT_TRUE(queued({QueueRule::open, false, {osteroy}}));
}

TEST_F(Deferral, WithoutAFormForMessagesTheQueueIsTheBetterPromise) {
  release.forms.clear();
  const auto events =
      at_desk({QueueRule::staffed, false, {}}, CitizenAsksForPerson{ClientId{"p2"}});
  EXPECT_EQ(count<HandoffRequested>(events), 1);
}

TEST_F(Deferral, WhoeverWaitsMayLeaveAMessageInsteadAndGivesThePlaceUp) {
  take(CitizenAsksForPerson{id()});
  const auto told = at_desk({QueueRule::staffed, false, {}}, WaitGrowsLong{Time{}});
  ASSERT_EQ(count<WaitGrewLong>(told), 1);
  EXPECT_EQ(state.owner, Owner::queue);
  EXPECT_TRUE(at_desk({QueueRule::staffed, false, {}}, WaitGrowsLong{Time{}}).empty());
  const auto events = take(CitizenChooses{id(), "form:melding"});
  EXPECT_EQ(count<CitizenReturnedToBot>(events), 1);
  EXPECT_EQ(count<CitizenChose>(events), 1);
  EXPECT_EQ(state.owner, Owner::bot);
}

TEST_F(Deferral, NoLongWaitIsToldToOneWhoDoesNotWait) {
  EXPECT_TRUE(take(WaitGrowsLong{now}).empty());
  take(CitizenAsksForPerson{id()});
  EXPECT_TRUE(take(WaitGrowsLong{now - kHour}).empty()) << "not long yet";
  EXPECT_EQ(count<WaitGrewLong>(take(WaitGrowsLong{now})), 1);
}

}  // namespace
}  // namespace svar::engine
