#include "connectors/telegram/call_answers.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "connectors/telegram/json_reading.h"

namespace svar::telegram {
namespace {

using nlohmann::json;
using outbound::HttpFault;
using outbound::HttpOutcome;
using service::SendOutcome;
using std::chrono::milliseconds;
using Kind = SendOutcome::Kind;

constexpr std::int64_t kWaitSecondsMax = 24 * 60 * 60;

SendOutcome refused(Kind kind, std::string why) {
  return {kind, {}, std::nullopt, std::move(why)};
}

SendOutcome of_fault(const outbound::HttpError& error) {
  const std::string why{outbound::words_of(error.fault)};
  if (error.sent == outbound::Sent::maybe) return refused(Kind::uncertain, why);
  // Where the settings forbid the way there, time mends nothing.
  if (error.fault == HttpFault::refused) return refused(Kind::channel_stopped, why);
  return refused(Kind::retry, why);
}

std::optional<milliseconds> wait(std::optional<std::int64_t> seconds) {
  if (!seconds || *seconds <= 0) return std::nullopt;
  return std::chrono::seconds{std::min(*seconds, kWaitSecondsMax)};
}

std::optional<milliseconds> wait_asked(const outbound::HttpResponse& answer, const json& body) {
  if (const json* parameters = object_in(body, "parameters")) {
    if (const auto asked = wait(whole_in(*parameters, "retry_after"))) return asked;
  }
  const std::string_view header = answer.header("retry-after");
  std::int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  const bool whole = fault == std::errc{} && end == header.data() + header.size();
  return whole ? wait(seconds) : std::nullopt;
}

// Telegram repeats the status in the body; without a body of its own the status counts.
int code_of(const outbound::HttpResponse& answer, const json& body) {
  const auto code = whole_in(body, "error_code");
  return code && *code >= 400 && *code < 600 ? static_cast<int>(*code) : answer.status;
}

SendOutcome of_success(const json& body) {
  // 200 without Telegram's word for it: something between us has answered, and who knows what it
  // did with the request.
  if (!is_true_in(body, "ok")) return refused(Kind::uncertain, "no answer of Telegram's");
  SendOutcome sent{Kind::sent, {}, std::nullopt, {}};
  if (const json* message = object_in(body, "result")) {
    if (const auto id = whole_in(*message, "message_id")) sent.message = std::to_string(*id);
  }
  return sent;
}

SendOutcome of_refusal(int code, const outbound::HttpResponse& answer, const json& body) {
  const std::string why = "telegram " + std::to_string(code);
  if (code == 429 || code >= 500) {
    return {Kind::retry, {}, wait_asked(answer, body), why};
  }
  if (code == 401 || code == 404) return refused(Kind::channel_stopped, why);
  if (code == 403) return refused(Kind::unreachable, why);
  const bool as_it_was =
      code == 400 &&
      text_in(body, "description").find("message is not modified") != std::string::npos;
  if (as_it_was) return refused(Kind::sent, {});
  return code >= 400 ? refused(Kind::failed, why) : refused(Kind::retry, why);
}

}  // namespace

SendOutcome outcome_of(const HttpOutcome& answer) {
  if (!answer) return of_fault(answer.error());
  const json body = parse_strictly(answer->body);
  const bool success = answer->status >= 200 && answer->status < 300;
  if (success && !whole_in(body, "error_code")) return of_success(body);
  return of_refusal(code_of(*answer, body), *answer, body);
}

std::optional<std::string> moved_to(const HttpOutcome& answer) {
  if (!answer) return std::nullopt;
  const json body = parse_strictly(answer->body);
  const json* parameters = object_in(body, "parameters");
  if (code_of(*answer, body) != 400 || !parameters) return std::nullopt;
  const auto chat = whole_in(*parameters, "migrate_to_chat_id");
  return chat && *chat != 0 ? std::optional{std::to_string(*chat)} : std::nullopt;
}

}  // namespace svar::telegram
