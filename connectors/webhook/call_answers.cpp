#include "connectors/webhook/call_answers.h"

#include <algorithm>
#include <charconv>

namespace svar::webhook {
namespace {

using service::SendOutcome;
using Kind = SendOutcome::Kind;

constexpr std::int64_t kWaitSecondsMax = 24 * 60 * 60;

std::optional<std::chrono::milliseconds> wait_asked(const outbound::HttpResponse& answer) {
  const std::string_view text = answer.header("retry-after");
  std::int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::chrono::seconds{std::min(seconds, kWaitSecondsMax)};
}

Kind kind_of(int status) {
  if (status >= 200 && status <= 299) return Kind::sent;
  if (status == 410) return Kind::unreachable;
  if (status == 408 || status == 425 || status == 429 || status >= 500) return Kind::retry;
  const bool elsewhere = status < 400 || status == 404 || status == 405;
  return elsewhere || status == 401 || status == 403 ? Kind::channel_stopped : Kind::failed;
}

SendOutcome of_fault(const outbound::HttpError& error) {
  const std::string why{outbound::words_of(error.fault)};
  if (error.sent == outbound::Sent::maybe) return {Kind::uncertain, {}, std::nullopt, why};
  const bool forbidden = error.fault == outbound::HttpFault::refused;
  return {forbidden ? Kind::channel_stopped : Kind::retry, {}, std::nullopt, why};
}

}  // namespace

SendOutcome outcome_of(const outbound::HttpOutcome& answer, const std::string& token) {
  if (!answer) return of_fault(answer.error());
  const Kind kind = kind_of(answer->status);
  if (kind == Kind::sent) return {kind, token, std::nullopt, {}};
  const auto wait = kind == Kind::retry ? wait_asked(*answer) : std::nullopt;
  return {kind, {}, wait, "http " + std::to_string(answer->status)};
}

}  // namespace svar::webhook
