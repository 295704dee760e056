#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using namespace std::chrono_literals;
using fakes::json;

const ConversationId kOne{101}, kTwo{102};

class DeskSocketTest : public fakes::DeskClient {
 protected:
  json watch(int conversation, int after) {
    return {{"type", "watch"}, {"conversation", std::to_string(conversation)}, {"after", after}};
  }
};

TEST_F(DeskSocketTest, BeginsWithTheOverviewInTheQueuesOrder) {
  world.citizen_waits(kOne);
  world.clock.advance(1min);
  world.citizen_waits(kTwo);
  world.citizen_says(kTwo, "brann");
  world.citizen_waits({103});
  world.take(fakes::agent("kari"), {103});
  world.citizen_waits({104});
  world.take(fakes::agent("ola"), {104});
  log_in("kari");
  const auto screen = open_screen();
  const auto& overview = screen.socket->frames.at(0);
  EXPECT_EQ(overview["type"], "overview");
  EXPECT_EQ(overview["waiting"][0]["id"], "102");
  EXPECT_EQ(overview["waiting"][0]["safety"], "fire");
  EXPECT_EQ(overview["waiting"][1]["id"], "101");
  EXPECT_EQ(overview["mine"][0]["id"], "103");
  EXPECT_EQ(overview["others"][0]["id"], "104");
  EXPECT_EQ(overview["now"], "2026-11-23T09:01:00.000Z");
}

TEST_F(DeskSocketTest, OnlyTheDesksOwnPagesMayOpenOne) {
  const auto status = [&](const net::Request& from) {
    const auto upgraded = upgrade(from);
    const auto* refused = std::get_if<net::Response>(&upgraded);
    return refused ? refused->status : 101;
  };
  EXPECT_EQ(status(request("GET", "/desk/v1/socket")), 401);
  log_in("kari");
  EXPECT_EQ(status(request("GET", "/desk/v1/socket")), 101);
  for (const char* origin : {"", "null", "http://evil.example", "https://127.0.0.1:8080"}) {
    auto from = request("GET", "/desk/v1/socket");
    for (auto& [name, value] : from.headers) {
      if (name == "origin") value = origin;
    }
    EXPECT_EQ(status(from), 403) << origin;
  }
  log_in("eva");
  EXPECT_EQ(status(request("GET", "/desk/v1/socket")), 403);
}

TEST_F(DeskSocketTest, ShowsChangesAsTheyHappen) {
  log_in("kari");
  const auto screen = open_screen();
  world.citizen_waits(kOne);
  ASSERT_EQ(screen.socket->of_type("card").size(), 1u);
  EXPECT_EQ(screen.socket->of_type("card")[0]["card"]["owner"], "queue");
  world.take(fakes::agent("ola"), kOne);
  EXPECT_EQ(screen.socket->of_type("card").back()["card"]["agent"]["name"], "ola");
  world.hand_back(fakes::agent("ola"), kOne);
  EXPECT_EQ(screen.socket->of_type("gone").at(0)["id"], "101");
}

TEST_F(DeskSocketTest, ShowsNothingOfForeignMunicipalities) {
  log_in("gudrun");
  auto screen = open_screen();
  world.citizen_waits(kOne);
  screen.send(watch(101, 0));
  world.executor.run();
  world.citizen_says(kOne, "hallo");
  world.typing.typing(kOne, service::TypingFrom::citizen);
  world.take(fakes::agent("ola"), kOne);
  world.close(fakes::agent("ola"), kOne);
  for (const auto& frame : screen.socket->frames) {
    const bool is_own =
        frame["type"] == "overview" || frame["type"] == "gone" || frame["type"] == "team";
    EXPECT_TRUE(is_own) << frame;
  }
  world.citizen_waits(kTwo, "gulen");
  EXPECT_EQ(screen.socket->of_type("card").size(), 1u);
}

TEST_F(DeskSocketTest, AConversationTheAgentLosesTheRightToLeavesTheScreen) {
  log_in("kari");
  const auto screen = open_screen();
  world.citizen_waits(kOne, "felles");
  ASSERT_EQ(screen.socket->of_type("card").size(), 1u);
  auto moved = *people->account(AgentId{"kari"});
  moved.rights = fakes::agent_of({MunicipalityId{"gulen"}});
  people->save(moved, [](auto) {});
  world.executor.run();
  world.citizen_says(kOne, "hallo");
  EXPECT_EQ(screen.socket->of_type("card").size(), 1u);
  EXPECT_EQ(screen.socket->of_type("gone").size(), 1u);
}

