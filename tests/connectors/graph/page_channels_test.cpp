// Messenger and Instagram as channels: what goes over the wire, and what an answer comes to.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/instagram/instagram_channel.h"
#include "connectors/messenger/messenger_channel.h"
#include "tests/connectors/graph/accounts.h"
#include "tests/connectors/graph/decoded_text.h"
#include "tests/connectors/graph/scripted_http.h"

namespace svar {
namespace {

using nlohmann::json;
using outbound::HttpFault;
using outbound::Sent;
using service::SendOutcome;
using Kind = SendOutcome::Kind;

constexpr const char* kToken = "EAAcanaryTOKEN";
constexpr const char* kTaken = R"({"recipient_id":"7","message_id":"m_9"})";

class MessengerChannelTest : public ::testing::Test {
 protected:
  MessengerChannelTest()
      : opened_(messenger::MessengerChannel::open(svar::testing::account("404217156637689", kToken),
                                                  http_)),
        channel_(**opened_) {}

  service::SendRequest request(bool by_person = false, bool outside = false) {
    service::Outgoing message;
    message.text = "Hei";
    return {"7", channel_.render(message).at(0), "12.0", by_person, outside};
  }
  SendOutcome after(const std::function<void()>& answer) {
    int times = 0;
    SendOutcome outcome;
    channel_.send(request(), [&](SendOutcome of) {
      ++times;
      outcome = std::move(of);
    });
    EXPECT_EQ(times, 0);
    answer();
    EXPECT_EQ(times, 1);
    return outcome;
  }
  SendOutcome after(int status, const std::string& body) {
    return after([&] { http_.answer(status, body); });
  }

