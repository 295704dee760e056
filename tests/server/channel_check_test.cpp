#include "bot/server/channels/channel_check.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "bot/server/commands/channel_command.h"
#include "tests/connectors/outbound/hostile_server.h"

namespace svar::server {
namespace {

using outbound::HttpError;
using outbound::HttpFault;
using outbound::HttpOutcome;
using outbound::HttpRequest;
using outbound::HttpResponse;
using outbound::Sent;

const Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
std::string seconds_from_now(std::chrono::hours hours) {
  return std::to_string(
      std::chrono::duration_cast<std::chrono::seconds>((kNow + hours).time_since_epoch()).count());
}

// The platforms, as far as they are asked: a path's answer, and what was asked for.
class ScriptedPlatforms {
 public:
  void answer(const std::string& path, const std::string& body, int status = 200) {
    answers_[path] = {status, {}, body};
  }
  HttpOutcome operator()(const HttpRequest& request) {
    asked.push_back(request);
    const std::size_t path = request.url.find('/', 8);
    const std::string target = request.url.substr(path, request.url.find('?') - path);
    const auto found = answers_.find(target);
    if (found == answers_.end())
      return Failure{HttpError{Sent::no, HttpFault::unreachable, "platform.test: no connection"}};
    return found->second;
  }
  std::vector<HttpRequest> asked;

 private:
  std::map<std::string, HttpResponse> answers_;
};

class ChannelCheck : public testing::Test {
 protected:
  ChannelCheck() {
    std::filesystem::create_directories(folder_);
    for (const char* name : {"token", "secret", "verify"})
      write(name, std::string("12:canary-") + name);
  }
  ~ChannelCheck() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& held) {
    std::ofstream(folder_ + "/" + name, std::ios::trunc) << held << '\n';
    ::chmod((folder_ + "/" + name).c_str(), 0600);
  }
  ChannelAccount account(Platform platform) {
    ChannelAccount account;
    account.platform = platform;
    account.site = "osteroy";
    account.node = "77";
    account.business = "88";
    account.app = "99";
    account.url = "https://bridge.test/in";
    account.token_file = folder_ + "/token";
    account.secret_file = folder_ + "/secret";
    account.verify_token_file = folder_ + "/verify";
    return account;
  }
  // Each line as «grade: words»; none holds a secret.
  std::vector<std::string> lines(Platform platform,
                                 const std::string& public_origin = "https://chat.example.no") {
    ChannelSettings settings;
    settings.accounts = {account(platform)};
    const auto reports = check_channels({settings, public_origin, kNow, std::ref(platforms)});
    EXPECT_EQ(reports.size(), 1U);
    std::vector<std::string> told;
    for (const CheckLine& line : reports[0].lines) {
      EXPECT_EQ(line.what.find("canary"), std::string::npos) << line.what;
      const char* grades[] = {"good: ", "notice: ", "fault: "};
      told.push_back(grades[static_cast<int>(line.grade)] + line.what);
    }
    return told;
  }
  using Lines = std::vector<std::string>;

  const std::string folder_ =
      std::filesystem::temp_directory_path() / ("svarsentral-check-" + std::to_string(::getpid()));
  ScriptedPlatforms platforms;
  const std::string bot_ = "/bot12:canary-token";
};

TEST_F(ChannelCheck, TelegramThatWorksIsToldInThreeLines) {
  platforms.answer(bot_ + "/getMe",
                   R"({"ok":true,"result":{"id":1,"is_bot":true,"username":"osteroybot"}})");
  platforms.answer(
      bot_ + "/getWebhookInfo",
      R"({"ok":true,"result":{"url":"https://chat.example.no/channels/v1/telegram/osteroy",
                       "pending_update_count":0}})");
  const Lines good{
      "good: the token is that of @osteroybot",
      "good: Telegram delivers to https://chat.example.no/channels/v1/telegram/osteroy"};
  EXPECT_EQ(lines(Platform::telegram), good);
  EXPECT_EQ(lines(Platform::telegram, ""), good) << "without a public origin the path decides";
}

TEST_F(ChannelCheck, ATelegramTokenThatIsNoneAndAPlatformOutOfReachAreToldApart) {
  EXPECT_EQ(lines(Platform::telegram),
            Lines{"fault: Telegram cannot be reached: platform.test: no connection"});
  platforms.answer(bot_ + "/getMe", R"({"ok":false,"error_code":401,"description":"Unauthorized"})",
                   401);
  EXPECT_EQ(
      lines(Platform::telegram),
      Lines{"fault: Telegram does not know this token: ask @BotFather for it and write it into " +
            folder_ + "/token"});
  platforms.answer(bot_ + "/getMe", "<html>", 502);
  EXPECT_EQ(lines(Platform::telegram), Lines{"fault: Telegram answers 502 to getMe"});
}