TEST_F(DeskSocketTest, AWatchGivesWhatWasMissedThenWhatIsNew) {
  world.citizen_waits(kOne);
  log_in("kari");
  auto screen = open_screen();
  screen.send(watch(101, 2));
  world.executor.run();
  const auto last = world.view->card(fakes::agent("kari"), kOne)->seq.value;
  ASSERT_EQ(screen.socket->of_type("event").size(), static_cast<std::size_t>(last - 2));
  world.citizen_says(kOne, "er det nokon der");
  std::vector<int> seqs;
  for (const auto& frame : screen.socket->of_type("event")) seqs.push_back(frame["event"]["seq"]);
  for (std::size_t i = 0; i < seqs.size(); ++i) EXPECT_EQ(seqs[i], static_cast<int>(i) + 3);
  EXPECT_EQ(seqs.back(), last + 1);
  screen.send({{"type", "unwatch"}, {"conversation", "101"}});
  world.citizen_says(kOne, "hallo");
  EXPECT_EQ(screen.socket->of_type("event").size(), seqs.size());
}

TEST_F(DeskSocketTest, ALongTranscriptIsSentAsFastAsItIsRead) {
  world.citizen_waits(kOne);
  world.take(fakes::agent("kari"), kOne);
  for (int i = 0; i < 100; ++i) world.citizen_says(kOne, "linje " + std::to_string(i));
  log_in("kari");
  auto screen = open_screen();
  screen.socket->room_left = 40;
  screen.send(watch(101, 0));
  world.executor.run();
  EXPECT_EQ(screen.socket->of_type("event").size(), 40u);
  world.citizen_says(kOne, "endå ei");
  for (int i = 0; i < 5; ++i) {
    screen.socket->room_left = 40;
    screen.handler->drained();
    world.executor.run();
  }
  const auto events = screen.socket->of_type("event");
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i]["event"]["seq"], i + 1);
  EXPECT_EQ(events.back()["event"]["text"], "endå ei");
}

TEST_F(DeskSocketTest, AScreenThatReadsSlowlyGetsTheLatestOfEachConversationWhenItHasRead) {
  world.citizen_waits(kOne);
  log_in("kari");
  const auto screen = open_screen();
  screen.socket->room_left = 1;
  for (const char* words : {"hallo", "er det nokon der", "no hastar det"}) {
    world.citizen_says(kOne, words);
  }
  world.citizen_waits(kTwo);
  EXPECT_EQ(screen.socket->of_type("card").size(), 1u);
  screen.socket->room_left = 1'000;
  screen.handler->drained();
  const auto cards = screen.socket->of_type("card");
  ASSERT_EQ(cards.size(), 3u) << "one more of each";
  EXPECT_EQ(cards[1]["card"]["preview"], "no hastar det");
  EXPECT_EQ(cards[2]["card"]["id"], "102");
  EXPECT_FALSE(screen.socket->closed_with);
}

TEST_F(DeskSocketTest, WhatLeftTheDeskWhileTheScreenDidNotReadIsTakenOffIt) {
  world.citizen_waits(kOne);
  world.take(fakes::agent("ola"), kOne);
  log_in("kari");
  const auto screen = open_screen();
  screen.socket->room_left = 0;
  world.citizen_says(kOne, "hallo");
  world.close(fakes::agent("ola"), kOne);
  screen.socket->room_left = 1'000;
  screen.handler->drained();
  EXPECT_EQ(screen.socket->of_type("card").size(), 0u);
  ASSERT_EQ(screen.socket->of_type("gone").size(), 1u);
  EXPECT_EQ(screen.socket->of_type("gone")[0]["id"], "101");
}

TEST_F(DeskSocketTest, ShowsThatTheCitizenWritesWhereItIsOpen) {
  world.citizen_waits(kOne);
  log_in("kari");
  auto screen = open_screen();
  world.typing.typing(kOne, service::TypingFrom::citizen);
  EXPECT_TRUE(screen.socket->of_type("typing").empty());
  screen.send(watch(101, 0));
  world.typing.typing(kOne, service::TypingFrom::citizen);
  EXPECT_EQ(screen.socket->of_type("typing").at(0)["conversation"], "101");
}

