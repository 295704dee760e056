#include "bot/service/desk/queue_order.h"

#include <gtest/gtest.h>

namespace svar::service {
namespace {

struct Told : QueueListener {
  void place_changed(ConversationId conversation, QueuePlace place) override {
    places.emplace_back(conversation.value, place.waiting);
  }
  std::vector<std::pair<std::int64_t, int>> places;
};

TEST(QueueOrder, TellsThoseWhoJoinedOrMoved) {
  QueueOrder order;
  Told told;
  order.add_listener(told);
  order.set({{1}, {2}, {3}});
  EXPECT_EQ(told.places, (std::vector<std::pair<std::int64_t, int>>{{1, 0}, {2, 1}, {3, 2}}));
  told.places.clear();
  order.set({{1}, {3}});
  EXPECT_EQ(told.places, (std::vector<std::pair<std::int64_t, int>>{{3, 1}}));
  told.places.clear();
  order.set({{1}, {3}});
  EXPECT_TRUE(told.places.empty());
}

TEST(QueueOrder, KnowsOnlyThoseWhoWait) {
  QueueOrder order;
  order.set({{7}, {8}});
  EXPECT_EQ(order.place({8})->waiting, 1);
  EXPECT_FALSE(order.place({9}));
}

}  // namespace
}  // namespace svar::service
