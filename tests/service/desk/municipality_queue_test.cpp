// What a municipality has of its own in the shared queue: how many of its conversations one agent
// has at once, and how long its citizens wait before a message is offered.
#include <gtest/gtest.h>

#include "tests/service/desk/team_world.h"

namespace svar::service {
namespace {

using std::chrono::minutes;

const MunicipalityId kGulen{"gulen"};
const MunicipalityId kOsteroy{"osteroy"};

class MunicipalityQueue : public ::testing::Test {
 protected:
  MunicipalityQueue() {
    world.add(agent_of_all());
    world.arrives("kari");
  }
  static Account agent_of_all() { return fakes::agent_account("kari", {kOsteroy, kGulen}); }

  std::string waited(const std::function<void(TeamWork::Taken)>& take) {
    std::string refusal = "no answer";
    take([&](const std::variant<Card, Refused>& outcome) {
      const auto* refused = std::get_if<Refused>(&outcome);
      refusal = refused ? std::string(code(refused->code)) : std::string();
    });
    world.executor.run();
    return refusal;
  }
  std::string takes(ConversationId id) {
    return waited([&](auto done) { team.take(world.account("kari"), id, done); });
  }
  std::string takes_next() {
    return waited([&](auto done) { team.take_next(world.account("kari"), done); });
  }
  bool told_of_wait(ConversationId id) {
    const auto opened = world.open(world.account("kari"), id);
    const auto& events = std::get<DeskView::Opened>(opened).events;
    return std::any_of(events.begin(), events.end(), [](const Recorded& recorded) {
      return std::holds_alternative<WaitGrewLong>(recorded.event);
    });
  }

  static constexpr ConversationId one{1}, two{2}, three{3}, four{4};
  fakes::TeamWorld world;
  TeamWork team{{*world.view,
                 world.presence,
                 world.source,
                 [this] { return world.release; },
                 {3, {}, {{kGulen, 1}}}}};
};

TEST_F(MunicipalityQueue, AllowsOneAgentNoMoreOfItsConversationsThanItSays) {
  for (const auto id : {one, two}) world.citizen_waits(id, "gulen");
  world.citizen_waits(three);
  EXPECT_EQ(takes(one), "");
  EXPECT_EQ(takes(two), "at_capacity");
  EXPECT_EQ(takes(three), "") << "another municipality's";
}

TEST_F(MunicipalityQueue, CountsWhatIsOnItsWayIntoTheLog) {
  for (const auto id : {one, two}) world.citizen_waits(id, "gulen");
  int taken = 0;
  for (const auto id : {one, two}) {
    team.take(world.account("kari"), id,
              [&](const auto& outcome) { taken += std::holds_alternative<Card>(outcome); });
  }
  world.executor.run();
  EXPECT_EQ(taken, 1);
}

TEST_F(MunicipalityQueue, IsPassedOverByWhoeverHasEnoughOfItAndWaitsForOthers) {
  for (const auto id : {one, two}) {
    world.citizen_waits(id, "gulen");
    world.clock.advance(std::chrono::seconds{10});
  }
  world.citizen_waits(three);
  EXPECT_EQ(takes_next(), "");
  EXPECT_EQ(world.holder(one), "kari");
  EXPECT_EQ(takes_next(), "");
  EXPECT_EQ(world.holder(three), "kari");
  EXPECT_EQ(takes_next(), "at_capacity");
  EXPECT_EQ(world.holder(two), "queue");
}

TEST_F(MunicipalityQueue, NeverHoldsDangerBack) {
  for (const auto id : {one, two}) world.citizen_waits(id, "gulen");
  world.citizen_says(two, "brann", "gulen");
  EXPECT_EQ(takes(one), "");
  EXPECT_EQ(takes(two), "");
}

TEST_F(MunicipalityQueue, OffersAMessageAfterTheWaitOfTheMunicipality) {
  DeskDuties duties{
      world.conversations, *world.view,
      world.presence,      [this] { return world.release; },
      world.clock,         {std::chrono::seconds{120}, minutes{15}, {{kGulen, minutes{5}}}}};
  world.citizen_waits(one, "gulen");
  world.citizen_waits(two);
  const auto pass = [&](minutes time) {
    world.clock.advance(time);
    duties.sweep();
    world.executor.run();
  };
  pass(minutes{4});
  EXPECT_FALSE(told_of_wait(one));
  pass(minutes{2});
  EXPECT_TRUE(told_of_wait(one));
  EXPECT_FALSE(told_of_wait(two));
  pass(minutes{10});
  EXPECT_TRUE(told_of_wait(two));
}

TEST_F(MunicipalityQueue, NeverOffersOneWhereTheWaitHasNoLimit) {
  DeskDuties duties{
      world.conversations, *world.view,
      world.presence,      [this] { return world.release; },
      world.clock,         {std::chrono::seconds{120}, minutes{15}, {{kGulen, minutes{0}}}}};
  world.citizen_waits(one, "gulen");
  world.clock.advance(minutes{59});
  duties.sweep();
  world.executor.run();
  EXPECT_FALSE(told_of_wait(one));
}

}  // namespace
}  // namespace svar::service
