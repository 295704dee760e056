// The happy paths of the socket: what a citizen's browser relies on.
#include "tests/connectors/chat_fixture.h"

namespace svar::tests {
namespace {

using ChatSocket = ChatTest;

TEST_F(ChatSocket, WelcomesWithTheNoticeAndStoresNothing) {
  start();
  auto client = connect();
  const json welcome = client.hello({{"page", {{"url", "https://a.no/x?q=1#f"}, {"title", "T"}}}});
  EXPECT_EQ(welcome["type"], "welcome");
  EXPECT_EQ(welcome["seq"], 0);
  EXPECT_EQ(welcome["language"], "nn");
  EXPECT_EQ(welcome["owner"], "bot");
  EXPECT_EQ(welcome["agents"], "closed");
  EXPECT_EQ(welcome["site"]["name"], "Osterøy");
  EXPECT_EQ(welcome["site"]["colour"], "#7a1f2b");
  EXPECT_EQ(welcome["notice"]["controller"], "Osterøy kommune");
  EXPECT_EQ(welcome["notice"]["days"], 30);
  EXPECT_EQ(welcome["notice"]["version"], "2");
  EXPECT_TRUE(log().empty());
}

TEST_F(ChatSocket, AcknowledgesBeforeTheBotsAnswer) {
  start();
  auto client = connect();
  client.hello();
  const json ack = client.say("m1", "når vert bosset tømt");
  EXPECT_EQ(ack["type"], "ack");
  EXPECT_EQ(ack["id"], "m1");
  EXPECT_FALSE(ack.contains("text"));
  const json event = client.next();
  EXPECT_EQ(event["type"], "event");
  EXPECT_EQ(event["from"], "bot");
  EXPECT_EQ(event["kind"], "message");
  EXPECT_EQ(event["reply_to"], "m1");
  EXPECT_EQ(event["text"], "svar: når vert bosset tømt");
  EXPECT_EQ(event["article"], "boss.tommekalender");
  EXPECT_EQ(event["municipality"]["name"], "Osterøy");
  EXPECT_EQ(event["at"], "2026-11-24T11:00:00.000Z");
  EXPECT_GT(event["seq"].get<int>(), ack["seq"].get<int>());
}

TEST_F(ChatSocket, AcknowledgesOnlyWhatIsDurable) {
  start();
  auto client = connect();
  client.hello();
  thread.run([&] { store.hold(); });
  client.send({{"type", "say"}, {"id", "m1"}, {"text", "hei"}});
  client.send({{"type", "ping"}});
  EXPECT_EQ(client.next()["type"], "pong");  // and no acknowledgement before it
  thread.run([&] { store.release(); });
  EXPECT_EQ(client.next()["type"], "ack");
  EXPECT_EQ(client.next()["type"], "event");
}

TEST_F(ChatSocket, StoresARepetitionWhileTheFirstIsPendingOnce) {
  start();
  auto client = connect();
  client.hello();
  thread.run([&] { store.hold(); });
  for (int i = 0; i < 2; ++i) client.send({{"type", "say"}, {"id", "m1"}, {"text", "hei"}});
  client.send({{"type", "ping"}});
  EXPECT_EQ(client.next()["type"], "pong");
  thread.run([&] { store.release(); });
  std::vector<json> acks;
  int events = 0;
  while (acks.size() < 2) {
    const json frame = client.next();
    if (frame["type"] == "ack") acks.push_back(frame);
    if (frame["type"] == "event") ++events;
  }
  EXPECT_EQ(acks[0]["seq"], acks[1]["seq"]);
  client.send({{"type", "ping"}});
  EXPECT_EQ(client.next()["type"], "pong");
  EXPECT_EQ(events, 1);
  int spoken = 0;
  for (const auto& logged : log())
    spoken += std::holds_alternative<CitizenSpoke>(logged.recorded.event);
  EXPECT_EQ(spoken, 1);
}

TEST_F(ChatSocket, AcknowledgesARepetitionLaterWithTheFirstSeq) {
  start();
  auto client = connect();
  client.hello();
  const json first = client.say("m1", "hei");
  client.next_of("event");
  const json again = client.say("m1", "hei");
  EXPECT_EQ(again["type"], "ack");
  EXPECT_EQ(again["seq"], first["seq"]);
}

TEST_F(ChatSocket, TellsWhatWasStoredWhenItIsMasked) {
  start();
  auto client = connect();
  client.hello();
  const json ack = client.say("m1", "eg er 01010112377 og lurer");
  ASSERT_TRUE(ack.contains("text"));
  EXPECT_EQ(ack["text"].get<std::string>().find("01010112377"), std::string::npos);
}

TEST_F(ChatSocket, GivesExactlyTheRestWhenResumed) {
  start();
  auto client = connect();
  const json welcome = client.hello();
  client.say("m1", "ein");
  const json read = client.next_of("event");
  client.say("m2", "to");
  const json missed = client.next_of("event");
  auto again = connect();
  const json back = again.hello({{"resume",
                                  {{"conversation", welcome["conversation"]},
                                   {"token", welcome["token"]},
                                   {"after", read["seq"]}}}});
  EXPECT_EQ(back["type"], "welcome");
  EXPECT_EQ(back["conversation"], welcome["conversation"]);
  EXPECT_EQ(back["seq"], missed["seq"]);
  const json own = again.next();
  EXPECT_EQ(own["from"], "citizen");
  EXPECT_EQ(own["id"], "m2");
  EXPECT_EQ(own["text"], "to");
  EXPECT_EQ(again.next(), missed);
  again.send({{"type", "ping"}});
  EXPECT_EQ(again.next()["type"], "pong");
}

TEST_F(ChatSocket, ResumesWhatWasNeverStored) {
  start();
  auto client = connect();
  const json welcome = client.hello();
  auto again = connect();
  const json back = again.hello(
      {{"resume",
        {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}, {"after", 0}}}});
  EXPECT_EQ(back["type"], "welcome");
  EXPECT_EQ(again.say("m1", "hei")["type"], "ack");
}

TEST_F(ChatSocket, ReplaysALongConversationToAReaderThatKeepsReading) {
  start();
  auto client = connect();
  const json welcome = client.hello();
  constexpr int kTurns = 150;
  for (int i = 0; i < kTurns; ++i) {
    client.say("m" + std::to_string(i), std::string(3000, 'a'));
    client.next_of("event");
  }
  auto again = connect();
  const json back = again.hello(
      {{"resume",
        {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}, {"after", 0}}}});
  int last = 0;
  for (int i = 0; i < 2 * kTurns; ++i) {
    const json event = again.next();
    ASSERT_EQ(event["type"], "event") << i << " " << event;
    ASSERT_GT(event["seq"].get<int>(), last);
    last = event["seq"];
  }
  EXPECT_EQ(last, back["seq"].get<int>());
}

