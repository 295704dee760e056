#include "bot/service/desk/queue_order.h"

#include <gtest/gtest.h>

#include "tests/service/desk/team_world.h"

namespace svar::service {
namespace {

struct Told : QueueListener {
  void place_changed(ConversationId conversation, QueuePlace place) override {
    places.emplace_back(conversation.value, place.waiting);
  }
  std::vector<std::pair<std::int64_t, int>> places;
};
using Places = std::vector<std::pair<std::int64_t, int>>;

std::vector<QueueOrder::Waiting> in_order(std::initializer_list<int> conversations) {
  std::vector<QueueOrder::Waiting> order;
  for (const int id : conversations) order.push_back({{id}, MunicipalityId{"gulen"}});
  return order;
}

TEST(QueueOrder, TellsThoseWhoJoinedOrMoved) {
  QueueOrder order;
  Told told;
  order.add_listener(told);
  order.set(in_order({1, 2, 3}));
  EXPECT_EQ(told.places, (Places{{1, 0}, {2, 1}, {3, 2}}));
  told.places.clear();
  order.set(in_order({1, 3}));
  EXPECT_EQ(told.places, (Places{{3, 1}}));
  told.places.clear();
  order.set(in_order({1, 3}));
  EXPECT_TRUE(told.places.empty());
}

TEST(QueueOrder, KnowsOnlyThoseWhoWait) {
  QueueOrder order;
  order.set(in_order({7, 8}));
  EXPECT_EQ(order.place({8})->waiting, 1);
  EXPECT_FALSE(order.place({9}));
}

TEST(QueueOrder, AMessageThatWasLeftHasNoPlaceButIsServedInItsTurn) {
  QueueOrder order;
  order.set({{{1}, MunicipalityId{"gulen"}, false}, {{2}, MunicipalityId{"gulen"}}});
  EXPECT_FALSE(order.place({1}));
  EXPECT_EQ(order.place({2})->waiting, 1);
  EXPECT_EQ(order.waiting(), 2U);
}

TEST(QueueOrder, OnlyThoseAheadWhomTheSameAgentsServeCount) {
  fakes::TeamWorld world;
  world.citizen_waits({1}, "osteroy");
  world.citizen_waits({2}, "gulen");
  world.arrives("gudrun");
  world.pass(std::chrono::seconds{1});
  EXPECT_EQ(world.view->queue().place({2})->waiting, 0) << "nobody at work could take the other";
  world.arrives("kari");
  world.pass(std::chrono::seconds{1});
  EXPECT_EQ(world.view->queue().place({2})->waiting, 1);
}

TEST(QueueOrder, MinutesComeFromHowFastTheQueueMovedAndChangeWithThePlace) {
  fakes::TeamWorld world;
  world.arrives("kari");
  for (int id = 1; id <= 8; ++id) world.citizen_waits({id});
  for (int id = 1; id <= 6; ++id) {
    EXPECT_FALSE(world.view->queue().place({8})->minutes);
    world.clock.advance(std::chrono::minutes{3});
    EXPECT_EQ(world.takes("kari", {id}), "");
    world.close(world.account("kari"), {id});
  }
  using Range = std::optional<std::pair<int, int>>;
  EXPECT_EQ(world.view->queue().place({7})->minutes, Range({3, 3}));
  EXPECT_EQ(world.view->queue().place({8})->minutes, Range({6, 6}));
}

}  // namespace
}  // namespace svar::service
