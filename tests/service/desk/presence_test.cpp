#include "bot/service/desk/presence.h"

#include <gtest/gtest.h>

#include "tests/service/desk/team_world.h"

namespace svar::service {
namespace {

using std::chrono::seconds;

class PresenceTest : public ::testing::Test {
 protected:
  PresenceTest() {
    for (const char* name : {"kari", "ola"}) add(name, {});
    add("gudrun", {MunicipalityId{"gulen"}});
  }
  void add(const std::string& name, const std::set<MunicipalityId>& served) {
    accounts[AgentId{name}] = fakes::agent_account(name, served);
  }
  const AgentId kari{"kari"};
  const AgentId gudrun{"gudrun"};
  const MunicipalityId gulen{"gulen"};
  const MunicipalityId osteroy{"osteroy"};
  std::map<AgentId, Account> accounts;
  fakes::ManualClock clock{Time{std::chrono::hours{500'000}}};
  Presence presence{[this](const AgentId& name) {
                      const auto found = accounts.find(name);
                      return found == accounts.end() ? nullptr : &found->second;
                    },
                    clock,
                    {engine::QueueRule::staffed, seconds{60}}};
};

TEST_F(PresenceTest, AnAgentIsThereWhileAScreenIsOpenAndForAWhileAfter) {
  EXPECT_EQ(presence.of(kari), Availability::offline);
  presence.screen_opened(kari);
  clock.advance(seconds{3'600});
  EXPECT_EQ(presence.of(kari), Availability::online);
  presence.screen_closed(kari);
  clock.advance(seconds{59});
  EXPECT_EQ(presence.of(kari), Availability::online);
  EXPECT_FALSE(presence.is_lost(kari));
  clock.advance(seconds{1});
  EXPECT_EQ(presence.of(kari), Availability::offline);
  EXPECT_TRUE(presence.is_lost(kari));
}

TEST_F(PresenceTest, TwoScreensAreOneAgent) {
  presence.screen_opened(kari);
  presence.screen_opened(kari);
  presence.screen_closed(kari);
  clock.advance(seconds{120});
  EXPECT_FALSE(presence.is_lost(kari));
}

TEST_F(PresenceTest, AfterARestartEverybodyHasTimeToComeBack) {
  clock.advance(seconds{59});
  EXPECT_FALSE(presence.is_lost(kari));
  clock.advance(seconds{1});
  EXPECT_TRUE(presence.is_lost(kari));
}

TEST_F(PresenceTest, WhoChoosesOfflineIsGoneThoughTheScreenIsOpen) {
  presence.screen_opened(kari);
  presence.choose(kari, Availability::offline);
  EXPECT_EQ(presence.of(kari), Availability::offline);
  EXPECT_FALSE(presence.is_lost(kari));
  clock.advance(seconds{60});
  EXPECT_TRUE(presence.is_lost(kari));
}

TEST_F(PresenceTest, StaffingFollowsRightsAndWhatAgentsChose) {
  EXPECT_FALSE(presence.staffing()->serves(gulen));
  presence.screen_opened(gudrun);
  EXPECT_TRUE(presence.staffing()->serves(gulen));
  EXPECT_FALSE(presence.staffing()->serves(osteroy));
  presence.screen_opened(kari);
  EXPECT_TRUE(presence.staffing()->serves(osteroy));
  presence.choose(kari, Availability::away);
  EXPECT_FALSE(presence.staffing()->serves(osteroy));
  presence.choose(kari, Availability::phone);
  EXPECT_TRUE(presence.staffing()->serves(osteroy));
}

TEST_F(PresenceTest, ADisabledAccountStaffsNothing) {
  presence.screen_opened(gudrun);
  accounts[gudrun].disabled = true;
  presence.sweep();
  EXPECT_FALSE(presence.staffing()->serves(gulen));
}

TEST_F(PresenceTest, TheSweepTellsWhenTimeIsUp) {
  struct Listener : PresenceListener {
    void presence_changed() override { ++told; }
    int told = 0;
  } listener;
  presence.screen_opened(kari);
  presence.add_listener(listener);
  presence.screen_closed(kari);
  presence.sweep();
  EXPECT_EQ(listener.told, 0);
  clock.advance(seconds{60});
  presence.sweep();
  presence.sweep();
  EXPECT_EQ(listener.told, 1);
  presence.remove_listener(listener);
}

}  // namespace
}  // namespace svar::service