TEST_F(ChannelCheck, TelegramsTroublesWithUsAreTold) {
  platforms.answer(bot_ + "/getMe", R"({"ok":true,"result":{"username":"osteroybot"}})");
  platforms.answer(bot_ + "/getWebhookInfo", R"({"ok":true,"result":{"url":""}})");
  EXPECT_EQ(lines(Platform::telegram)[1],
            "fault: no webhook is set, so that nothing arrives: deploy/channels/telegram.md");
  platforms.answer(
      bot_ + "/getWebhookInfo",
      R"({"ok":true,"result":{"url":"https://old.example.no/x","pending_update_count":4,
      "last_error_date":)" +
          seconds_from_now(std::chrono::hours{-1}) +
          R"(,"last_error_message":"Wrong response\u001b[31m: 500",
      "allowed_updates":["message"]}})");
  EXPECT_EQ(lines(Platform::telegram),
            (Lines{"good: the token is that of @osteroybot",
                   "fault: Telegram delivers to https://old.example.no/x instead of "
                   "https://chat.example.no/channels/v1/telegram/osteroy",
                   "fault: updates of the kind edited_message are left out of allowed_updates",
                   "fault: updates of the kind callback_query are left out of allowed_updates",
                   "notice: 4 updates wait at Telegram",
                   "fault: Telegram could not deliver lately: Wrong response [31m: 500"}));
}

TEST_F(ChannelCheck, MessengerThatWorksIsTold) {
  platforms.answer(
      "/v23.0/debug_token",
      R"({"data":{"app_id":"99","is_valid":true,"expires_at":0,"scopes":["pages_messaging"]}})");
  platforms.answer("/v23.0/77", R"({"name":"Osterøy kommune","id":"77"})");
  platforms.answer("/v23.0/77/subscribed_apps",
                   R"({"data":[{"id":"99","name":"Svar","subscribed_fields":["messages",
      "messaging_postbacks","message_echoes","message_deliveries","message_reads","message_edits"]}]})");
  EXPECT_EQ(
      lines(Platform::messenger),
      (Lines{"good: the token does not expire", "good: the account is «Osterøy kommune»",
             "good: the app is subscribed",
             "good: Meta is to deliver to https://chat.example.no/channels/v1/messenger/osteroy"}));
  ASSERT_EQ(platforms.asked.size(), 3U);
  EXPECT_NE(platforms.asked[0].url.find(
                "input_token=12%3Acanary-token&access_token=99%7C12%3Acanary-secret"),
            std::string::npos);
  EXPECT_EQ(platforms.asked[1].headers[0].value, "Bearer 12:canary-token");
}

TEST_F(ChannelCheck, WhatExpiresIsToldTwoWeeksBefore) {
  const auto token = [&](std::chrono::hours left) {
    platforms.answer(
        "/v23.0/debug_token",
        R"({"data":{"app_id":"99","is_valid":true,"scopes":["pages_messaging"],"expires_at":)" +
            seconds_from_now(left) + "}}");
    return lines(Platform::messenger)[0];
  };
  EXPECT_EQ(token(std::chrono::hours{24 * 40}), "good: the token is good until 2027-01-03");
  EXPECT_EQ(token(std::chrono::hours{24 * 13}),
            "fault: the token expires on 2026-12-07: replace it before");
}

TEST_F(ChannelCheck, MetasRefusalsAreTold) {
  platforms.answer("/v23.0/debug_token", R"({"error":{"message":"canary","code":190}})", 400);
  EXPECT_EQ(lines(Platform::messenger),
            Lines{"fault: the app's id and secret: Meta answers with error 190"});
  platforms.answer("/v23.0/debug_token",
                   R"({"data":{"is_valid":false,"error":{"message":"Session has expired"}}})");
  EXPECT_EQ(lines(Platform::messenger),
            Lines{"fault: the token is not valid any more: make a new one and write it into " +
                  folder_ + "/token"});
  platforms.answer("/v23.0/debug_token",
                   R"({"data":{"app_id":"5","is_valid":true,"expires_at":0,"scopes":["email"]}})");
  platforms.answer("/v23.0/88/subscribed_apps",
                   R"({"data":[{"whatsapp_business_api_data":{"id":"5"}}]})");
  EXPECT_EQ(
      lines(Platform::whatsapp),
      (Lines{
          "fault: the token belongs to the app 5", "good: the token does not expire",
          "fault: the token lacks the right whatsapp_business_messaging",
          "fault: Meta cannot be reached: platform.test: no connection",
          "fault: the app is not subscribed, so that nothing arrives: deploy/channels/whatsapp.md",
          "good: Meta is to deliver to https://chat.example.no/channels/v1/whatsapp/osteroy"}));
}