TEST_F(DeskSocketTest, TheAgentsTypingIsPassedOnAtMostOnceASecond) {
  struct Ear : service::TypingListener {
    void typing(ConversationId, service::TypingFrom from) override {
      heard += from == service::TypingFrom::agent;
    }
    int heard = 0;
  } ear;
  world.typing.add_listener(ear);
  world.citizen_waits(kOne);
  world.take(fakes::agent("kari"), kOne);
  log_in("kari");
  auto screen = open_screen();
  screen.send(watch(101, 0));
  const json typing = {{"type", "typing"}, {"conversation", "101"}};
  for (int i = 0; i < 10; ++i) screen.send(typing);
  EXPECT_EQ(ear.heard, 1);
  world.clock.advance(1s);
  screen.send(typing);
  EXPECT_EQ(ear.heard, 2);
  world.clock.jump(-1h);
  world.clock.advance(1s);
  screen.send(typing);
  EXPECT_EQ(ear.heard, 3) << "whatever the wall clock says";
}

TEST_F(DeskSocketTest, ASessionThatEndsElsewhereEndsTheSocket) {
  log_in("kari");
  const auto screen = open_screen();
  post("/desk/v1/logout");
  EXPECT_EQ(screen.socket->frames.back()["type"], "signed_out");
  EXPECT_EQ(screen.socket->closed_with, 1008);
  const auto frames = screen.socket->frames.size();
  world.citizen_waits(kOne);
  EXPECT_EQ(screen.socket->frames.size(), frames);
}

TEST_F(DeskSocketTest, ARemovedAgentIsGoneAtTheNextSweepOrFrame) {
  log_in("kari");
  auto by_sweep = open_screen();
  log_in("ola");
  auto by_frame = open_screen();
  people->remove(AgentId{"kari"}, [](auto) {});
  people->remove(AgentId{"ola"}, [](auto) {});
  by_frame.send({{"type", "ping"}});
  EXPECT_TRUE(by_frame.socket->of_type("pong").empty());
  EXPECT_EQ(by_frame.socket->of_type("signed_out").size(), 1u);
  connector->sweep();
  EXPECT_EQ(by_sweep.socket->closed_with, 1008);
}

TEST_F(DeskSocketTest, AnOpenScreenKeepsTheSessionAliveButNotForEver) {
  log_in("kari");
  auto screen = open_screen();
  for (auto passed = 0min; passed < 12h - 1min; passed += 1min) {
    world.clock.advance(1min);
    connector->sweep();
    ASSERT_FALSE(screen.socket->closed_with) << passed.count();
  }
  world.clock.advance(1min);
  connector->sweep();
  EXPECT_EQ(screen.socket->closed_with, 1008);
}

TEST_F(DeskSocketTest, NonsenseIsAnsweredAndChangesNothing) {
  log_in("kari");
  auto screen = open_screen();
  const std::string deep(4'000, '[');
  const std::vector<std::string> nonsense = {"",
                                             "x",
                                             "[]",
                                             "{}",
                                             deep,
                                             R"({"type":"watch"})",
                                             R"({"type":"nope","conversation":"1"})",
                                             R"({"type":"watch","conversation":1,"after":0})",
                                             R"({"type":"watch","conversation":"1x","after":0})",
                                             R"({"type":"watch","conversation":"1","after":-1})",
                                             R"({"type":"ping","extra":true})"};
  for (const auto& frame : nonsense) screen.handler->received(frame);
  EXPECT_EQ(screen.socket->of_type("error").size(), nonsense.size());
  screen.send({{"type", "ping"}});
  EXPECT_EQ(screen.socket->of_type("pong").size(), 1u);
}

TEST_F(DeskSocketTest, AFloodIsClosed) {
  log_in("kari");
  auto screen = open_screen();
  for (int i = 0; i < 201; ++i) screen.send({{"type", "ping"}});
  EXPECT_EQ(screen.socket->closed_with, 1008);
}

TEST_F(DeskSocketTest, AnErasedConversationIsTakenOffTheScreen) {
  world.citizen_waits(kOne);
  log_in("kari");
  auto screen = open_screen();
  screen.send(watch(101, 0));
  world.executor.run();
  world.submit(kOne, CitizenDeletes{world.next_id()});
  EXPECT_EQ(screen.socket->of_type("event").back()["event"]["kind"], "erased");
  EXPECT_EQ(screen.socket->of_type("gone").size(), 1u);
}

TEST_F(DeskSocketTest, AScreenThatClosesWhileItsEventsAreReadIsForgotten) {
  world.citizen_waits(kOne);
  log_in("kari");
  auto screen = open_screen();
  screen.send(watch(101, 0));
  screen.handler->closed();
  screen.handler.reset();
  world.executor.run();
  world.citizen_says(kOne, "hallo");
  EXPECT_TRUE(screen.socket->of_type("event").empty());
}

}  // namespace
}  // namespace svar::desk
