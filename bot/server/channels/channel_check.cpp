#include "bot/server/channels/channel_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/server/channels/platform_checks.h"
#include "bot/server/channels/secret_file.h"
#include "connectors/webhook/signature.h"

namespace svar::server {
namespace {

constexpr std::size_t kQuotedBytesMax = 200;
constexpr int kDepthMax = 16;

AccountReport check(const ChannelAccount& account, const CheckContext& context) {
  AccountReport report{account.id(), account.where, {}};
  switch (account.platform) {
    case Platform::telegram:
      report.lines = check_telegram(account, context);
      break;
    case Platform::messenger:
    case Platform::instagram:
    case Platform::whatsapp:
      report.lines = check_meta(account, context);
      break;
    case Platform::webhook:
      report.lines = check_webhook(account, context);
      break;
  }
  return report;
}

}  // namespace

bool AccountReport::good() const {
  return std::none_of(lines.begin(), lines.end(),
                      [](const CheckLine& line) { return line.grade == Grade::fault; });
}

std::vector<AccountReport> check_channels(const CheckContext& context) {
  std::vector<AccountReport> reports;
  for (const ChannelAccount& account : context.settings.accounts)
    reports.push_back(check(account, context));
  return reports;
}

CheckLines check_webhook(const ChannelAccount& account, const CheckContext& context) {
  CheckLines lines;
  const auto secret = read_secret(account.secret_file);
  if (!secret) {
    lines.push_back({Grade::fault, secret.error()});
  } else if (!webhook::Keys::of(*secret)) {
    lines.push_back({Grade::fault, account.secret_file +
                                       " holds no key, or one of fewer than 32 characters: "
                                       "openssl rand -hex 32"});
  } else {
    lines.push_back({Grade::good, "the key is there"});
  }
  outbound::HttpRequest request;
  request.url = account.url;
  const auto outcome = context.ask(std::move(request));
  if (outcome) {
    const bool broken = outcome->status >= 500;
    lines.push_back({broken ? Grade::fault : Grade::good,
                     "the receiver answers, with status " + std::to_string(outcome->status)});
  } else {
    lines.push_back({Grade::fault, "the receiver cannot be reached: " + outcome.error().what});
  }
  lines.push_back(
      {Grade::good, "the bridge delivers to " + context.public_origin + account.path()});
  return lines;
}

std::string one_line(std::string_view words) {
  std::string line;
  for (const char c : words.substr(0, kQuotedBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return line;
}

nlohmann::json json_of(const outbound::HttpResponse& response) {
  bool deep = false;
  const auto keep = [&deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    deep = deep || depth > kDepthMax;
    return !deep;
  };
  auto parsed = nlohmann::json::parse(response.body, keep, false);
  if (deep || !parsed.is_object()) return nlohmann::json(nlohmann::json::value_t::discarded);
  return parsed;
}

std::string text_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string day_of(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  const auto padded = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(day.year())) + "-" +
         padded(static_cast<unsigned>(day.month())) + "-" +
         padded(static_cast<unsigned>(day.day()));
}

}  // namespace svar::server
