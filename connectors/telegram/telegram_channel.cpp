#include "connectors/telegram/telegram_channel.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "connectors/outbound/url.h"
#include "connectors/telegram/call_answers.h"
#include "connectors/telegram/message_encoding.h"

namespace svar::telegram {
namespace {

using service::SendOutcome;

constexpr std::size_t kSecretBytesMin = 16;
constexpr std::size_t kSecretBytesMax = 256;
constexpr std::size_t kTokenKeyBytesMin = 20;
constexpr std::size_t kTokenBytesMax = 256;
constexpr std::size_t kAnswerBytesMax = 256 * 1024;
constexpr std::string_view kPressed = "cb:";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_key_letter(char c) {
  return is_digit(c) || is_letter(c) || c == '_' || c == '-';
}

bool is_token(std::string_view token) {
  const auto colon = token.find(':');
  if (colon == 0 || colon == std::string_view::npos || token.size() > kTokenBytesMax) return false;
  const std::string_view key = token.substr(colon + 1);
  return std::all_of(token.begin(), token.begin() + static_cast<std::ptrdiff_t>(colon), is_digit) &&
         key.size() >= kTokenKeyBytesMin && std::all_of(key.begin(), key.end(), is_key_letter);
}

bool is_secret(std::string_view secret) {
  return secret.size() >= kSecretBytesMin && secret.size() <= kSecretBytesMax &&
         std::all_of(secret.begin(), secret.end(), is_key_letter);
}

bool is_origin(const std::string& text) {
  const auto url = outbound::parse_url(text);
  return url && url->target == "/" && !text.ends_with('/');
}

}  // namespace

Result<std::unique_ptr<TelegramChannel>, std::string> TelegramChannel::open(
    TelegramAccount account, outbound::HttpClient& http, service::Executor& executor) {
  if (!is_token(account.token))
    return Failure<std::string>{"telegram: no bot token, or none that is one"};
  if (!is_secret(account.secret)) {
    return Failure<std::string>{
        "telegram: the webhook's secret must be 16 to 256 of A-Z a-z 0-9 _ -"};
  }
  if (!is_origin(account.origin)) {
    return Failure<std::string>{
        "telegram: the Bot API's address must be scheme, host and port alone"};
  }
  return std::unique_ptr<TelegramChannel>{new TelegramChannel{std::move(account), http, executor}};
}

TelegramChannel::TelegramChannel(TelegramAccount account, outbound::HttpClient& http,
                                 service::Executor& executor)
    : account_(std::move(account)),
      facts_{"telegram:" + account_.site.value, "telegram", account_.site, {}},
      http_(http),
      executor_(executor) {}

bool TelegramChannel::admits(std::string_view secret) const {
  return secret.size() == account_.secret.size() &&
         sodium_memcmp(secret.data(), account_.secret.data(), secret.size()) == 0;
}

void TelegramChannel::acknowledge(const std::vector<service::Incoming>& stored) {
  for (const service::Incoming& incoming : stored) {
    if (!incoming.event.starts_with(kPressed)) continue;
    const auto part = encode_press_seen(std::string_view{incoming.event}.substr(kPressed.size()));
    call(part.method, part.body, [](const outbound::HttpOutcome&) {});
  }
}

std::vector<service::Part> TelegramChannel::render(const service::Outgoing& message) const {
  return encode(message);
}

void TelegramChannel::send(service::SendRequest request, std::function<void(SendOutcome)> done) {
  const auto body = addressed(request.part, request.address);
  const std::string& method = request.part.method;
  if (!body || method.empty() || !std::all_of(method.begin(), method.end(), is_letter)) {
    executor_.post([done = std::move(done)] {
      done({SendOutcome::Kind::failed, {}, std::nullopt, "no chat or no call"});
    });
    return;
  }
  call(method, *body,
       [this, part = request.part, done = std::move(done)](const outbound::HttpOutcome& answer) {
         const auto elsewhere = moved_to(answer);
         const auto again = elsewhere ? addressed(part, *elsewhere) : std::nullopt;
         if (!again) return done(outcome_of(answer));
         call(part.method, *again,
              [done](const outbound::HttpOutcome& second) { done(outcome_of(second)); });
       });
}

bool TelegramChannel::check_token(std::function<void(SendOutcome)> done) {
  call("getMe", "{}",
       [done = std::move(done)](const outbound::HttpOutcome& answer) { done(outcome_of(answer)); });
  return true;
}

void TelegramChannel::show_typing(const std::string& address) {
  const auto part = encode_typing();
  if (const auto body = addressed(part, address)) {
    call(part.method, *body, [](const outbound::HttpOutcome&) {});
  }
}

void TelegramChannel::call(const std::string& method, std::string body,
                           std::function<void(outbound::HttpOutcome)> done) {
  outbound::HttpRequest request;
  request.method = outbound::Method::post;
  request.url = account_.origin + "/bot" + account_.token + "/" + method;
  request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  request.time_max = account_.call_time_max;
  request.answer_bytes_max = kAnswerBytesMax;
  http_.send(std::move(request), std::move(done));
}

}  // namespace svar::telegram
