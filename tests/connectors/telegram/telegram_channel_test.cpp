#include "connectors/telegram/telegram_channel.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "connectors/telegram/update_decoding.h"
#include "tests/connectors/telegram/scripted_http.h"

namespace svar::tests {
namespace {

using outbound::HttpFault;
using outbound::Sent;
using service::SendOutcome;
using telegram::TelegramAccount;
using telegram::TelegramChannel;
using Kind = SendOutcome::Kind;

const std::string kToken = "123456:AAcanary-canary_canaryCANARY0123";
const std::string kSecret = "a-Secret_of-the-webhook-0123456789";

class TelegramChannels : public ::testing::Test {
 protected:
  TelegramAccount account() const {
    return {SiteId{"osteroy"}, kToken, kSecret, "https://api.telegram.org",
            std::chrono::seconds{10}};
  }

  std::unique_ptr<TelegramChannel> open() {
    auto channel = TelegramChannel::open(account(), http, executor);
    EXPECT_TRUE(channel);
    return std::move(*channel);
  }

  std::string refusal_of(const TelegramAccount& account) {
    const auto channel = TelegramChannel::open(account, http, executor);
    return channel ? "" : channel.error();
  }

  SendOutcome send(TelegramChannel& channel, const std::string& address = "7") {
    service::Outgoing message;
    message.text = "hei";
    std::optional<SendOutcome> outcome;
    int times = 0;
    channel.send({address, channel.render(message).at(0), "token-1"}, [&](SendOutcome given) {
      outcome = std::move(given);
      ++times;
    });
    EXPECT_FALSE(outcome) << "never inside the call";
    executor.run();
    EXPECT_EQ(times, 1);
    return outcome.value_or(SendOutcome{});
  }

  WaitingExecutor executor;
  ScriptedHttp http{executor};
};

TEST_F(TelegramChannels, IsKnownByItsPlatformAndSite) {
  const auto channel = open();
  EXPECT_EQ(channel->facts().id, "telegram:osteroy");
  EXPECT_EQ(channel->facts().name, "telegram");
  EXPECT_EQ(channel->facts().site, SiteId{"osteroy"});
  EXPECT_EQ(channel->facts().window.bot, std::chrono::milliseconds::max());
}

TEST_F(TelegramChannels, StaysOffWithoutATokenASecretOrAnOrigin) {
  const auto with = [&](auto change) {
    TelegramAccount changed = account();
    change(changed);
    return refusal_of(changed);
  };
  for (const std::string token :
       {"", "canary", "123456:short", ":AAcanary-canary_canaryCANARY0123",
        "12x:AAcanary-canary_canaryCANARY0123", "123456:AAcanary/../canary?canary#0"}) {
    EXPECT_NE(with([&](auto& it) { it.token = token; }), "") << token;
  }
  for (const std::string& secret : {std::string{}, std::string{"canary"}, std::string(257, 'a'),
                                    std::string{"a secret with canary spaces"}}) {
    EXPECT_NE(with([&](auto& it) { it.secret = secret; }), "") << secret;
  }
  for (const std::string origin :
       {"", "api.telegram.org", "ftp://api.telegram.org", "https://api.telegram.org/",
        "https://api.telegram.org/bot", "https://canary@api.telegram.org"}) {
    EXPECT_NE(with([&](auto& it) { it.origin = origin; }), "") << origin;
  }
  EXPECT_EQ(with([](auto& it) { it.secret = "canary"; }).find("canary"), std::string::npos);
  EXPECT_EQ(with([](auto& it) { it.token = "canary"; }).find("canary"), std::string::npos);
}

TEST_F(TelegramChannels, OnlyTheWholeSecretIsAdmitted) {
  const auto channel = open();
  EXPECT_TRUE(channel->admits(kSecret));
  for (const std::string& wrong :
       {std::string{}, kSecret.substr(1), kSecret + "0", kSecret + kSecret, kToken}) {
    EXPECT_FALSE(channel->admits(wrong)) << wrong;
  }
  for (std::size_t i = 0; i < kSecret.size(); ++i) {
    std::string flipped = kSecret;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    EXPECT_FALSE(channel->admits(flipped)) << i;
  }
}

TEST_F(TelegramChannels, ATokenIsTriedWithoutSendingAnything) {
  const auto channel = open();
  std::optional<SendOutcome> outcome;
  const auto check = [&] {
    outcome.reset();
    EXPECT_TRUE(channel->check_token([&](SendOutcome given) { outcome = std::move(given); }));
    executor.run();
    return outcome->kind;
  };
  http.answers(200, R"({"ok":true,"result":{"id":1,"is_bot":true}})");
  EXPECT_EQ(check(), SendOutcome::Kind::sent);
  EXPECT_TRUE(http.requests.back().url.ends_with("/getMe"));
  http.answers(401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})");
  EXPECT_EQ(check(), SendOutcome::Kind::channel_stopped);
  EXPECT_EQ(outcome->why, "telegram 401");
  http.answers(502, "<html>");
  EXPECT_EQ(check(), SendOutcome::Kind::retry);
}

TEST_F(TelegramChannels, AMessageIsOneCallToItsChat) {
  const auto channel = open();
  http.answers(200, R"({"ok":true,"result":{"message_id":42}})");
  const auto outcome = send(*channel);
  EXPECT_EQ(outcome.kind, Kind::sent);
  EXPECT_EQ(outcome.message, "42");
  ASSERT_EQ(http.requests.size(), 1U);
  EXPECT_EQ(http.requests[0].url, "https://api.telegram.org/bot" + kToken + "/sendMessage");
  EXPECT_EQ(http.requests[0].headers.at(0).value, "application/json");
  const auto body = nlohmann::json::parse(http.requests[0].body);
  EXPECT_EQ(body.at("chat_id"), 7);
  EXPECT_EQ(body.at("text"), "hei");
}

TEST_F(TelegramChannels, AMovedChatIsTriedOnceAtItsNewNumber) {
  const auto channel = open();
  const std::string moved =
      R"({"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1009}})";
  http.answers(400, moved);
  http.answers(200, R"({"ok":true,"result":{"message_id":43}})");
  EXPECT_EQ(send(*channel).message, "43");
  ASSERT_EQ(http.requests.size(), 2U);
  EXPECT_EQ(nlohmann::json::parse(http.requests[1].body).at("chat_id"), -1009);
  http.answers(400, moved);
  http.answers(400, moved);
  EXPECT_EQ(send(*channel).kind, Kind::failed);
  EXPECT_EQ(http.requests.size(), 4U);
}

