// One bot account of Telegram as a channel.
//
// The bot's token is a part of every URL that is called. It leaves this object in no other way: no
// outcome, name or reason holds it.
//
// Threads: the executor's. Blocking: never.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "bot/service/delivery/channel.h"
#include "bot/service/turn/executor.h"
#include "connectors/outbound/http_client.h"

namespace svar::telegram {

struct TelegramAccount {
  SiteId site;
  std::string token;   // as BotFather gave it: 123456:AAF…
  std::string secret;  // as setWebhook was told it; Telegram repeats it in a header of each POST
  // Scheme, host and port of the Bot API. Another than Telegram's own only by the settings file: a
  // server of one's own, or a test's.
  std::string origin = "https://api.telegram.org";
  std::chrono::milliseconds call_time_max{10'000};  // then the call is given up, and uncertain
};

// The header in which the secret comes, in lower case.
inline constexpr std::string_view kSecretHeader = "x-telegram-bot-api-secret-token";

class TelegramChannel final : public service::Channel {
 public:
  // The reason when the channel stays off: no token or none that is one, no secret (16 to 256 of
  // A–Z a–z 0–9 _ -), or an origin that is none. The reason holds no value of the account.
  // `http` and `executor` outlive the channel; `http` completes on `executor`.
  static Result<std::unique_ptr<TelegramChannel>, std::string> open(TelegramAccount account,
                                                                    outbound::HttpClient& http,
                                                                    service::Executor& executor);

  // Whether a POST with this value of kSecretHeader comes from Telegram. In constant time.
  bool admits(std::string_view secret) const;

  // To be called when what was decoded is stored: ends the waiting sign on pressed buttons. Best
  // effort.
  void acknowledge(const std::vector<service::Incoming>& stored);

  const service::ChannelFacts& facts() const override { return facts_; }
  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;
  bool check_token(std::function<void(service::SendOutcome)> done) override;  // getMe
  void show_typing(const std::string& address) override;

 private:
  TelegramChannel(TelegramAccount account, outbound::HttpClient& http, service::Executor& executor);
  void call(const std::string& method, std::string body,
            std::function<void(outbound::HttpOutcome)> done);

  const TelegramAccount account_;
  const service::ChannelFacts facts_;
  outbound::HttpClient& http_;
  service::Executor& executor_;
};

}  // namespace svar::telegram
