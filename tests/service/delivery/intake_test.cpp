#include <algorithm>
#include <random>
#include <set>

#include "tests/service/delivery/messaging_fixture.h"

namespace svar::service {
namespace {

using Words = std::vector<std::string>;

TEST_F(MessagingTest, WhatACitizenWritesIsStoredAndAnsweredOnThePlatform) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(2));
  ASSERT_TRUE(idle());
  EXPECT_EQ(channel.bodies(), (Words{"channel_notice", "svar: boss"}));
  EXPECT_EQ(channel.requests.at(0).address, "kari");
}

TEST_F(MessagingTest, ARepeatIsTakenAndStoredOnce) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss"), said("kari", "m:1", "boss")}));
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  EXPECT_EQ(words(), Words{"boss"});
  EXPECT_EQ(house->intake.counters().repeated, 2U);
}

TEST_F(MessagingTest, ARepeatAfterARestartIsStillKnown) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  stop();
  start();
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  EXPECT_EQ(words(), Words{"boss"});
}

TEST_F(MessagingTest, ABatchIsTakenByThePlatformsClockThenAsItCame) {
  ASSERT_TRUE(is_taken({said("kari", "m:3", "tre", 3), said("kari", "m:1", "ein", 1),
                        said("kari", "m:2a", "to", 2), said("kari", "m:2b", "og to", 2)}));
  EXPECT_EQ(words(), (Words{"ein", "to", "og to", "tre"}));
}

TEST_F(MessagingTest, AContactHasOneConversationAndTwoContactsTwo) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss"), said("ola", "m:2", "skule")}));
  ASSERT_TRUE(is_taken({said("kari", "m:3", "takk")}));
  std::set<ConversationId> conversations;
  for (const auto& each : log()) conversations.insert(each.conversation);
  EXPECT_EQ(conversations.size(), 2U);
}

TEST_F(MessagingTest, AButtonIsAChoiceWhenItWasOfferedLastAndItsLabelIsSaidElse) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "kva")}));
  ASSERT_TRUE(sent(2) && idle());
  const Incoming pressed{"kari", "cb:1", kNoon,
                         Incoming::Pressed{"article:boss.tommekalender", "Tømmekalender"}};
  ASSERT_TRUE(is_taken({pressed}));
  ASSERT_TRUE(sent(3) && idle());
  ASSERT_TRUE(is_taken({pressed}));
  Incoming again = pressed;
  again.event = "cb:2";
  ASSERT_TRUE(is_taken({again}));
  EXPECT_EQ(words(), (Words{"kva", "Tømmekalender"}));
  EXPECT_EQ(house->intake.counters().repeated, 1U);
}

TEST_F(MessagingTest, AMessageLongerThanOursIsStoredInPieces) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", std::string(5'000, 'a').c_str())}));
  ASSERT_EQ(words().size(), 2U);
  EXPECT_EQ(words()[0].size() + words()[1].size(), 5'000U);
}

TEST_F(MessagingTest, AfterAnErasureTheNextWordBeginsAnotherConversation) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(2) && idle());
  const ConversationId first = conversation();
  bool erased = false;
  house->conversations.submit(first, {}, CitizenDeletes{ClientId{"d"}}, Acceptance::with_outcome,
                              [&](const auto&) { erased = true; });
  ASSERT_TRUE(executor.run_until([&] { return erased; }));
  EXPECT_TRUE(rows().empty());
  ASSERT_TRUE(is_taken({said("kari", "m:2", "skule")}));
  ASSERT_TRUE(sent(4) && idle());
  EXPECT_EQ(log().back().conversation == first, false);
  ASSERT_TRUE(is_taken({said("kari", "m:2", "skule")}));
  EXPECT_EQ(words(), (Words{"", "skule"}));
}

TEST_F(MessagingTest, NoFileHoldsAnAddressOrAPlatformsIdInClear) {
  ASSERT_TRUE(is_taken({said("kari-4790000000", "m:platform-id-17", "boss")}));
  ASSERT_TRUE(sent(2) && idle());
  EXPECT_EQ(folder.files_with("4790000000"), Words{});
  EXPECT_EQ(folder.files_with("platform-id-17"), Words{});
}

// Ten people, a hundred messages; every third comes again, in batches that are shuffled.
TEST_F(MessagingTest, ShuffledBatchesWithRepeatsGiveEveryMessageOnceAndInOrderWithinABatch) {
  std::mt19937 random(20261124);
  std::set<std::string> expected;
  for (int batch = 0; batch < 20; ++batch) {
    std::vector<Incoming> incoming;
    for (int each = 0; each < 5; ++each) {
      const int number = batch * 5 + each;
      const std::string contact = "c" + std::to_string(random() % 10);
      const std::string event = "m:" + std::to_string(number);
      const std::string text = "melding " + std::to_string(number);
      expected.insert(text);
      incoming.push_back(said(contact.c_str(), event.c_str(), text.c_str(), number));
      if (number % 3 == 0) incoming.push_back(incoming.back());
    }
    std::shuffle(incoming.begin(), incoming.end(), random);
    ASSERT_TRUE(is_taken(incoming));
    std::shuffle(incoming.begin(), incoming.end(), random);
    ASSERT_TRUE(is_taken(incoming));
  }
  const Words stored = words();
  EXPECT_EQ(stored.size(), expected.size());
  EXPECT_EQ(std::set<std::string>(stored.begin(), stored.end()), expected);
  std::map<ConversationId, int> last;
  for (const auto& each : log()) {
    const auto* spoke = std::get_if<CitizenSpoke>(&each.recorded.event);
    if (spoke == nullptr) continue;
    const int number = std::stoi(spoke->text.substr(8));
    EXPECT_GT(number, last.contains(each.conversation) ? last[each.conversation] : -1);
    last[each.conversation] = number;
  }
}

}  // namespace
}  // namespace svar::service
