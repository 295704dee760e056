// Graph at its worst, through the real HTTP client: what the channel makes of each fault, and that
// whoever repeats only what it calls repeatable never sends a message twice.
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>

#include "connectors/messenger/messenger_channel.h"
#include "connectors/whatsapp/whatsapp_channel.h"
#include "tests/connectors/graph/accounts.h"
#include "tests/connectors/graph/fake_graph.h"
#include "tests/connectors/outbound/outbound_fixture.h"

namespace svar {
namespace {

using service::SendOutcome;
using Kind = SendOutcome::Kind;
using svar::testing::FakeGraph;
using svar::testing::Fate;

constexpr const char* kToken = "EAAcanaryTOKEN";
constexpr int kAttemptsMax = 4;

Fate refuses(int status, std::string body) {
  return {Fate::Kind::refuses, status, std::move(body)};
}
Fate refuses(int code) {
  return refuses(400, R"({"error":{"message":"Kari","code":)" + std::to_string(code) + "}}");
}
Fate fails(Fate::Kind kind) {
  return {kind, 0, {}};
}

class ProviderFaults : public ::testing::Test {
 protected:
  ProviderFaults() {
    outbound::OutboundSettings settings;
    settings.destinations = *outbound::Destinations::of({graph_.origin()});
    auto client = outbound::make_cpprest_http_client(settings, io_.io(),
                                                     std::make_shared<tests::ScriptedResolver>());
    client_ = std::move(*client);
    open(graph_.origin());
  }
  ~ProviderFaults() override {
    client_.reset();
    io_.run([] {});
    io_.stop();
  }

  void open(const std::string& origin, const std::string& token = kToken) {
    auto account = svar::testing::account("404217156637689", token, origin);
    account.time_max = std::chrono::seconds{2};
    auto opened = messenger::MessengerChannel::open(account, *client_);
    ASSERT_TRUE(opened) << opened.error();
    channel_ = std::move(*opened);
  }

  void open_whatsapp() {
    auto account = svar::testing::account("404217156637689", kToken, graph_.origin());
    account.time_max = std::chrono::seconds{2};
    auto opened = whatsapp::WhatsAppChannel::open(account, *client_);
    ASSERT_TRUE(opened) << opened.error();
    channel_ = std::move(*opened);
  }

  SendOutcome attempt(const std::string& text) {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<SendOutcome> outcome;
    io_.run([&] {
      service::Outgoing message;
      message.text = text;
      channel_->send({"7", channel_->render(message).at(0), "1.0", false, false},
                     [&](SendOutcome of) {
                       const std::lock_guard lock(mutex);
                       outcome = std::move(of);
                       changed.notify_all();
                     });
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return outcome.has_value(); });
    EXPECT_EQ(outcome->why.find("canary"), std::string::npos) << outcome->why;
    EXPECT_EQ(outcome->why.find("Kari"), std::string::npos) << outcome->why;
    return *outcome;
  }

  SendOutcome check() {
    std::promise<SendOutcome> outcome;
    io_.run([&] {
      EXPECT_TRUE(channel_->check_token([&](SendOutcome of) { outcome.set_value(std::move(of)); }));
    });
    return outcome.get_future().get();
  }

  // As a delivery does: again as long as it surely was not taken.
  SendOutcome deliver(const std::string& text) {
    SendOutcome outcome = attempt(text);
    for (int more = 1; more < kAttemptsMax && outcome.kind == Kind::retry; ++more)
      outcome = attempt(text);
    return outcome;
  }