TEST_F(ChatSocket, ShowsTheOtherSocketsTheCitizensMessage) {
  start();
  auto one = connect();
  const json welcome = one.hello();
  one.say("m1", "hei");
  auto two = connect();
  two.hello(
      {{"resume",
        {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}, {"after", 99}}}});
  one.next_of("event");
  one.say("m2", "igjen");
  const json own = two.next_of("event");
  EXPECT_EQ(own["from"], "citizen");
  EXPECT_EQ(own["id"], "m2");
  const json answer = two.next_of("event");
  EXPECT_EQ(answer["reply_to"], "m2");
  EXPECT_EQ(one.next_of("event"), answer);
}

TEST_F(ChatSocket, OffersChoicesAndTakesOneOfThem) {
  start();
  auto client = connect();
  client.hello();
  client.say("m1", "kva");
  const json offer = client.next_of("event");
  EXPECT_EQ(offer["choices"][0]["id"], "article:boss.tommekalender");
  client.send({{"type", "choose"}, {"id", "m2"}, {"choice", "article:boss.tommekalender"}});
  EXPECT_EQ(client.next()["id"], "m2");
  EXPECT_EQ(client.next()["text"], "val: article:boss.tommekalender");
  client.send({{"type", "choose"}, {"id", "m3"}, {"choice", "article:other"}});
  const json refused = client.next();
  EXPECT_EQ(refused["code"], "not_offered");
  EXPECT_EQ(refused["id"], "m3");
}

TEST_F(ChatSocket, CarriesAConversationWithAPerson) {
  start();
  auto client = connect();
  const std::string conversation = client.hello()["conversation"];
  client.say("m1", "hei");
  client.next_of("event");
  client.send({{"type", "human"}, {"id", "h1"}});
  EXPECT_EQ(client.next()["type"], "ack");
  EXPECT_EQ(client.next()["kind"], "handoff");
  const json place = client.next();
  EXPECT_EQ(place["type"], "place");
  EXPECT_EQ(place["waiting"], 2);
  EXPECT_EQ(place["minutes"], json({3, 6}));
  thread.run([&] { chat->place_changed(number(conversation), {1, std::nullopt}); });
  EXPECT_EQ(client.next(), json({{"type", "place"}, {"waiting", 1}, {"minutes", nullptr}}));

  const AgentId kari{"kari"};
  agent(conversation, AgentTakes{kari, "Kari"});
  const json joined = client.next();
  EXPECT_EQ(joined["kind"], "joined");
  EXPECT_EQ(joined["name"], "Kari");
  thread.run([&] { typing.typing(number(conversation), service::TypingFrom::agent); });
  EXPECT_EQ(client.next(), json({{"type", "typing"}, {"from", "agent"}}));
  agent(conversation, AgentSays{kari, "Kari", ClientId{"a1"}, "Hei frå Kari"});
  const json spoke = client.next();
  EXPECT_EQ(spoke["from"], "agent");
  EXPECT_EQ(spoke["text"], "Hei frå Kari");
  EXPECT_EQ(spoke["name"], "Kari");
  EXPECT_EQ(client.say("m2", "takk")["type"], "ack");
  agent(conversation, AgentHandsBack{kari, ClientId{"a2"}});
  EXPECT_EQ(client.next()["kind"], "left");
}

