// A bridge as a channel: an SMS gateway, Teams, Matrix or anything else that a program of somebody
// else's stands between. The wire is told in deploy/channels/webhook.md.
//
// Threads: the executor's. Blocking: never.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bot/domain/result.h"
#include "bot/service/delivery/channel.h"
#include "bot/service/turn/clock.h"
#include "bot/service/turn/executor.h"
#include "connectors/outbound/http_client.h"
#include "connectors/webhook/signature.h"

namespace svar::webhook {

struct WebhookAccount {
  SiteId site;
  std::string secret;  // as the secret file holds it: Keys::of
  std::string url;     // where messages to citizens go
  std::chrono::milliseconds call_time_max{10'000};
};

class WebhookChannel final : public service::Channel {
 public:
  // The reason when the channel stays off: no key, or an address that is none. It holds no secret.
  // `http`, `clock` and `executor` outlive the channel; `http` completes on `executor`.
  static Result<std::unique_ptr<WebhookChannel>, std::string> open(WebhookAccount account,
                                                                   outbound::HttpClient& http,
                                                                   const service::Clock& clock,
                                                                   service::Executor& executor);

  // The bridge's request with these headers, or why it is not read: "signature" or "timestamp".
  Result<Time, std::string> admits(const Signed& request, std::string_view signatures) const;

  const service::ChannelFacts& facts() const override { return facts_; }
  std::vector<service::Part> render(const service::Outgoing& message) const override;
  void send(service::SendRequest request, std::function<void(service::SendOutcome)> done) override;

 private:
  WebhookChannel(WebhookAccount account, Keys keys, outbound::HttpClient& http,
                 const service::Clock& clock, service::Executor& executor);

  const WebhookAccount account_;
  const Keys keys_;
  const service::ChannelFacts facts_;
  outbound::HttpClient& http_;
  const service::Clock& clock_;
  service::Executor& executor_;
};

}  // namespace svar::webhook
