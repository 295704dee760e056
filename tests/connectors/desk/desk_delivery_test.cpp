#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using namespace std::chrono_literals;
using fakes::json;
using service::DeliveryState;

const ConversationId kOne{101};

// Kari has a conversation with somebody on Messenger, which takes a person's answer for seven days.
class DeskDelivery : public fakes::DeskClient {
 protected:
  DeskDelivery() {
    delivery.attached = {{"messenger", SiteId{"osteroy"}, {24h, 168h}, ""},
                         {"telegram", SiteId{"gulen"}, {}, ""}};
    world.channel = "messenger";
    world.citizen_waits(kOne);
    world.take(fakes::agent("kari"), kOne);
    log_in("kari");
  }
  fakes::Screen watching() {
    auto screen = open_screen();
    screen.send({{"type", "watch"}, {"conversation", "101"}, {"after", 0}});
    world.executor.run();
    connector->sweep();
    return screen;
  }
  net::Response again(int seq, int even_if_twice = 0) {
    return post(at(101, "send-again"), json{{"seq", seq}, {"even_if_twice", even_if_twice}}.dump());
  }
  net::Response say(const std::string& id) {
    return post(at(101, "say"), json{{"id", id}, {"text", "hei"}}.dump());
  }
};

TEST_F(DeskDelivery, AScreenIsToldHowFarMessagesHaveComeAndThenWhatChanges) {
  delivery.say(kOne, 2, 0, DeliveryState::sent);
  delivery.say(kOne, 4, 0, DeliveryState::pending);
  const auto screen = watching();
  auto told = screen.socket->of_type("delivery");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.at(0)["conversation"], "101");
  EXPECT_EQ(
      told.at(0)["messages"],
      json::parse(R"([{"seq":2,"state":"sent","why":""},{"seq":4,"state":"pending","why":""}])"));
  delivery.say(kOne, 4, 0, DeliveryState::failed, "131026");
  connector->sweep();
  connector->sweep();
  told = screen.socket->of_type("delivery");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told.at(1)["messages"], json::parse(R"([{"seq":4,"state":"failed","why":"131026"}])"));
}

TEST_F(DeskDelivery, AMessageInPartsHasComeAsFarAsTheLeastOfThem) {
  delivery.say(kOne, 2, 0, DeliveryState::read);
  delivery.say(kOne, 2, 1, DeliveryState::delivered);
  delivery.say(kOne, 3, 0, DeliveryState::failed, "100");
  delivery.say(kOne, 3, 1, DeliveryState::uncertain, "timeout");
  const auto screen = watching();
  const auto messages = screen.socket->of_type("delivery").at(0)["messages"];
  EXPECT_EQ(messages.at(0)["state"], "delivered");
  EXPECT_EQ(messages.at(1)["state"], "uncertain");
  EXPECT_EQ(messages.at(1)["why"], "timeout");
}

TEST_F(DeskDelivery, AScreenThatWatchesNothingOfItIsToldNothing) {
  auto screen = watching();
  screen.send({{"type", "unwatch"}, {"conversation", "101"}});
  delivery.say(kOne, 2, 0, DeliveryState::sent);
  connector->sweep();
  cookie.clear();
  log_in("gudrun");
  auto foreign = watching();
  connector->sweep();
  EXPECT_TRUE(screen.socket->of_type("delivery").empty());
  EXPECT_TRUE(foreign.socket->of_type("delivery").empty());
}

TEST_F(DeskDelivery, AConversationOfTheWebChatCostsTheStoreNothing) {
  world.channel = "webchat";
  world.citizen_waits({102});
  auto screen = open_screen();
  screen.send({{"type", "watch"}, {"conversation", "102"}, {"after", 0}});
  world.executor.run();
  delivery.heard_by->delivery_changed(std::nullopt);
  connector->sweep();
  EXPECT_EQ(delivery.looks, 0);
}

TEST_F(DeskDelivery, WhatFailedIsSentAgainAndTheAuditLogKnowsWhoAsked) {
  delivery.say(kOne, 4, 0, DeliveryState::failed, "100");
  EXPECT_EQ(again(4).status, 204);
  ASSERT_EQ(delivery.again.size(), 1U);
  EXPECT_EQ(delivery.again.at(0), std::pair(kOne, Seq{4}));
  const auto& entry = audit_store.entries.back();
  EXPECT_EQ(entry.kind, service::AuditKind::sent_again);
  EXPECT_EQ(entry.who, AgentId{"kari"});
  EXPECT_EQ(entry.conversation, kOne);
  EXPECT_EQ(entry.why, "failed");
}

