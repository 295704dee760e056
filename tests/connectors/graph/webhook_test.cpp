// The webhook of Meta's channels, through the router: who is let in, and what is answered when.
#include "connectors/graph/webhook.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "connectors/messenger/messenger_channel.h"
#include "connectors/net/route_match.h"
#include "tests/connectors/graph/accounts.h"
#include "tests/connectors/graph/decoded_text.h"
#include "tests/connectors/graph/scripted_http.h"

namespace svar::graph {
namespace {

using svar::testing::in_envelope;
using svar::testing::lines_of;

const std::string kPath = "/channels/v1/messenger/osteroy";
const std::string kEvent = R"({"sender":{"id":"7"},"timestamp":1527459824000,
                               "message":{"mid":"m_1","text":"Når vert bosset tømt?"}})";

// By another library than the product's.
std::string signature_of(const std::string& body, const std::string& secret) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest, &size);
  std::string header = "sha256=";
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kHex = "0123456789abcdef";
    header += kHex[digest[i] >> 4];
    header += kHex[digest[i] & 15];
  }
  return header;
}

class WebhookTest : public ::testing::Test {
 protected:
  WebhookTest()
      : opened_(messenger::MessengerChannel::open(
            svar::testing::account("404217156637689", "EAAcanaryTOKEN"), http_)) {
    mount(router_, kPath, **opened_,
          [this](const service::Channel& channel, const service::Decoded& decoded, auto done) {
            EXPECT_EQ(channel.facts().id, "messenger:osteroy");
            taken_ += lines_of(decoded);
            done_ = std::move(done);
          });
  }

  // The answer; status 0 while there is none.
  net::Response ask(const net::Request& request) {
    net::Response answer;
    answer.status = 0;
    const auto match = router_.match(request.method, request.path);
    (*match.handler)(request, [this](net::Response response) { answered_ = std::move(response); });
    return answered_ ? *std::exchange(answered_, std::nullopt) : answer;
  }
  net::Response post(const std::string& body, const std::string& signature) {
    net::Request request;
    request.method = "POST";
    request.path = kPath;
    if (!signature.empty()) request.headers.emplace_back("x-hub-signature-256", signature);
    request.body = body;
    return ask(request);
  }
  net::Response greet(const std::string& token, const std::string& challenge) {
    net::Request request;
    request.method = "GET";
    request.path = kPath;
    request.query = {
        {"hub.mode", "subscribe"}, {"hub.verify_token", token}, {"hub.challenge", challenge}};
    return ask(request);
  }

  svar::testing::ScriptedHttp http_;
  Result<std::unique_ptr<messenger::MessengerChannel>, std::string> opened_;
  net::Router router_;
  std::string taken_;
  std::function<void(std::optional<std::chrono::milliseconds>)> done_;
  std::optional<net::Response> answered_;
};

TEST_F(WebhookTest, ASignedBodyIsAnsweredWhenItIsStoredAndNotBefore) {
  const std::string body = in_envelope("page", "404217156637689", kEvent);
  EXPECT_EQ(post(body, signature_of(body, "canary-app-secret")).status, 0);
  EXPECT_EQ(taken_, "7 m:m_1 1527459824000 said Når vert bosset tømt?\n");
  done_(std::nullopt);
  ASSERT_TRUE(answered_);
  EXPECT_EQ(answered_->status, 200);
}

TEST_F(WebhookTest, WhatCannotBeStoredNowIsToComeAgain) {
  const std::string body = in_envelope("page", "404217156637689", kEvent);
  post(body, signature_of(body, "canary-app-secret"));
  done_(std::chrono::milliseconds{1500});
  ASSERT_TRUE(answered_);
  EXPECT_EQ(answered_->status, 503);
  const std::pair<std::string, std::string> wait{"Retry-After", "2"};
  EXPECT_EQ(answered_->headers.back(), wait);
}

TEST_F(WebhookTest, WhatMetaDidNotSignIsRefusedAndNothingOfItIsRead) {
  const std::string body = in_envelope("page", "404217156637689", kEvent);
  for (const std::string& signature :
       {std::string{}, signature_of(body, "another-app-secret"),
        signature_of(body + " ", "canary-app-secret"), std::string{"sha256="}})
    EXPECT_EQ(post(body, signature).status, 401) << signature;
  EXPECT_EQ(taken_, "");
  EXPECT_FALSE(done_);
}

TEST_F(WebhookTest, ASignedBodyThatMakesNoSenseIsTakenToo) {
  for (const std::string body : {"", "not JSON", R"({"object":"page","entry":[{"id":"0"}]})"}) {
    post(body, signature_of(body, "canary-app-secret"));
    done_(std::nullopt);
    ASSERT_TRUE(answered_) << body;
    EXPECT_EQ(std::exchange(answered_, std::nullopt)->status, 200) << body;
  }
  EXPECT_EQ(taken_, "unknown envelope -\nunknown envelope -\nunknown test -\n");
}

TEST_F(WebhookTest, TheHandshakeEchoesDigitsForTheRightTokenAlone) {
  const auto answer = greet("canary-verify-token", "1158201444");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "1158201444");
  const std::pair<std::string, std::string> plain{"Content-Type", "text/plain; charset=utf-8"};
  EXPECT_EQ(answer.headers.at(0), plain);
  EXPECT_EQ(greet("another", "1158201444").status, 403);
  EXPECT_EQ(greet("canary-verify-token", "<script>").status, 400);
}

}  // namespace
}  // namespace svar::graph
