#include "bot/service/desk/team_work.h"

#include <gtest/gtest.h>

#include "tests/service/desk/team_world.h"

namespace svar::service {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Team : public ::testing::Test {
 protected:
  Team() {
    for (const char* name : {"kari", "ola"}) world.arrives(name);
  }
  // What the citizen was told last by the system.
  std::string told(ConversationId id) {
    const auto opened = world.open(world.account("kari"), id);
    const auto& events = std::get<DeskView::Opened>(opened).events;
    std::string text;
    for (const Recorded& recorded : events) {
      if (const auto* notice = std::get_if<SystemNoticed>(&recorded.event)) text = notice->text;
      if (const auto* lost = std::get_if<AgentLost>(&recorded.event)) text = lost->text;
    }
    return text;
  }
  static TeamWork::Transfer to(const std::string& agent, TransferKind kind) {
    return {kind, AgentId{agent}, "", "Kan du ta denne?"};
  }
  static constexpr ConversationId one{1}, two{2}, three{3};
  fakes::TeamWorld world;
};

TEST_F(Team, AnAgentHasTwoAtOnceAndTheThirdIsRefused) {
  for (const auto id : {one, two, three}) world.citizen_waits(id);
  EXPECT_EQ(world.takes("kari", one), "");
  EXPECT_EQ(world.takes("kari", two), "");
  EXPECT_EQ(world.takes("kari", three), "at_capacity");
  EXPECT_EQ(world.takes("kari", two), "") << "taking what one has is harmless";
  EXPECT_EQ(world.takes("ola", three), "");
}

TEST_F(Team, TakesUnderWayCountBeforeTheyAreStored) {
  for (const auto id : {one, two, three}) world.citizen_waits(id);
  int taken = 0;
  for (const auto id : {one, two, three}) {
    world.team.take(world.account("kari"), id,
                    [&](const auto& outcome) { taken += std::holds_alternative<Card>(outcome); });
  }
  world.executor.run();
  EXPECT_EQ(taken, 2);
}

TEST_F(Team, DangerCountsDoubleAndIsNeverRefused) {
  world.citizen_waits(one);
  world.citizen_says(one, "brann");
  world.citizen_waits(two);
  world.citizen_waits(three);
  world.citizen_says(three, "brann");
  EXPECT_EQ(world.takes("kari", one), "");
  EXPECT_EQ(world.takes("kari", two), "at_capacity");
  EXPECT_EQ(world.takes("kari", three), "");
}

TEST_F(Team, TenWaitAndAreTakenStrictlyOldestFirst) {
  for (int id = 1; id <= 10; ++id) {
    world.citizen_waits({id});
    world.clock.advance(seconds{30});
  }
  world.citizen_says({7}, "brann");
  std::vector<std::string> order;
  const std::vector<int> expected{7, 1, 2, 3, 4, 5, 6, 8, 9, 10};
  for (const int id : expected) {
    EXPECT_EQ(world.takes_next("kari"), "");
    EXPECT_EQ(world.holder({id}), "kari") << id;
    world.close(world.account("kari"), {id});
  }
  EXPECT_EQ(world.takes_next("kari"), "unknown");
}

TEST_F(Team, TheNextIsOneThatTheAgentMaySee) {
  world.citizen_waits(one, "osteroy");
  world.citizen_waits(two, "gulen");
  world.arrives("gudrun");
  EXPECT_EQ(world.takes_next("gudrun"), "");
  EXPECT_EQ(world.holder(two), "gudrun");
  EXPECT_EQ(world.takes_next("gudrun"), "unknown");
}

TEST_F(Team, AWarmTransferLeavesTheAgentUntilItIsAccepted) {
  world.citizen_waits(one);
  world.takes("kari", one);
  EXPECT_EQ(world.offers("kari", one, to("ola", TransferKind::warm)), "");
  EXPECT_EQ(world.holder(one), "kari");
  EXPECT_TRUE(std::holds_alternative<Accepted>(world.say(world.account("kari"), one, "vent litt")));
  EXPECT_EQ(world.takes("ola", one), "");
  EXPECT_EQ(world.holder(one), "ola");
  EXPECT_FALSE(world.card(one).offer);
}

TEST_F(Team, AColdTransferWaitsForThatAgentAndReturnsWhenTimeIsUp) {
  world.citizen_waits(one);
  world.takes("kari", one);
  EXPECT_EQ(world.offers("kari", one, to("ola", TransferKind::cold)), "");
  EXPECT_EQ(world.holder(one), "queue");
  EXPECT_NE(told(one).find("transfer_offered"), std::string::npos);
  world.add(fakes::agent_account("per"));
  EXPECT_EQ(world.takes("per", one), "not_yours");
  world.pass(seconds{119});
  EXPECT_EQ(world.holder(one), "queue");
  world.pass(seconds{1});
  EXPECT_EQ(world.holder(one), "kari");
  EXPECT_NE(told(one).find("transfer_returned"), std::string::npos);
}

TEST_F(Team, ADeclinedTransferReturnsAtOnce) {
  world.citizen_waits(one);
  world.takes("kari", one);
  world.offers("kari", one, to("ola", TransferKind::cold));
  EXPECT_EQ(world.acts([&](auto done) {
    world.team.decline_transfer(world.account("ola"), one, world.next_id(), done);
  }),
            "");
  EXPECT_EQ(world.holder(one), "kari");
}

TEST_F(Team, AUnitIsServedByWhoeverServesTheMunicipality) {
  world.citizen_waits(one);
  world.takes("kari", one);
  EXPECT_EQ(world.offers("kari", one, {TransferKind::cold, {}, "teknisk", ""}), "");
  EXPECT_EQ(world.card(one).offer->to_name, "Teknisk eining");
  EXPECT_EQ(world.takes("ola", one), "");
  EXPECT_EQ(world.holder(one), "ola");
}

TEST_F(Team, NothingIsOfferedToWhoIsNotThereOrMustNotSeeIt) {
  world.citizen_waits(one, "osteroy");
  world.takes("kari", one);
  world.add(fakes::agent_account("per"));
  EXPECT_EQ(world.offers("kari", one, to("per", TransferKind::warm)), "absent");
  world.arrives("gudrun");
  EXPECT_EQ(world.offers("kari", one, to("gudrun", TransferKind::warm)), "absent");
  EXPECT_EQ(world.offers("kari", one, {TransferKind::warm, {}, "badeland", ""}), "absent");
  EXPECT_EQ(world.offers("ola", one, to("kari", TransferKind::warm)), "not_yours");
}

TEST_F(Team, AParkedConversationLeavesRoomUntilTheCitizenWrites) {
  for (const auto id : {one, two, three}) world.citizen_waits(id);
  world.takes("kari", one);
  world.takes("kari", two);
  EXPECT_EQ(world.acts([&](auto done) {
    world.team.park(world.account("kari"), one, world.next_id(), "ventar på teknisk", done);
  }),
            "");
  EXPECT_TRUE(world.card(one).parked);
  EXPECT_EQ(world.takes("kari", three), "");
  world.citizen_says(one, "hallo?");
  EXPECT_FALSE(world.card(one).parked);
}

TEST_F(Team, WhoIsInvitedReadsAlongAndLeaves) {
  world.citizen_waits(one);
  world.takes("kari", one);
  const auto invite = [&](const char* who) {
    return world.acts([&](auto done) {
      world.team.invite(world.account("kari"), one, world.next_id(), AgentId{who}, "", done);
    });
  };
  EXPECT_EQ(invite("ola"), "");
  EXPECT_EQ(world.card(one).invited, std::vector{AgentId{"ola"}});
  EXPECT_EQ(invite("gudrun"), "absent");
  EXPECT_EQ(world.acts([&](auto done) {
    world.team.note(world.account("ola"), one, world.next_id(), "eg har sett på det", done);
  }),
            "");
  EXPECT_EQ(world.acts([&](auto done) {
    world.team.leave(world.account("ola"), one, world.next_id(), done);
  }),
            "");
  EXPECT_TRUE(world.card(one).invited.empty());
}

TEST_F(Team, ColleaguesAreThoseWhoShareAMunicipalityAndAreThere) {
  world.arrives("gudrun");
  world.leaves("ola");
  world.pass(minutes{1});
  std::vector<std::string> names;
  for (const auto& one : world.team.colleagues(world.account("gudrun"))) {
    names.push_back(one.name.value);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"gudrun", "kari"}));
}