TEST_F(ChannelCheck, AnswersThatAreNoneDoNoHarm) {
  for (const std::string& body :
       {std::string("[]"), std::string("null"), std::string("{"), std::string("{\"data\":7}"),
        std::string("{\"data\":{\"is_valid\":\"yes\"}}"), std::string("{\"result\":[]}"),
        std::string(30'000, '['), std::string("{\"data\":[1,[],{\"id\":3}]}")}) {
    for (const char* path : {"/v23.0/debug_token", "/v23.0/77", "/v23.0/88/subscribed_apps"})
      platforms.answer(path, body);
    for (const char* method : {"/getMe", "/getWebhookInfo"}) platforms.answer(bot_ + method, body);
    for (const Platform platform :
         {Platform::telegram, Platform::messenger, Platform::instagram, Platform::whatsapp})
      EXPECT_EQ(lines(platform).front().substr(0, 5), "fault") << body.substr(0, 40);
  }
}

TEST_F(ChannelCheck, ASecretThatIsMissingOrOpenIsToldBeforeAnybodyIsAsked) {
  ::chmod((folder_ + "/secret").c_str(), 0644);
  std::filesystem::remove(folder_ + "/verify");
  EXPECT_EQ(lines(Platform::instagram),
            (Lines{"fault: " + folder_ + "/secret is open to others on this machine: chmod 0640",
                   "fault: " + folder_ + "/verify cannot be opened"}));
  EXPECT_TRUE(platforms.asked.empty());
}

TEST_F(ChannelCheck, AWebhookNeedsALongKeyAndAReceiverThatAnswers) {
  EXPECT_EQ(lines(Platform::webhook)[0],
            "fault: " + folder_ +
                "/secret holds no key, or one of fewer than 32 characters: openssl rand -hex 32");
  write("secret", std::string(64, 'a'));
  platforms.answer("/in", "", 405);
  EXPECT_EQ(
      lines(Platform::webhook),
      (Lines{"good: the key is there", "good: the receiver answers, with status 405",
             "good: the bridge delivers to https://chat.example.no/channels/v1/webhook/osteroy"}));
}

TEST_F(ChannelCheck, TheCommandAsksOverTheNetworkAndItsCodeTellsTheOutcome) {
  tests::HostileServer telegram([](tests::Peer& peer) {
    if (!peer.read_request()) return;
    const bool me = peer.request().find("/getMe ") != std::string::npos;
    peer.answer(
        me ? R"({"ok":true,"result":{"username":"osteroybot"}})"
           : R"({"ok":true,"result":{"url":"https://chat.example.no/channels/v1/telegram/osteroy"}})");
  });
  const std::string origin = "http://127.0.0.1:" + std::to_string(telegram.port());
  ChannelOptions options;
  options.data.config = folder_ + "/settings.yaml";
  std::ofstream(options.data.config)
      << "webchat: {public_origins: [\"https://chat.example.no/\"]}\nchannels:\n  telegram:\n    - "
         "{site: osteroy, token_file: "
      << folder_ << "/token, secret_file: " << folder_ << "/secret}\n  telegram_api: " << origin
      << "\n  internal_origins: [\"" << origin << "\"]\n";
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run_channel_check(options, kNow, out, err), 0) << out.str() << err.str();
  EXPECT_EQ(
      out.str(),
      "telegram:osteroy (" + options.data.config +
          ":4)\n  good    the token is that of @osteroybot\n"
          "  good    Telegram delivers to https://chat.example.no/channels/v1/telegram/osteroy\n");
  options.json = true;
  options.data.set = {"channels.telegram_api=http://127.0.0.1:1"};
  out.str("");
  EXPECT_EQ(run_channel_check(options, kNow, out, err), 1);
  EXPECT_NE(out.str().find(R"("good": false)"), std::string::npos) << out.str();
  EXPECT_EQ(out.str().find("canary"), std::string::npos) << out.str();
}

TEST_F(ChannelCheck, TheCommandSaysWhenNothingIsAttachedAndWhenTheConfigurationIsAtFault) {
  ChannelOptions options;
  options.data.config = "";
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run_channel_check(options, kNow, out, err), 0);
  EXPECT_EQ(out.str(),
            "no account of a messaging platform is attached (channels, in the configuration)\n");
  options.data.set = {"channels.internal_origins=ftp://x"};
  EXPECT_EQ(run_channel_check(options, kNow, out, err), 2);
  EXPECT_EQ(err.str(), "channels.internal_origins: ftp://x: neither https:// nor http://\n");
}

}  // namespace
}  // namespace svar::server
