#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "bot/server/channels/platform_checks.h"
#include "bot/server/channels/secret_file.h"

namespace svar::server {
namespace {

using nlohmann::json;

constexpr std::chrono::hours kRecently{24};
constexpr std::array<const char*, 3> kNeeded{"message", "edited_message", "callback_query"};

struct Called {
  json result;        // the object «result»; discarded when the call failed
  CheckLines faults;  // why
};

Called call(const std::string& method, const std::string& token, const ChannelAccount& account,
            const CheckContext& context) {
  outbound::HttpRequest request;
  request.url = context.settings.telegram_api + "/bot" + token + "/" + method;
  const auto outcome = context.ask(std::move(request));
  const auto failed = [](std::string what) {
    return Called{json(json::value_t::discarded), {{Grade::fault, std::move(what)}}};
  };
  if (!outcome) return failed("Telegram cannot be reached: " + outcome.error().what);
  // A token that is none of Telegram's gets 404, one that was revoked 401.
  if (outcome->status == 401 || outcome->status == 404)
    return failed("Telegram does not know this token: ask @BotFather for it and write it into " +
                  account.token_file);
  json answer = json_of(*outcome);
  if (outcome->status != 200 || !answer.is_object() || !answer.contains("result") ||
      !answer["result"].is_object())
    return failed("Telegram answers " + std::to_string(outcome->status) + " to " + method);
  return {std::move(answer["result"]), {}};
}

std::int64_t number_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

CheckLine line_of_address(const json& info, const ChannelAccount& account,
                          const CheckContext& context) {
  const std::string is = text_at(info, "url");
  const std::string wanted = context.public_origin + account.path();
  if (is.empty())
    return {Grade::fault,
            "no webhook is set, so that nothing arrives: deploy/channels/telegram.md"};
  const bool right = context.public_origin.empty() ? ends_with(is, wanted) : is == wanted;
  if (!right)
    return {Grade::fault, "Telegram delivers to " + one_line(is) + " instead of " + wanted};
  return {Grade::good, "Telegram delivers to " + one_line(is)};
}

void add_kinds(const json& info, CheckLines& lines) {
  const auto allowed = info.find("allowed_updates");
  if (allowed == info.end() || !allowed->is_array() || allowed->empty())
    return;  // what Telegram does by itself is right
  for (const char* kind : kNeeded) {
    if (std::find(allowed->begin(), allowed->end(), kind) == allowed->end())
      lines.push_back({Grade::fault, std::string{"updates of the kind "} + kind +
                                         " are left out of allowed_updates"});
  }
}

void add_troubles(const json& info, Time now, CheckLines& lines) {
  const std::int64_t waiting = number_at(info, "pending_update_count");
  if (waiting > 0)
    lines.push_back({Grade::notice, std::to_string(waiting) + " updates wait at Telegram"});
  const Time failed{std::chrono::seconds{number_at(info, "last_error_date")}};
  if (failed.time_since_epoch().count() == 0 || failed < now - kRecently) return;
  lines.push_back(
      {waiting > 0 ? Grade::fault : Grade::notice,
       "Telegram could not deliver lately: " + one_line(text_at(info, "last_error_message"))});
}

}  // namespace

CheckLines check_telegram(const ChannelAccount& account, const CheckContext& context) {
  const auto token = read_secret(account.token_file);
  const auto secret = read_secret(account.secret_file);
  CheckLines lines;
  for (const auto* file : {&token, &secret}) {
    if (!*file) lines.push_back({Grade::fault, file->error()});
  }
  if (!lines.empty()) return lines;
  const Called me = call("getMe", *token, account, context);
  if (!me.faults.empty()) return me.faults;
  lines.push_back(
      {Grade::good, "the token is that of @" + one_line(text_at(me.result, "username"))});
  const Called info = call("getWebhookInfo", *token, account, context);
  lines.insert(lines.end(), info.faults.begin(), info.faults.end());
  if (!info.faults.empty()) return lines;
  lines.push_back(line_of_address(info.result, account, context));
  add_kinds(info.result, lines);
  add_troubles(info.result, context.now, lines);
  return lines;
}

}  // namespace svar::server
