// Whatever goes wrong at Telegram's end: the channel over real connections against the fake.
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "connectors/outbound/cpprest_http_client.h"
#include "connectors/outbound/system_resolver.h"
#include "connectors/telegram/telegram_channel.h"
#include "tests/connectors/io_thread.h"
#include "tests/connectors/telegram/fake_telegram.h"

namespace svar::tests {
namespace {

using service::SendOutcome;
using telegram::TelegramChannel;
using Kind = SendOutcome::Kind;
using Mischief = FakeTelegram::Mischief;

const std::string kToken = "123456:AAcanary-canary_canaryCANARY0123";
constexpr int kAttemptsMax = 5;

class TelegramFaults : public ::testing::Test {
 protected:
  TelegramFaults() {
    outbound::OutboundSettings settings;
    auto destinations = outbound::Destinations::of({fake.origin()});
    if (!destinations) throw std::runtime_error(destinations.error());
    settings.destinations = *destinations;
    auto client = outbound::make_cpprest_http_client(std::move(settings), io.io(),
                                                     std::make_shared<outbound::SystemResolver>());
    if (!client) throw std::runtime_error(client.error());
    http = std::move(*client);
    channel = open(kToken, fake.origin());
  }
  ~TelegramFaults() override {
    http.reset();
    io.run([] {});
    io.stop();
    EXPECT_EQ(fake.complaint(), "");
  }

  std::unique_ptr<TelegramChannel> open(const std::string& token, const std::string& origin) {
    auto opened = TelegramChannel::open({SiteId{"osteroy"}, token, "a-secret-of-the-webhook",
                                         origin, std::chrono::milliseconds{1500}},
                                        *http, io.io());
    if (!opened) throw std::runtime_error(opened.error());
    return std::move(*opened);
  }

  SendOutcome send_once(TelegramChannel& by, const std::string& text) {
    std::promise<SendOutcome> outcome;
    io.run([&] {
      service::Outgoing message;
      message.text = text;
      by.send({"427770117", by.render(message).at(0), "1-1-0"},
              [&](SendOutcome given) { outcome.set_value(std::move(given)); });
    });
    SendOutcome given = outcome.get_future().get();
    EXPECT_EQ((given.why + given.message).find("canary"), std::string::npos) << given.why;
    return given;
  }

  // As a delivery does: again and again while nothing was taken, never after it may have been.
  SendOutcome send(const std::string& text) {
    SendOutcome outcome;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
      outcome = send_once(*channel, text);
      if (outcome.kind != Kind::retry) break;
    }
    return outcome;
  }

  std::size_t copies(const std::string& text) const {
    const auto messages = fake.messages();
    return static_cast<std::size_t>(
        std::count_if(messages.begin(), messages.end(),
                      [&](const auto& message) { return message.text == text; }));
  }

  FakeTelegram fake{kToken};
  IoThread io;
  std::unique_ptr<outbound::HttpClient> http;
  std::unique_ptr<TelegramChannel> channel;
};

TEST_F(TelegramFaults, AMessageArrivesOnceAsItWasWritten) {
  const auto outcome = send("Bosset vert tømt «onsdag» 🗑\n\nHa det!");
  EXPECT_EQ(outcome.kind, Kind::sent);
  EXPECT_EQ(outcome.message, "101");
  ASSERT_EQ(fake.messages().size(), 1U);
  EXPECT_EQ(fake.messages()[0].chat, 427770117);
  EXPECT_EQ(fake.messages()[0].text, "Bosset vert tømt «onsdag» 🗑\n\nHa det!");
}

TEST_F(TelegramFaults, AnAnswerThatDripsIsAnAnswer) {
  fake.next({Mischief::drip});
  EXPECT_EQ(send("dropar").kind, Kind::sent);
  EXPECT_EQ(copies("dropar"), 1U);
}

TEST_F(TelegramFaults, WhatMayHaveArrivedIsUncertainAndNeverSentTwice) {
  for (const auto mischief :
       {Mischief::hang, Mischief::reset_after_the_body, Mischief::half_an_answer, Mischief::flood,
        Mischief::reset_before_the_body}) {
    const std::string text = "tvil " + std::to_string(static_cast<int>(mischief));
    fake.next({mischief});
    EXPECT_EQ(send(text).kind, Kind::uncertain) << text;
    EXPECT_LE(copies(text), 1U) << text;
  }
  EXPECT_EQ(fake.connections(), 5) << "a call each, however it ended";
}

TEST_F(TelegramFaults, WhatIsRefusedForNowIsSentOnceLater) {
  for (const int status : {429, 500, 502, 503, 302}) {
    const std::string text = "seinare " + std::to_string(status);
    fake.next({Mischief::refuse, status, "{}", "Location: http://127.0.0.1:1/\r\n"});
    EXPECT_EQ(send(text).kind, Kind::sent) << status;
    EXPECT_EQ(copies(text), 1U) << status;
  }
}

TEST_F(TelegramFaults, TheWaitAskedForIsPassedOn) {
  fake.next(
      {Mischief::refuse, 429,
       R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":17}})"});
  const auto outcome = send_once(*channel, "for fort");
  EXPECT_EQ(outcome.kind, Kind::retry);
  EXPECT_EQ(outcome.retry_after, std::chrono::seconds{17});
}

TEST_F(TelegramFaults, WhatIsRefusedForGoodIsNotRepeated) {
  const std::pair<int, Kind> table[] = {
      {400, Kind::failed}, {403, Kind::unreachable}, {404, Kind::channel_stopped}};
  for (const auto& [status, kind] : table) {
    const int before = fake.connections();
    fake.next({Mischief::refuse, status, R"({"ok":false,"description":"Forbidden: canary"})"});
    EXPECT_EQ(send("nei").kind, kind) << status;
    EXPECT_EQ(fake.connections(), before + 1) << status;
  }
  EXPECT_EQ(copies("nei"), 0U);
}

TEST_F(TelegramFaults, ADeadTokenStopsTheChannelAndIsNotToldToAnybody) {
  const auto other = open("123456:AAcanary-of-yesterday-0123456789", fake.origin());
  EXPECT_EQ(send_once(*other, "hei").kind, Kind::channel_stopped);
  EXPECT_EQ(copies("hei"), 0U);
}

TEST_F(TelegramFaults, AMovedChatIsFollowedOnce) {
  fake.next({Mischief::refuse, 400,
             R"({"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1009}})"});
  EXPECT_EQ(send("flytta").kind, Kind::sent);
  ASSERT_EQ(fake.messages().size(), 1U);
  EXPECT_EQ(fake.messages()[0].chat, -1009);
}

TEST_F(TelegramFaults, AnAddressThatTheSettingsDoNotNameIsNotCalled) {
  const FakeTelegram other{kToken};
  const auto astray = open(kToken, other.origin());
  EXPECT_EQ(send_once(*astray, "hei").kind, Kind::channel_stopped);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(TelegramFaults, TypingAndPressesAreCallsTheBotApiKnows) {
  io.run([&] {
    channel->show_typing("427770117");
    service::Incoming press;
    press.event = "cb:4382bfdwdsb323b2d9";
    channel->acknowledge({press});
  });
  ASSERT_TRUE(fake.wait_for_calls(2));
  const auto methods = fake.methods();
  EXPECT_EQ(std::set(methods.begin(), methods.end()),
            (std::set<std::string>{"answerCallbackQuery", "sendChatAction"}));
}

}  // namespace
}  // namespace svar::tests
