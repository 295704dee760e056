#include <gtest/gtest.h>

#include "connectors/webhook/webhook_channel.h"
#include "tests/connectors/graph/scripted_http.h"
#include "tests/service/fakes.h"

namespace svar::webhook {
namespace {

using service::SendOutcome;

const std::string kKey(64, 'k');

class WebhookSend : public ::testing::Test {
 protected:
  std::unique_ptr<WebhookChannel> open(const std::string& secret = kKey,
                                       const std::string& url = "https://bridge.test/in") {
    auto opened = WebhookChannel::open({SiteId{"osteroy"}, secret, url}, http, clock, executor);
    return opened ? std::move(*opened) : nullptr;
  }
  SendOutcome last;
  void send(WebhookChannel& channel, const std::string& address = "+47") {
    service::Outgoing message;
    message.text = "Hei";
    channel.send({address, channel.render(message).at(0), "1.2.0"},
                 [this](SendOutcome outcome) { last = std::move(outcome); });
  }
  std::string header(const std::string& name) const {
    for (const auto& [key, value] : http.requests.back().headers)
      if (key == name) return value;
    return {};
  }

  fakes::ManualClock clock{Time{std::chrono::milliseconds{1'795'518'000'250}}};
  fakes::ManualExecutor executor;
  svar::testing::ScriptedHttp http;
};

TEST_F(WebhookSend, TheBridgeCanProveThatItCameFromUs) {
  const auto channel = open();
  send(*channel);
  EXPECT_EQ(header("webhook-id"), "1.2.0");
  EXPECT_EQ(header("webhook-timestamp"), "1795518000");
  const Signed request{"1.2.0", "1795518000", http.requests.back().body};
  EXPECT_TRUE(Keys::of(kKey)->admits(request, header("webhook-signature")));
  EXPECT_EQ(http.requests.back().url, "https://bridge.test/in");
  EXPECT_EQ(http.requests.back().body.find(kKey), std::string::npos);
  http.answer(202, "");
  EXPECT_EQ(last.kind, SendOutcome::Kind::sent);
}

TEST_F(WebhookSend, ATryAgainHasTheSameIdAndATimeOfItsOwn) {
  const auto channel = open();
  EXPECT_TRUE(channel->facts().is_idempotent);
  send(*channel);
  http.fail(outbound::Sent::maybe, outbound::HttpFault::timeout);
  const std::string body = http.requests.back().body;
  clock.advance(std::chrono::hours{1});
  send(*channel);
  EXPECT_EQ(header("webhook-id"), "1.2.0");
  EXPECT_EQ(header("webhook-timestamp"), "1795521600");
  EXPECT_EQ(http.requests.back().body, body);
}

TEST_F(WebhookSend, NothingGoesOutWithoutAContact) {
  const auto channel = open();
  send(*channel, "");
  executor.run();
  EXPECT_EQ(last.kind, SendOutcome::Kind::failed);
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(WebhookSend, WhatComesInIsReadOnlyWhenItIsSignedAndNew) {
  const auto channel = open();
  const auto keys = Keys::of(kKey);
  const Signed fresh{"a", "1795518000", "{}"};
  const auto admitted = channel->admits(fresh, keys->sign(fresh));
  ASSERT_TRUE(admitted) << admitted.error();
  EXPECT_EQ(*admitted, Time{std::chrono::seconds{1'795'518'000}});
  const Signed old{"a", "1795517000", "{}"};
  EXPECT_EQ(channel->admits(old, keys->sign(old)).error(), "timestamp");
  EXPECT_EQ(channel->admits(fresh, "v1,AAAA").error(), "signature");
  EXPECT_EQ(channel->admits(old, "v1,AAAA").error(), "signature")
      << "who has no key learns nothing of the clock";
}

TEST_F(WebhookSend, StaysOffWithoutAKeyOrAnAddress) {
  EXPECT_FALSE(open("short"));
  EXPECT_FALSE(open(kKey, "bridge.test"));
}

}  // namespace
}  // namespace svar::webhook