  svar::testing::ScriptedHttp http_;
  Result<std::unique_ptr<messenger::MessengerChannel>, std::string> opened_;
  messenger::MessengerChannel& channel_;
};

TEST_F(MessengerChannelTest, AMessageIsOnePostWithItsTokenInAHeaderAlone) {
  channel_.send(request(), [](SendOutcome) {});
  ASSERT_EQ(http_.requests.size(), 1U);
  const auto& sent = http_.requests[0];
  EXPECT_EQ(sent.method, outbound::Method::post);
  EXPECT_EQ(sent.url, "https://graph.facebook.com/v23.0/404217156637689/messages");
  ASSERT_EQ(sent.headers.size(), 2U);
  EXPECT_EQ(sent.headers[0].name, "Authorization");
  EXPECT_EQ(sent.headers[0].value, std::string{"Bearer "} + kToken);
  EXPECT_EQ(sent.body.find(kToken), std::string::npos);
  EXPECT_EQ(json::parse(sent.body), json::parse(R"({"recipient":{"id":"7"},
      "messaging_type":"RESPONSE","message":{"text":"Hei","metadata":"svar:12.0"}})"));
}

TEST_F(MessengerChannelTest, OnlyAPersonsWordsOutsideTheWindowBearTheTag) {
  channel_.send(request(true, true), [](SendOutcome) {});
  channel_.send(request(true, false), [](SendOutcome) {});
  channel_.send(request(false, true), [](SendOutcome) {});
  const json tagged = json::parse(http_.requests[0].body);
  EXPECT_EQ(tagged["messaging_type"], "MESSAGE_TAG");
  EXPECT_EQ(tagged["tag"], "HUMAN_AGENT");
  for (const std::size_t plain : {1U, 2U}) {
    EXPECT_EQ(json::parse(http_.requests[plain].body)["messaging_type"], "RESPONSE");
    EXPECT_FALSE(json::parse(http_.requests[plain].body).contains("tag"));
  }
}

TEST_F(MessengerChannelTest, AnAnswerWithAnIdIsSent) {
  const auto outcome = after(200, kTaken);
  EXPECT_EQ(outcome.kind, Kind::sent);
  EXPECT_EQ(outcome.message, "m_9");
}

TEST_F(MessengerChannelTest, ATwoHundredThatCannotBeReadIsUncertain) {
  for (const char* body : {"", "{}", "<html>", R"({"message_id":7.5})"})
    EXPECT_EQ(after(200, body).kind, Kind::uncertain) << body;
}

TEST_F(MessengerChannelTest, ARefusalFollowsTheTable) {
  EXPECT_EQ(after(400, R"({"error":{"code":613}})").kind, Kind::retry);
  EXPECT_EQ(after(500, R"({"error":{"code":2}})").kind, Kind::retry);
  const auto stopped = after(400, R"({"error":{"code":190,"message":"EAAcanaryTOKEN"}})");
  EXPECT_EQ(stopped.kind, Kind::channel_stopped);
  EXPECT_EQ(stopped.why, "190");
  const auto failed = after(400, R"({"error":{"code":10,"error_subcode":2018278}})");
  EXPECT_EQ(failed.kind, Kind::failed);
  EXPECT_EQ(failed.why, "10/2018278");
}

TEST_F(MessengerChannelTest, AWaitThatGraphAsksForIsHandedOn) {
  const auto outcome = after([&] {
    http_.answer(429, R"({"error":{"code":4}})", {{"retry-after", "17"}});
  });
  EXPECT_EQ(outcome.kind, Kind::retry);
  EXPECT_EQ(outcome.retry_after, std::chrono::seconds{17});
}

TEST_F(MessengerChannelTest, OnlyWhatSurelyDidNotLeaveIsRepeated) {
  for (const HttpFault fault : {HttpFault::busy, HttpFault::no_address, HttpFault::unreachable,
                                HttpFault::certificate, HttpFault::timeout}) {
    EXPECT_EQ(after([&] { http_.fail(Sent::no, fault); }).kind, Kind::retry);
    EXPECT_EQ(after([&] { http_.fail(Sent::maybe, fault); }).kind, Kind::uncertain);
  }
  EXPECT_EQ(after([&] { http_.fail(Sent::maybe, HttpFault::broken); }).kind, Kind::uncertain);
  EXPECT_EQ(after([&] { http_.fail(Sent::no, HttpFault::refused); }).kind, Kind::channel_stopped);
}

TEST_F(MessengerChannelTest, TypingMarksTheMessageSeenFirst) {
  channel_.show_typing("7");
  ASSERT_EQ(http_.requests.size(), 2U);
  EXPECT_EQ(json::parse(http_.requests[0].body),
            json::parse(R"({"recipient":{"id":"7"},"sender_action":"mark_seen"})"));
  EXPECT_EQ(json::parse(http_.requests[1].body),
            json::parse(R"({"recipient":{"id":"7"},"sender_action":"typing_on"})"));
  http_.answer(500, "");
  http_.fail(Sent::maybe, HttpFault::timeout);
}

TEST(InstagramChannel, AnEchoOfItsOwnTextIsKnownBeforeTheAnswerCame) {
  svar::testing::ScriptedHttp http;
  auto account = svar::testing::account("178414", kToken);
  account.node = "404217156637689";
  const auto opened = instagram::InstagramChannel::open(account, http);
  ASSERT_TRUE(opened);
  auto& channel = **opened;
  service::Outgoing message;
  message.text = "Hei";
  channel.send({"7", channel.render(message).at(0), "12.0", false, false}, [](SendOutcome) {});
  EXPECT_EQ(http.requests.at(0).url, "https://graph.facebook.com/v23.0/404217156637689/messages");
  EXPECT_EQ(json::parse(http.requests.at(0).body),
            json::parse(R"({"recipient":{"id":"7"},"messaging_type":"RESPONSE",
                            "message":{"text":"Hei"}})"));
  EXPECT_EQ(channel.facts().id, "instagram:osteroy");
  const std::string echo =
      R"({"sender":{"id":"178414"},"recipient":{"id":"7"},"timestamp":1527459824000,
                               "message":{"mid":"m_9","is_echo":true,"text":"Hei"}})";
  EXPECT_EQ(svar::testing::lines_of(
                channel.read(svar::testing::in_envelope("instagram", "178414", echo))),
            "7 m:m_9 1527459824000 echo 12.0 m_9\n");
}

TEST(GraphChannel, StaysOffWithoutAllItsSecretsAndSaysWhy) {
  svar::testing::ScriptedHttp http;
  const auto why = [&](const std::function<void(graph::GraphAccount&)>& spoil) {
    auto account = svar::testing::account("178414", kToken);
    spoil(account);
    const auto opened = messenger::MessengerChannel::open(account, http);
    EXPECT_FALSE(opened);
    const std::string reason = opened ? "" : opened.error();
    EXPECT_EQ(reason.find("canary"), std::string::npos) << reason;
    return reason.substr(0, reason.find(':'));
  };
  EXPECT_EQ(why([](auto& a) { a.app_secret = ""; }), "app_secret");
  EXPECT_EQ(why([](auto& a) { a.verify_token = "canary"; }), "verify_token");
  EXPECT_EQ(why([](auto& a) { a.token = "EAAcanary\r\nHost: x"; }), "token");
  EXPECT_EQ(why([](auto& a) { a.account = "../canary"; }), "account");
  EXPECT_EQ(why([](auto& a) { a.node = "me/canary"; }), "node");
  EXPECT_EQ(why([](auto& a) { a.app_id = "canary"; }), "app_id");
  EXPECT_EQ(why([](auto& a) { a.version = "canary"; }), "version");
  for (const char* origin : {"", "graph.facebook.com", "https://", "https://a.no/canary",
                             "https://canary@a.no", "ftp://a.no", "https://a.no?canary"})
    EXPECT_EQ(why([&](auto& a) { a.origin = origin; }), "origin") << origin;
}

}  // namespace
}  // namespace svar