class TypingSeen : public service::TypingListener {
 public:
  void typing(ConversationId, service::TypingFrom from) override {
    if (from == service::TypingFrom::citizen) ++count;
  }
  int count = 0;
};

TEST_F(ChatSocket, TellsTheDeskOfTypingAtMostOnceASecond) {
  start();
  TypingSeen seen;
  thread.run([&] { typing.add_listener(seen); });
  auto client = connect();
  client.hello();
  for (int i = 0; i < 5; ++i) client.send({{"type", "typing"}});
  client.send({{"type", "seen"}, {"seq", 3}});
  client.send({{"type", "ping"}});
  EXPECT_EQ(client.next()["type"], "pong");
  EXPECT_EQ(thread.run([&] { return seen.count; }), 1);
  thread.run([&] { typing.remove_listener(seen); });
}

TEST_F(ChatSocket, DeletesForEverySocketAndRefusesTheTokenAfterwards) {
  start();
  auto one = connect();
  const json welcome = one.hello();
  one.say("m1", "slett meg");
  one.next_of("event");
  const json resume = {
      {"resume",
       {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}, {"after", 99}}}};
  auto two = connect();
  two.hello(resume);
  one.send({{"type", "delete"}, {"id", "d1"}});
  EXPECT_EQ(one.next()["type"], "ack");
  EXPECT_EQ(one.next()["kind"], "erased");
  EXPECT_EQ(one.next(), json({{"type", "end"}, {"code", 1000}}));
  EXPECT_EQ(two.next_of("event")["kind"], "erased");
  EXPECT_EQ(two.next(), json({{"type", "end"}, {"code", 1000}}));
  auto three = connect();
  EXPECT_EQ(three.hello(resume)["code"], "bad_token");
  EXPECT_EQ(three.next()["code"], 1008);
}

TEST_F(ChatSocket, OpensNothingForWhoeverHeldAConversationThatWasRemovedWhole) {
  start();
  auto client = connect();
  const json welcome = client.hello();
  const auto resume_after = [&](int seq) {
    return json{
        {"resume",
         {{"conversation", welcome["conversation"]}, {"token", welcome["token"]}, {"after", seq}}}};
  };
  EXPECT_EQ(connect().hello(resume_after(0))["type"], "welcome") << "nothing was said yet";
  EXPECT_EQ(connect().hello(resume_after(7))["code"], "bad_token");
}

TEST_F(ChatSocket, DeletesWhatWasNeverStored) {
  start();
  auto client = connect();
  client.hello();
  client.send({{"type", "delete"}, {"id", "d1"}});
  EXPECT_EQ(client.next(), json({{"type", "ack"}, {"id", "d1"}, {"seq", 0}}));
  EXPECT_EQ(client.next()["code"], 1000);
  EXPECT_TRUE(log().empty());
}

TEST_F(ChatSocket, ClosesRatesAndGoesOn) {
  start();
  auto client = connect();
  client.hello();
  client.say("m1", "hei");
  client.next_of("event");
  client.send({{"type", "rate"}, {"id", "r1"}, {"score", 5}});
  EXPECT_EQ(client.next()["id"], "r1");
  client.send({{"type", "close"}, {"id", "c1"}});
  EXPECT_EQ(client.next()["id"], "c1");
  EXPECT_EQ(client.next()["kind"], "closed");
  EXPECT_EQ(client.say("m2", "likevel")["type"], "ack");
  EXPECT_EQ(client.next()["kind"], "reopened");
  EXPECT_EQ(client.next()["from"], "bot");
}

TEST_F(ChatSocket, MovesToAnotherDeviceByACodeThatWorksOnce) {
  start();
  auto one = connect();
  const json welcome = one.hello();
  one.say("m1", "hei");
  one.next_of("event");
  one.send({{"type", "code"}, {"id", "k1"}});
  const json code = one.next();
  EXPECT_EQ(code["type"], "code");
  EXPECT_EQ(code["expires"], "2026-11-24T11:15:00.000Z");
  auto two = connect();
  const json back = two.hello({{"resume", {{"code", code["code"]}}}});
  EXPECT_EQ(back["conversation"], welcome["conversation"]);
  EXPECT_EQ(two.next()["id"], "m1");
  auto three = connect();
  EXPECT_EQ(three.hello({{"resume", {{"code", code["code"]}}}})["code"], "bad_code");
  EXPECT_EQ(three.next()["code"], 1008);
}

TEST_F(ChatSocket, ClosesSocketsWhenTheServerStops) {
  start();
  auto client = connect();
  client.hello();
  std::promise<void> stopped;
  thread.run([&] {
    chat->stop();
    server->stop(std::chrono::seconds{20}, 1001, [&] { stopped.set_value(); });
  });
  EXPECT_EQ(client.next(), json({{"type", "end"}, {"code", 1001}}));
}

}  // namespace
}  // namespace svar::tests