TEST_F(Team, TheConversationsOfAnAgentWhoIsGoneReturnToTheQueueAfterAMinute) {
  world.citizen_waits(one);
  const Time since = world.card(one).waiting_since.value();
  world.takes("kari", one);
  world.leaves("kari");
  world.pass(seconds{59});
  EXPECT_EQ(world.holder(one), "kari");
  world.pass(seconds{1});
  EXPECT_EQ(world.holder(one), "queue");
  EXPECT_EQ(world.card(one).waiting_since, since);
  EXPECT_NE(told(one).find("agent_lost"), std::string::npos);
  EXPECT_EQ(world.takes("ola", one), "");
}

TEST_F(Team, WhoeverWaitsIsToldOnceThatItTakesLong) {
  world.citizen_waits(one);
  const auto count = [&] {
    int told = 0;
    const auto opened = world.open(world.account("kari"), one);
    for (const Recorded& recorded : std::get<DeskView::Opened>(opened).events) {
      told += std::holds_alternative<WaitGrewLong>(recorded.event);
    }
    return told;
  };
  world.pass(minutes{14});
  EXPECT_EQ(count(), 0);
  world.pass(minutes{2});
  world.pass(minutes{2});
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(world.holder(one), "queue");
}

}  // namespace
}  // namespace svar::service
