#include "bot/service/delivery/outgoing.h"
#include "tests/service/delivery/messaging_fixture.h"

namespace svar::service {
namespace {

using Words = std::vector<std::string>;
using Kind = SendOutcome::Kind;
using std::chrono::seconds;

TEST_F(MessagingTest, ARefusedPartIsTriedAgainInOrderAndLaterEachTime) {
  channel.script = {{Kind::retry, {}, {}, "busy"}, {Kind::retry, {}, {}, "busy"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  pass(seconds{1});
  EXPECT_EQ(channel.requests.size(), 2U);
  pass(seconds{1});
  EXPECT_EQ(channel.requests.size(), 2U);
  pass(seconds{2});
  ASSERT_TRUE(sent(4) && idle());
  EXPECT_EQ(channel.bodies(),
            (Words{"channel_notice", "channel_notice", "channel_notice", "svar: boss"}));
}

TEST_F(MessagingTest, ThePlatformsOwnPauseIsKept) {
  channel.script = {{Kind::retry, {}, seconds{30}, "throttled"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  pass(seconds{28});
  EXPECT_EQ(channel.requests.size(), 1U);
  pass(seconds{3});
  EXPECT_TRUE(sent(3) && idle());
}

TEST_F(MessagingTest, OneConversationThatWaitsBlocksNoOther) {
  channel.script = {{Kind::retry, {}, seconds{600}, "this user only"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  ASSERT_TRUE(is_taken({said("ola", "m:2", "skule")}));
  ASSERT_TRUE(sent(3));
  EXPECT_EQ(channel.requests.at(1).address, "ola");
  EXPECT_EQ(channel.requests.at(2).address, "ola");
}

TEST_F(MessagingTest, AReceiverThatIsDownForHalfAnHourMissesNothing) {
  for (int call = 0; call < 400; ++call)
    channel.script.push_back({Kind::retry, {}, {}, "unreachable"});
  ASSERT_TRUE(is_taken({said("kari", "m:1", "ein")}));
  ASSERT_TRUE(sent(1));
  ASSERT_TRUE(is_taken({said("kari", "m:2", "to"), said("kari", "m:3", "tre")}));
  pass(seconds{1'800});
  const std::size_t attempts = channel.requests.size();
  EXPECT_GT(attempts, 30U);
  EXPECT_LT(attempts, 60U);
  channel.script.clear();
  pass(seconds{61});
  ASSERT_TRUE(idle());
  Words after = channel.bodies();
  after.erase(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(attempts));
  EXPECT_EQ(after, (Words{"channel_notice", "svar: ein", "svar: to", "svar: tre"}));
}

TEST_F(MessagingTest, WhatIsUncertainIsNeverRepeatedUntilAPersonSaysSo) {
  channel.script = {{Kind::uncertain, {}, {}, "timeout"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(2) && idle());
  pass(seconds{120});
  EXPECT_EQ(channel.requests.size(), 2U);
  ASSERT_EQ(rows().at(0).state, DeliveryState::uncertain);
  EXPECT_EQ(rows().at(1).state, DeliveryState::sent);
  store::Answer<std::size_t> again;
  house->delivery.send_again(conversation(), rows().at(0).key.seq, again.callback());
  EXPECT_EQ(again.wait(executor), 1U);
  ASSERT_TRUE(sent(3) && idle());
  EXPECT_EQ(rows().at(0).state, DeliveryState::sent);
  EXPECT_EQ(channel.requests.at(2).token, channel.requests.at(0).token);
}

TEST_F(MessagingTest, WhatWasBeingSentWhenTheProcessEndedIsUncertain) {
  channel.hold = true;
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  stop();
  channel.hold = false;
  start();
  ASSERT_TRUE(sent(2) && idle());
  EXPECT_EQ(channel.bodies(), (Words{"channel_notice", "svar: boss"}));
  EXPECT_EQ(rows().at(0).state, DeliveryState::uncertain);
  EXPECT_EQ(rows().at(0).why, "interrupted");
  EXPECT_EQ(rows().at(1).state, DeliveryState::sent);
}

TEST_F(MessagingTest, WhereTheReceiverDropsRepeatsWhatIsUncertainComesAgainUnderItsToken) {
  channel.drops_repeats();
  channel.script = {{Kind::uncertain, {}, {}, "timeout"}, {Kind::uncertain, {}, {}, "timeout"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  pass(seconds{4});
  ASSERT_TRUE(idle());
  EXPECT_EQ(channel.bodies(),
            (Words{"channel_notice", "channel_notice", "channel_notice", "svar: boss"}));
  EXPECT_EQ(channel.requests.at(2).token, channel.requests.at(0).token);
  EXPECT_EQ(rows().at(0).state, DeliveryState::sent);
}

TEST_F(MessagingTest, WhereTheReceiverDropsRepeatsWhatACrashCutOffComesAgainUnderItsToken) {
  channel.drops_repeats();
  channel.hold = true;
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  for (int crash = 0; crash < 2; ++crash) {  // the second before anything was sent again
    stop();
    start();
    ASSERT_TRUE(sent(2 + static_cast<std::size_t>(crash)));
  }
  stop();
  channel.hold = false;
  start();
  ASSERT_TRUE(sent(5) && idle());
  EXPECT_EQ(channel.bodies().back(), "svar: boss");
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(channel.requests.at(i).token, channel.requests.at(0).token) << i;
  for (const DeliveryRow& row : rows()) EXPECT_EQ(row.state, DeliveryState::sent);
}

TEST_F(MessagingTest, AnOrderlyStopWaitsForWhatIsOnTheWireAndBeginsNothingMore) {
  channel.hold = true;
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss"), said("ola", "m:2", "skule")}));
  ASSERT_TRUE(sent(2));
  bool stopped = false;
  house->delivery.stop([&] { stopped = true; });
  for (std::size_t call = 0; call < 2; ++call) {
    EXPECT_FALSE(stopped);
    channel.held.at(call)({Kind::sent, "m" + std::to_string(call), {}, {}});
    ASSERT_TRUE(
        executor.run_until([&] { return house->delivery.counters().at(0).under_way == 1 - call; }));
  }
  EXPECT_TRUE(stopped);
  pass(seconds{3});
  EXPECT_EQ(channel.requests.size(), 2U);
  EXPECT_EQ(rows().at(0).state, DeliveryState::sent);
  EXPECT_EQ(rows().at(1).state, DeliveryState::pending);
  stop();
  channel.hold = false;
  start();
  ASSERT_TRUE(sent(4) && idle());
  EXPECT_EQ(rows().at(1).state, DeliveryState::sent);
}

TEST_F(MessagingTest, AStopWithNothingOnTheWireIsDoneAtOnce) {
  bool stopped = false;
  house->delivery.stop([&] { stopped = true; });
  EXPECT_TRUE(stopped);
}

TEST_F(MessagingTest, WhoeverListensHearsOfEveryMoveOnceItIsStoredAndOfAStoppedAccount) {
  struct Ear : DeliveryListener {
    void delivery_changed(std::optional<ConversationId> moved) override { heard.push_back(moved); }
    void channels_changed() override { ++channels; }
    std::vector<std::optional<ConversationId>> heard;
    int channels = 0;
  } ear;
  house->delivery.add_listener(ear);
  channel.script = {{Kind::channel_stopped, {}, {}, "190"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  EXPECT_EQ(ear.channels, 1);
  EXPECT_EQ(house->delivery.channels().at(0).stopped_by, "190");
  ASSERT_FALSE(ear.heard.empty());
  EXPECT_EQ(ear.heard.front(), conversation());
  pass(seconds{301});
  ASSERT_TRUE(sent(3) && idle());
  EXPECT_EQ(ear.channels, 2);
  ear.heard.clear();
  note({"", "r:1", kNoon, Incoming::Receipt{"m2", Rank::read, {}}});
  EXPECT_EQ(ear.heard, (decltype(ear.heard){std::nullopt}));
  house->delivery.remove_listener(ear);
}

TEST_F(MessagingTest, ATokenThatHasDiedAlarmsWithinAMinuteThoughNobodyWrites) {
  channel.token = SendOutcome{Kind::sent, {}, {}, {}};
  pass(seconds{120});
  EXPECT_EQ(channel.checks, 2);
  EXPECT_TRUE(alarms.empty());
  channel.token = SendOutcome{Kind::channel_stopped, {}, {}, "190"};
  pass(seconds{60});
  EXPECT_EQ(alarms, Words{"190"}) << "once";
  EXPECT_EQ(house->delivery.counters().at(0).stopped_by, "190");
  channel.token = SendOutcome{Kind::uncertain, {}, {}, "timeout"};
  pass(seconds{60});
  EXPECT_EQ(alarms, Words{"190"});
  channel.token = SendOutcome{Kind::sent, {}, {}, {}};
  pass(seconds{60});
  EXPECT_EQ(alarms, (Words{"190", ""})) << "it goes again";
}

TEST_F(MessagingTest, ATokenThatHoldsSaysNothingOfWhySendingWasRefused) {
  channel.token = SendOutcome{Kind::sent, {}, {}, {}};
  channel.script = {{Kind::channel_stopped, {}, {}, "368"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  pass(seconds{120});
  EXPECT_EQ(alarms, Words{"368"});
  EXPECT_EQ(house->delivery.counters().at(0).stopped_by, "368");
}

TEST_F(MessagingTest, AnEchoSettlesWhatWasUncertain) {
  channel.script = {{Kind::uncertain, {}, {}, "timeout"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(2) && idle());
  const std::string token = channel.requests.at(0).token;
  note({"kari", "e:1", kNoon, Incoming::Echo{token, "echoed-1"}});
  EXPECT_EQ(rows().at(0).state, DeliveryState::sent);
  EXPECT_EQ(rows().at(0).message, "echoed-1");
}

TEST_F(MessagingTest, ReceiptsOnlyRaise) {
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(2) && idle());
  note({"", "r:1", kNoon, Incoming::Receipt{"m1", Rank::read, {}}});
  note({"", "r:2", kNoon, Incoming::Receipt{"m1", Rank::delivered, {}}});
  EXPECT_EQ(rows().at(0).state, DeliveryState::read);
  note({"kari", "r:3", kNoon, Incoming::ReceiptUpTo{kNoon + seconds{60}, Rank::delivered}});
  EXPECT_EQ(rows().at(0).state, DeliveryState::read);
  EXPECT_EQ(rows().at(1).state, DeliveryState::delivered);
  note({"", "r:4", kNoon, Incoming::Receipt{"m2", Rank::failed, "131026"}});
  EXPECT_EQ(rows().at(1).state, DeliveryState::failed);
  EXPECT_EQ(rows().at(1).why, "131026");
}

TEST_F(MessagingTest, AStoppedChannelAlarmsAtOnceAndGoesOnWithoutLoss) {
  channel.script = {{Kind::channel_stopped, {}, {}, "190"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  ASSERT_TRUE(executor.run_until([&] { return !alarms.empty(); }));
  EXPECT_EQ(alarms, Words{"190"});
  EXPECT_EQ(house->delivery.counters().at(0).stopped_by, "190");
  ASSERT_TRUE(is_taken({said("ola", "m:2", "skule")}));
  pass(seconds{120});
  EXPECT_EQ(channel.requests.size(), 1U);
  pass(seconds{300});
  ASSERT_TRUE(sent(5) && idle());
  EXPECT_EQ(alarms, (Words{"190", ""}));
}

TEST_F(MessagingTest, AfterTheWindowNothingIsSentAndThePersonIsTold) {
  for (int call = 0; call < 3; ++call)
    channel.script.push_back({Kind::retry, {}, std::chrono::hours{25}, "down"});
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1));
  clock.advance(std::chrono::hours{25} + seconds{1});
  pass(seconds{2});
  ASSERT_TRUE(idle());
  EXPECT_EQ(channel.requests.size(), 1U);
  EXPECT_EQ(rows().at(0).state, DeliveryState::failed);
  EXPECT_EQ(rows().at(0).why, "outside_window");
}

TEST_F(MessagingTest, WhoeverBlockedTheBotGetsNothingMore) {
  channel.script = {{Kind::unreachable, {}, {}, "403"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", "boss")}));
  ASSERT_TRUE(sent(1) && idle());
  EXPECT_EQ(rows().at(0).state, DeliveryState::failed);
  EXPECT_LE(channel.requests.size(), 2U);
}

TEST_F(MessagingTest, TheRestOfAMessageIsNotSentWhenItsBeginningFailed) {
  const std::string words = std::string(50, 'a') + " " + std::string(50, 'b');
  channel.script = {{Kind::sent, "m1", {}, {}}, {Kind::failed, {}, {}, "100"}};
  ASSERT_TRUE(is_taken({said("kari", "m:1", words.c_str())}));
  ASSERT_TRUE(sent(2) && idle());
  EXPECT_EQ(channel.requests.size(), 2U);
  EXPECT_EQ(rows().size(), 3U);
  EXPECT_EQ(rows().back().state, DeliveryState::failed);
}

TEST_F(MessagingTest, AWebChatTurnWritesNothingForDelivery) {
  bool done = false;
  house->conversations.submit(ConversationId{77},
                              Opening{SiteId{"osteroy"}, Language::nn, "webchat", "", ""},
                              CitizenSays{ClientId{"c"}, "boss"}, Acceptance::with_outcome,
                              [&](const auto&) { done = true; });
  ASSERT_TRUE(executor.run_until([&] { return done; }));
  EXPECT_EQ(house->delivery.waiting(), 0U);
  EXPECT_TRUE(rows().empty());
}

TEST(Outgoing, TellsThatAnAgentEndedItAndNotThatItFellSilent) {
  const auto told = [](ClosedBy by) {
    return outgoing({Seq{9}, kNoon, ConversationClosed{by, {}, {}, "Samtalen er avslutta."}},
                    Language::nn);
  };
  EXPECT_TRUE(told(ClosedBy::agent));
  EXPECT_FALSE(told(ClosedBy::inactivity));
}

TEST(Token, NamesItsPartAndNothingElseDoes) {
  const PartKey key{ConversationId{12345}, Seq{7}, 2};
  EXPECT_EQ(part_of_token(token_of(key)), key);
  for (const char* wrong : {"", "1", "1.2", "1.2.", "1.2.3.4", "a.b.c", "1.2.3 ", "..."})
    EXPECT_EQ(part_of_token(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace svar::service