  FakeGraph graph_{kToken};
  tests::IoThread io_;
  std::unique_ptr<outbound::HttpClient> client_;
  std::unique_ptr<service::Channel> channel_;
};

TEST_F(ProviderFaults, AMessageArrivesOnceWithItsId) {
  const auto outcome = deliver("Bosset vert tømt fredag.");
  EXPECT_EQ(outcome.kind, Kind::sent);
  EXPECT_EQ(outcome.message, "m_1");
  EXPECT_EQ(graph_.copies("Bosset vert tømt fredag."), 1);
}

TEST_F(ProviderFaults, WhatWillPassIsRepeatedAndArrivesOnce) {
  for (const int code : {1, 2, 4, 17, 32, 613, 80006, 1200}) {
    const std::string text = "kode " + std::to_string(code);
    graph_.will({refuses(code), refuses(code)});
    EXPECT_EQ(deliver(text).kind, Kind::sent) << code;
    EXPECT_EQ(graph_.copies(text), 1) << code;
  }
  for (const int status : {429, 500, 502, 503, 504}) {
    const std::string text = "status " + std::to_string(status);
    graph_.will({refuses(status, "<html>")});
    EXPECT_EQ(deliver(text).kind, Kind::sent) << status;
    EXPECT_EQ(graph_.copies(text), 1) << status;
  }
}

TEST_F(ProviderFaults, WhatStopsTheChannelAndWhatIsGivenUpIsTriedOnce) {
  for (const auto& [code, kind] : std::vector<std::pair<int, Kind>>{{190, Kind::channel_stopped},
                                                                    {10, Kind::channel_stopped},
                                                                    {200, Kind::channel_stopped},
                                                                    {299, Kind::channel_stopped},
                                                                    {368, Kind::channel_stopped},
                                                                    {551, Kind::failed},
                                                                    {100, Kind::failed}}) {
    const int before = graph_.requests();
    graph_.will({refuses(code)});
    EXPECT_EQ(deliver("Hei").kind, kind) << code;
    EXPECT_EQ(graph_.requests(), before + 1) << code;
  }
  EXPECT_EQ(graph_.copies("Hei"), 0);
}

TEST_F(ProviderFaults, WhatMayHaveArrivedIsUncertainAndNeverASecondCopy) {
  int number = 0;
  for (const auto kind : {Fate::Kind::hangs_after_taking, Fate::Kind::resets_after_taking,
                          Fate::Kind::answers_no_json, Fate::Kind::breaks_off}) {
    const std::string text = "melding " + std::to_string(++number);
    graph_.will({fails(kind)});
    EXPECT_EQ(deliver(text).kind, Kind::uncertain) << number;
    EXPECT_EQ(graph_.copies(text), 1) << number;
  }
}

TEST_F(ProviderFaults, WhatsAppRepeatsWhatWillPassAndNothingElse) {
  open_whatsapp();
  for (const int code : {130429, 131056, 80007, 131016, 131000, 131057}) {
    const std::string text = "kode " + std::to_string(code);
    graph_.will({refuses(code), refuses(code)});
    EXPECT_EQ(deliver(text).kind, Kind::sent) << code;
    EXPECT_EQ(graph_.copies(text), 1) << code;
  }
  for (const auto& [code, kind] : std::vector<std::pair<int, Kind>>{{190, Kind::channel_stopped},
                                                                    {131031, Kind::channel_stopped},
                                                                    {131047, Kind::failed},
                                                                    {131026, Kind::failed}}) {
    const int before = graph_.requests();
    graph_.will({refuses(code)});
    EXPECT_EQ(deliver("Hei").kind, kind) << code;
    EXPECT_EQ(graph_.requests(), before + 1) << code;
  }
  graph_.will({fails(Fate::Kind::resets_after_taking)});
  EXPECT_EQ(deliver("éin gong").kind, Kind::uncertain);
  EXPECT_EQ(graph_.copies("éin gong"), 1);
}

TEST_F(ProviderFaults, AConnectionThatIsResetAtOnceGivesAtMostOneCopy) {
  graph_.will({fails(Fate::Kind::resets_before_reading)});
  const auto outcome = deliver("Hei");
  EXPECT_EQ(graph_.copies("Hei"), outcome.kind == Kind::sent ? 1 : 0);
}

TEST_F(ProviderFaults, ARedirectIsNotFollowed) {
  graph_.will({fails(Fate::Kind::redirects)});
  EXPECT_EQ(deliver("Hei").why, "http 302");
  EXPECT_EQ(graph_.copies("Hei"), 0);
}

TEST_F(ProviderFaults, AWrongTokenStopsTheChannel) {
  open(graph_.origin(), "EAAcanaryOTHER");
  EXPECT_EQ(deliver("Hei").kind, Kind::channel_stopped);
}

TEST_F(ProviderFaults, ATokenIsTriedWithoutSendingAndOnlyItsOwnFaultStopsTheChannel) {
  EXPECT_EQ(check().kind, Kind::sent);
  for (const int code : {10, 200, 100, 2}) {
    graph_.will({refuses(code)});
    EXPECT_EQ(check().kind, Kind::retry) << code;
  }
  open(graph_.origin(), "EAAcanaryOTHER");
  EXPECT_EQ(check().kind, Kind::channel_stopped);
}

TEST_F(ProviderFaults, WhereNothingMayGoStopsTheChannel) {
  open("http://elsewhere.test:1");
  const auto refused = attempt("Hei");
  EXPECT_EQ(refused.kind, Kind::channel_stopped);
}

}  // namespace
}  // namespace svar
