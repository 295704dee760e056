// What the web chat refuses when it is too much, and what it says then.
#include "tests/connectors/chat_fixture.h"

namespace svar::tests {
namespace {

class ChatLimits : public ChatTest {
 protected:
  void wait_for_line(std::size_t count) {
    wait_until([=, this] { return chat->counters().admission.waiting == count; });
  }
  void wait_for_sessions(std::size_t count) {
    wait_until([=, this] { return chat->counters().sessions == count; });
  }

 private:
  template <class Condition>
  void wait_until(Condition holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!thread.run(holds) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
    EXPECT_TRUE(thread.run(holds));
  }
};

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

// The kernel takes some for a client that does not read, the socket's queue some more; then it is
// bounded in bytes.
TEST_F(ChatLimits, ClosesADeviceThatDoesNotReadLongMessages) {
  start();
  auto writer = connect();
  const json welcome = writer.hello();
  auto stuck = connect();
  stuck.send(
      {{"type", "hello"},
       {"site", "osteroy"},
       {"resume", {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}}}});
  std::string text;
  for (int i = 0; i < 3'990; ++i) text += "🙂";
  int sent = 0;
  for (; sent < 200; ++sent) {
    if (thread.run([this] { return chat->counters().slow_readers; }) > 0) break;
    writer.send({{"type", "say"}, {"id", "m" + std::to_string(sent)}, {"text", text}});
    ASSERT_EQ(writer.next_of("ack")["type"], "ack");
  }
  EXPECT_LT(sent, 100);  // 16 KB each
  EXPECT_EQ(stuck.next_of("end")["code"], 1013);
  writer.send({{"type", "say"}, {"id", "last"}, {"text", "hei"}});
  EXPECT_EQ(writer.next_of("ack")["id"], "last");
}

TEST_F(ChatLimits, LetsMessagesWaitWhenTheStoreIsBusyAndServesThemInOrder) {
  start([](auto& setup) { setup.admission.in_service_max = 1; });
  auto first = connect();
  first.hello();
  auto second = connect();
  second.hello();
  thread.run([&] { store.hold(); });
  first.send({{"type", "say"}, {"id", "a1"}, {"text", "hei"}});
  first.send({{"type", "say"}, {"id", "a2"}, {"text", "hei"}});
  second.send({{"type", "say"}, {"id", "b1"}, {"text", "hei"}});
  wait_for_line(2);
  thread.run([&] { store.release(); });
  EXPECT_EQ(first.next_of("ack")["id"], "a1");
  EXPECT_EQ(first.next_of("ack")["id"], "a2");
  EXPECT_EQ(second.next_of("ack")["id"], "b1");
}

TEST_F(ChatLimits, TellsWhenToComeBackWhenThereIsNoPlaceInLine) {
  start([](auto& setup) {
    setup.admission.in_service_max = 1;
    setup.admission.waiting_max = 1;
  });
  auto client = connect();
  client.hello();
  thread.run([&] { store.hold(); });
  for (const char* id : {"m1", "m2", "m3"}) {
    client.send({{"type", "say"}, {"id", id}, {"text", "hei"}});
  }
  const json refused = client.next();
  EXPECT_EQ(refused["code"], "overloaded");
  EXPECT_EQ(refused["id"], "m3");
  EXPECT_EQ(refused["retry_after_ms"], 1000);
  EXPECT_FALSE(refused["text"].get<std::string>().empty());
  thread.run([&] { store.release(); });
  EXPECT_EQ(client.next_of("ack")["id"], "m1");
  EXPECT_EQ(client.next_of("ack")["id"], "m2");
}

TEST_F(ChatLimits, ServesNobodyWhoHasGoneWhileWaiting) {
  start([](auto& setup) { setup.admission.in_service_max = 1; });
  auto first = connect();
  first.hello();
  thread.run([&] { store.hold(); });
  first.send({{"type", "say"}, {"id", "a1"}, {"text", "hei"}});
  {
    auto gone = connect();
    gone.hello();
    gone.send({{"type", "say"}, {"id", "b1"}, {"text", "hei"}});
    wait_for_line(1);
  }
  wait_for_sessions(1);
  auto third = connect();
  third.hello();
  third.send({{"type", "say"}, {"id", "c1"}, {"text", "hei"}});
  wait_for_line(2);
  thread.run([&] { store.release(); });
  EXPECT_EQ(third.next_of("ack")["id"], "c1");
  for (const auto& logged : log()) {
    const auto* spoke = std::get_if<CitizenSpoke>(&logged.recorded.event);
    EXPECT_TRUE(spoke == nullptr || spoke->id.value != "b1");
  }
}

TEST_F(ChatLimits, BoundsWhatOneClientHasUnderWay) {
  start();
  auto client = connect();
  client.hello();
  thread.run([&] { store.hold(); });
  for (int i = 0; i < 33; ++i) {
    client.send({{"type", "say"}, {"id", "m" + std::to_string(i)}, {"text", "hei"}});
  }
  const json refused = client.next();
  EXPECT_EQ(refused["code"], "overloaded");
  EXPECT_EQ(refused["id"], "m32");
  thread.run([&] { store.release(); });
  EXPECT_EQ(client.next_of("ack")["id"], "m0");
}

}  // namespace
}  // namespace svar::tests