TEST_F(DeskDelivery, WhatMayHaveArrivedIsSentAgainOnlyByWhoeverKnowsThat) {
  delivery.say(kOne, 4, 0, DeliveryState::uncertain, "timeout");
  const auto refused = again(4);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(error_code(refused), "may_arrive_twice");
  EXPECT_TRUE(delivery.again.empty());
  EXPECT_EQ(again(4, 1).status, 204);
  EXPECT_EQ(delivery.again.size(), 1U);
}

TEST_F(DeskDelivery, WhatIsOnItsWayOrThereIsNotSentAgain) {
  delivery.say(kOne, 2, 0, DeliveryState::sent);
  delivery.say(kOne, 4, 0, DeliveryState::pending);
  for (const int seq : {2, 4, 99}) EXPECT_EQ(error_code(again(seq)), "nothing_failed") << seq;
  EXPECT_TRUE(delivery.again.empty());
}

TEST_F(DeskDelivery, OnlyWhoeverHoldsItMaySendAgainAndAfterItsEndAColleague) {
  delivery.say(kOne, 4, 0, DeliveryState::failed, "100");
  log_in("ola");
  const auto refused = again(4);
  EXPECT_EQ(error_code(refused), "not_yours");
  EXPECT_EQ(json::parse(refused.body)["error"]["held_by"]["name"], "kari");
  log_in("gudrun");
  EXPECT_EQ(again(4).status, 404);
  EXPECT_TRUE(delivery.again.empty());
  world.close(fakes::agent("kari"), kOne);
  log_in("ola");
  EXPECT_EQ(again(4).status, 204);
}

TEST_F(DeskDelivery, ABodyThatIsNotWholeIsRefused) {
  for (const char* body : {"{}", R"({"seq":0})", R"({"seq":"4"})", R"({"seq":4,"even_if_twice":2})",
                           R"({"seq":4,"municipality":"gulen"})"})
    EXPECT_EQ(post(at(101, "send-again"), body).status, 400) << body;
}

TEST_F(DeskDelivery, NothingIsSentAgainWhenTheStoreFails) {
  delivery.say(kOne, 4, 0, DeliveryState::failed, "100");
  delivery.is_failing = true;
  EXPECT_EQ(again(4).status, 503);
  EXPECT_TRUE(delivery.again.empty());
}

TEST_F(DeskDelivery, TheCardSaysUntilWhenAPersonMayAnswer) {
  const auto card = json::parse(get(at(101)).body)["card"];
  EXPECT_EQ(card["reply_until"], "2026-11-30T09:00:00.000Z");
  EXPECT_EQ(open_screen().socket->of_type("overview").at(0)["mine"][0]["reply_until"],
            card["reply_until"]);
}

TEST_F(DeskDelivery, ThereIsNoSuchTimeOnTheWebChatOrWhereThePlatformHasNone) {
  world.channel = "webchat";
  world.citizen_waits({102});
  world.channel = "telegram";
  world.citizen_waits({103}, "gulen");
  EXPECT_TRUE(json::parse(get(at(102)).body)["card"]["reply_until"].is_null());
  EXPECT_TRUE(json::parse(get(at(103)).body)["card"]["reply_until"].is_null());
}

TEST_F(DeskDelivery, AfterTheWindowTheServerRefusesUntilTheCitizenWritesAgain) {
  world.clock.advance(168h);
  log_in("kari");
  EXPECT_EQ(say("m1").status, 200);
  world.clock.advance(1ms);
  const auto refused = say("m2");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(error_code(refused), "reply_window_closed");
  delivery.say(kOne, 4, 0, DeliveryState::failed, "100");
  EXPECT_EQ(error_code(again(4)), "reply_window_closed");
  world.citizen_says(kOne, "er du der?");
  EXPECT_EQ(say("m3").status, 200);
}

TEST_F(DeskDelivery, AStoppedAccountIsToldToThoseWhoServeItsMunicipalityAndThatItGoesAgain) {
  auto kari = open_screen();
  cookie.clear();  // another browser
  log_in("gudrun");
  auto gudrun = open_screen();
  delivery.attached.at(0).stopped_by = "190";
  delivery.heard_by->channels_changed();
  EXPECT_EQ(kari.socket->of_type("channels").at(0)["stopped"][0]["channel"], "messenger");
  EXPECT_EQ(kari.socket->of_type("channels").at(0)["stopped"][0]["municipality"]["name"],
            "Osterøy");
  EXPECT_TRUE(gudrun.socket->of_type("channels").at(0)["stopped"].empty());
  cookie.clear();
  log_in("ola");
  EXPECT_EQ(open_screen().socket->of_type("channels").size(), 1U);
  delivery.attached.at(0).stopped_by = "";
  delivery.heard_by->channels_changed();
  EXPECT_TRUE(kari.socket->of_type("channels").at(1)["stopped"].empty());
}

}  // namespace
}  // namespace svar::desk