TEST_F(TelegramChannels, AnAddressThatIsNoChatFailsWithoutACall) {
  const auto channel = open();
  EXPECT_EQ(send(*channel, "@ola").kind, Kind::failed);
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(TelegramChannels, PressesAreAcknowledgedAndNothingElseIs) {
  const auto channel = open();
  const auto press =
      telegram::decode(R"({"update_id":5,"callback_query":{"id":"99","from":{"id":7},"data":"a",)"
                       R"("message":{"message_id":3,"chat":{"id":7,"type":"private"}}}})");
  const auto words = telegram::decode(
      R"({"update_id":6,"message":{"message_id":4,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"hei"}})");
  channel->acknowledge(press.incoming);
  channel->acknowledge(words.incoming);
  executor.run();
  ASSERT_EQ(http.requests.size(), 1U);
  EXPECT_TRUE(http.requests[0].url.ends_with("/answerCallbackQuery"));
  EXPECT_EQ(http.requests[0].body, R"({"callback_query_id":"99"})");
}

TEST_F(TelegramChannels, TypingIsShownInTheChat) {
  const auto channel = open();
  channel->show_typing("7");
  channel->show_typing("nobody");
  executor.run();
  ASSERT_EQ(http.requests.size(), 1U);
  EXPECT_TRUE(http.requests[0].url.ends_with("/sendChatAction"));
  EXPECT_EQ(http.requests[0].body, R"({"chat_id":7,"action":"typing"})");
}

TEST_F(TelegramChannels, TheTokenIsInNoOutcome) {
  const auto channel = open();
  const auto expect_clean = [&] {
    const auto outcome = send(*channel);
    EXPECT_EQ((outcome.why + outcome.message).find("canary"), std::string::npos) << outcome.why;
  };
  for (const int status : {200, 302, 400, 401, 403, 404, 409, 429, 500, 502}) {
    http.answers(status, R"({"ok":false,"description":"bot)" + kToken + R"( is not known"})");
    expect_clean();
  }
  for (const auto fault :
       {HttpFault::refused, HttpFault::busy, HttpFault::timeout, HttpFault::broken}) {
    http.fails(Sent::no, fault);
    expect_clean();
    http.fails(Sent::maybe, fault);
    expect_clean();
  }
}

}  // namespace
}  // namespace svar::tests
