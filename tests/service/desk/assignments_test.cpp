// Push: who is offered what, in which order, and what becomes of it when nobody answers.
#include "bot/service/desk/assignments.h"

#include <gtest/gtest.h>

#include "tests/service/desk/team_world.h"

namespace svar::service {
namespace {

using std::chrono::seconds;

const MunicipalityId kGulen{"gulen"};
const MunicipalityId kOsteroy{"osteroy"};

class Pushing : public ::testing::Test, public AssignmentListener {
 protected:
  Pushing() { assignments.add_listener(*this); }
  void assignment_changed(const AgentId& agent) override { told.push_back(agent.value); }

  // 0 when nothing is offered.
  std::int64_t offered(const std::string& agent) {
    const auto offer = assignments.offered_to(AgentId{agent});
    return offer ? offer->conversation.value : 0;
  }
  void pass(seconds time) {
    for (seconds left = time; left.count() > 0; left -= seconds{1}) {
      world.clock.advance(seconds{1});
      assignments.sweep();
    }
  }
  void arrives(const std::string& name) {
    world.arrives(name);
    pass(seconds{1});
  }

  static constexpr ConversationId one{1}, two{2}, three{3};
  fakes::TeamWorld world;
  Assignments assignments{
      *world.view, world.presence, world.team, world.clock, {{kOsteroy}, seconds{20}}};
  std::vector<std::string> told;
};

TEST_F(Pushing, OffersTheFirstWhoWaitsToWhoeverHasWaitedLongestForSomethingToDo) {
  arrives("ola");
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 1);
  EXPECT_EQ(offered("kari"), 0);
  EXPECT_EQ(told, std::vector<std::string>{"ola"});
  EXPECT_EQ(assignments.offered_to(AgentId{"ola"})->until, world.clock.now() + seconds{20});
}

TEST_F(Pushing, NeverOffersOneConversationToTwoNorTwoToOne) {
  arrives("ola");
  arrives("kari");
  for (const auto id : {one, two, three}) {
    world.citizen_waits(id);
    world.clock.advance(seconds{1});
  }
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 1);
  EXPECT_EQ(offered("kari"), 2);
  EXPECT_EQ(world.takes("ola", one), "");
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 3);
  EXPECT_EQ(offered("kari"), 2);
}

TEST_F(Pushing, OffersDangerFirst) {
  for (const auto id : {one, two}) {
    world.citizen_waits(id);
    world.clock.advance(seconds{30});
  }
  world.citizen_says(two, "brann");
  arrives("kari");
  EXPECT_EQ(offered("kari"), 2);
}

TEST_F(Pushing, GoesToTheNextWhenNobodyAcceptsInTimeAndRoundAgainInTheEnd) {
  arrives("ola");
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  ASSERT_EQ(offered("ola"), 1);
  pass(seconds{19});
  EXPECT_EQ(offered("ola"), 1);
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 0);
  EXPECT_EQ(offered("kari"), 1);
  pass(seconds{20});
  EXPECT_EQ(offered("kari"), 0);
  EXPECT_EQ(offered("ola"), 1);
}

TEST_F(Pushing, GoesToTheNextAtOnceWhenItIsPassedOn) {
  arrives("ola");
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  EXPECT_FALSE(assignments.pass_on(AgentId{"kari"}, one)) << "it was not offered to her";
  EXPECT_TRUE(assignments.pass_on(AgentId{"ola"}, one));
  EXPECT_EQ(offered("kari"), 1);
  EXPECT_FALSE(assignments.pass_on(AgentId{"ola"}, one));
}

TEST_F(Pushing, LeavesWhoeverIsAloneAndPassesItOnInPeaceForAWhile) {
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  ASSERT_TRUE(assignments.pass_on(AgentId{"kari"}, one));
  EXPECT_EQ(offered("kari"), 0);
  pass(seconds{19});
  EXPECT_EQ(offered("kari"), 0);
  pass(seconds{1});
  EXPECT_EQ(offered("kari"), 1);
}

TEST_F(Pushing, PassesOverWhoeverIsAwayHasNoRoomOrNoRight) {
  arrives("gudrun");  // serves Gulen alone
  arrives("ola");
  arrives("kari");
  world.presence.choose(AgentId{"ola"}, Availability::phone);
  for (const auto id : {one, two}) world.citizen_waits(id, "gulen");
  for (const auto id : {one, two}) ASSERT_EQ(world.takes("kari", id), "");
  world.citizen_waits(three);
  pass(seconds{1});
  for (const char* name : {"gudrun", "ola", "kari"}) EXPECT_EQ(offered(name), 0) << name;
  world.presence.choose(AgentId{"ola"}, Availability::online);
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 3);
}

TEST_F(Pushing, LeavesOtherMunicipalitiesToThoseWhoAsk) {
  arrives("kari");
  world.citizen_waits(one, "gulen");
  pass(seconds{1});
  EXPECT_EQ(offered("kari"), 0);
}

TEST_F(Pushing, EndsWhenAnybodyTakesItTheAgentLeavesOrTheCitizenDoes) {
  arrives("ola");
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  ASSERT_EQ(offered("ola"), 1);
  EXPECT_EQ(world.takes("kari", one), "") << "an offer holds nothing";
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 0);
  world.citizen_waits(two);
  pass(seconds{1});
  ASSERT_EQ(offered("ola"), 2);
  world.presence.choose(AgentId{"ola"}, Availability::away);
  pass(seconds{1});
  EXPECT_EQ(offered("ola"), 0);
  EXPECT_EQ(offered("kari"), 2);
}

TEST_F(Pushing, ComesLastToWhoeverHasJustHadSomething) {
  arrives("ola");
  arrives("kari");
  world.citizen_waits(one);
  pass(seconds{1});
  ASSERT_EQ(world.takes("ola", one), "");
  pass(seconds{1});
  world.citizen_waits(two);
  pass(seconds{1});
  EXPECT_EQ(offered("kari"), 2);
}

}  // namespace
}  // namespace svar::service
