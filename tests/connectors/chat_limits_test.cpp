// What the web chat refuses when it is too much, and what it says then.
#include "tests/connectors/chat_fixture.h"

namespace svar::tests {
namespace {

using ChatLimits = ChatTest;

TEST_F(ChatLimits, AllowsFiveWrongCodesAnHour) {
  start();
  for (int i = 0; i < 5; ++i) {
    auto client = connect();
    EXPECT_EQ(client.hello({{"resume", {{"code", "AAAAA-AAAAA"}}}})["code"], "bad_code");
  }
  auto client = connect();
  const json refused = client.hello({{"resume", {{"code", "AAAAA-AAAAA"}}}});
  EXPECT_EQ(refused["code"], "rate");
  EXPECT_EQ(refused["retry_after_ms"], 3'600'000);
}

TEST_F(ChatLimits, HoldsTenSocketsOfAConversation) {
  start();
  auto first = connect();
  const json welcome = first.hello();
  const json resume = {{"resume",
                        {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}}}};
  std::vector<std::unique_ptr<ChatClient>> more;
  for (int i = 0; i < 9; ++i) {
    more.push_back(std::make_unique<ChatClient>(port, kOsteroyPage));
    EXPECT_EQ(more.back()->hello(resume)["type"], "welcome");
  }
  auto eleventh = connect();
  EXPECT_EQ(eleventh.hello(resume)["code"], "overloaded");
  EXPECT_EQ(eleventh.next()["code"], 1008);
}

TEST_F(ChatLimits, TellsWhenTheStoreFailsAndStoresNothing) {
  start();
  auto client = connect();
  client.hello();
  thread.run([&] { store.fail_next(1); });
  const json refused = client.say("m1", "hei");
  EXPECT_EQ(refused["type"], "error");
  EXPECT_EQ(refused["code"], "unavailable");
  EXPECT_EQ(refused["id"], "m1");
  EXPECT_GT(refused["retry_after_ms"].get<int>(), 0);
  EXPECT_TRUE(log().empty());
  EXPECT_EQ(client.say("m1", "hei")["type"], "ack");
}

TEST_F(ChatLimits, LimitsMessagesOfAConversation) {
  start([](auto& setup) { setup.limits.enabled = true; });
  auto client = connect();
  client.hello();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client.say("m" + std::to_string(i), "hei")["type"], "ack");
    client.next_of("event");
  }
  const json refused = client.say("m5", "hei");
  EXPECT_EQ(refused["code"], "rate");
  EXPECT_EQ(refused["retry_after_ms"], 1000);
  thread.run([&] { clock.advance(std::chrono::seconds{1}); });
  EXPECT_EQ(client.say("m5", "hei")["type"], "ack");
}

TEST_F(ChatLimits, LimitsNewChatsOfAnAddress) {
  start([](auto& setup) {
    setup.limits.enabled = true;
    setup.limits.new_chats_per_minute = 3;
  });
  for (int i = 0; i < 3; ++i) {
    auto client = connect();
    EXPECT_EQ(client.hello()["type"], "welcome");
  }
  auto client = connect();
  EXPECT_EQ(client.hello()["code"], "rate");
  EXPECT_EQ(client.next()["code"], 1013);
}

}  // namespace
}  // namespace svar::tests
