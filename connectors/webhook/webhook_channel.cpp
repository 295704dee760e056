#include "connectors/webhook/webhook_channel.h"

#include <utility>

#include "connectors/outbound/url.h"
#include "connectors/webhook/call_answers.h"
#include "connectors/webhook/message_encoding.h"

namespace svar::webhook {
namespace {

using service::SendOutcome;

constexpr std::size_t kAnswerBytesMax = 64 * 1024;  // read only to be thrown away

service::ChannelFacts facts_of(const WebhookAccount& account) {
  service::ChannelFacts facts{"webhook:" + account.site.value, "webhook", account.site, {}};
  facts.is_idempotent = true;
  return facts;
}

}  // namespace

Result<std::unique_ptr<WebhookChannel>, std::string> WebhookChannel::open(
    WebhookAccount account, outbound::HttpClient& http, const service::Clock& clock,
    service::Executor& executor) {
  auto keys = Keys::of(account.secret);
  if (!keys) return Failure{keys.error()};
  if (!outbound::parse_url(account.url))
    return Failure<std::string>{"webhook: the bridge's address is none"};
  return std::unique_ptr<WebhookChannel>{
      new WebhookChannel{std::move(account), std::move(*keys), http, clock, executor}};
}

WebhookChannel::WebhookChannel(WebhookAccount account, Keys keys, outbound::HttpClient& http,
                               const service::Clock& clock, service::Executor& executor)
    : account_(std::move(account)),
      keys_(std::move(keys)),
      facts_(facts_of(account_)),
      http_(http),
      clock_(clock),
      executor_(executor) {}

Result<Time, std::string> WebhookChannel::admits(const Signed& request,
                                                 std::string_view signatures) const {
  if (!keys_.admits(request, signatures)) return Failure<std::string>{"signature"};
  const auto at = signed_at(request.timestamp, clock_.now());
  if (!at) return Failure<std::string>{"timestamp"};
  return *at;
}

std::vector<service::Part> WebhookChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

void WebhookChannel::send(service::SendRequest request, std::function<void(SendOutcome)> done) {
  auto body = addressed(request.part, request.address, request.token);
  if (!body) {
    executor_.post([done = std::move(done)] {
      done({SendOutcome::Kind::failed, {}, std::nullopt, "no contact or no message"});
    });
    return;
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  const std::string timestamp = std::to_string(now.time_since_epoch().count());
  outbound::HttpRequest call;
  call.method = outbound::Method::post;
  call.url = account_.url;
  call.headers = {{"Content-Type", "application/json"},
                  {"webhook-id", request.token},
                  {"webhook-timestamp", timestamp},
                  {"webhook-signature", keys_.sign({request.token, timestamp, *body})}};
  call.body = std::move(*body);
  call.time_max = account_.call_time_max;
  call.answer_bytes_max = kAnswerBytesMax;
  http_.send(std::move(call),
             [token = request.token, done = std::move(done)](const outbound::HttpOutcome& answer) {
               done(outcome_of(answer, token));
             });
}

}  // namespace svar::webhook
