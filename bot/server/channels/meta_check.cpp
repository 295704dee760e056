#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/server/channels/platform_checks.h"
#include "bot/server/channels/secret_file.h"

namespace svar::server {
namespace {

using nlohmann::json;

constexpr std::chrono::days kExpiresSoon{14};

// What differs between Meta's platforms.
struct Kind {
  std::vector<std::string> rights;  // one of these
  const char* node_fields;
  const char* name_field;
  const char* page;
};

const Kind& kind_of(Platform platform) {
  static const Kind kMessenger{{"pages_messaging"}, "name", "name", "deploy/channels/messenger.md"};
  static const Kind kInstagram{{"instagram_manage_messages", "instagram_business_manage_messages"},
                               "username",
                               "username",
                               "deploy/channels/instagram.md"};
  static const Kind kWhatsApp{{"whatsapp_business_messaging"},
                              "display_phone_number,verified_name",
                              "display_phone_number",
                              "deploy/channels/whatsapp.md"};
  if (platform == Platform::instagram) return kInstagram;
  return platform == Platform::whatsapp ? kWhatsApp : kMessenger;
}

struct Secrets {
  std::string token;
  std::string app_secret;
};

std::string percent_encoded(const std::string& text) {
  static constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return encoded;
}

struct Called {
  json answer;         // an object; discarded when the call failed
  CheckLines failure;  // why
};

Called call(const std::string& path, const std::string& token, const std::string& about,
            const CheckContext& context) {
  outbound::HttpRequest request;
  request.url = context.settings.graph_api + "/" + context.settings.graph_version + "/" + path;
  if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
  const auto outcome = context.ask(std::move(request));
  const auto failed = [](std::string what) {
    return Called{json(json::value_t::discarded), {{Grade::fault, std::move(what)}}};
  };
  if (!outcome) return failed("Meta cannot be reached: " + outcome.error().what);
  json answer = json_of(*outcome);
  if (outcome->status == 200 && answer.is_object()) return {std::move(answer), {}};
  std::string why = "status " + std::to_string(outcome->status);
  if (answer.is_object() && answer.contains("error") && answer["error"].is_object()) {
    const json& error = answer["error"];
    if (error.contains("code") && error["code"].is_number_integer())
      why = "error " + error["code"].dump();
  }
  return failed(about + ": Meta answers with " + why);
}

std::int64_t number_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

void add_expiry(const json& data, Time now, CheckLines& lines) {
  const Time ends{std::chrono::seconds{number_at(data, "expires_at")}};
  if (ends.time_since_epoch().count() == 0) {
    lines.push_back({Grade::good, "the token does not expire"});
  } else if (ends < now + kExpiresSoon) {
    lines.push_back({Grade::fault, "the token expires on " + day_of(ends) + ": replace it before"});
  } else {
    lines.push_back({Grade::good, "the token is good until " + day_of(ends)});
  }
  const Time access{std::chrono::seconds{number_at(data, "data_access_expires_at")}};
  if (access.time_since_epoch().count() != 0 && access < now + kExpiresSoon)
    lines.push_back({Grade::fault, "the app's access to data ends on " + day_of(access) +
                                       ": log in to Meta again"});
}

void add_rights(const json& data, const Kind& kind, CheckLines& lines) {
  const auto scopes = data.find("scopes");
  const auto has = [&](const std::string& right) {
    return scopes != data.end() && scopes->is_array() &&
           std::find(scopes->begin(), scopes->end(), right) != scopes->end();
  };
  if (std::none_of(kind.rights.begin(), kind.rights.end(), has))
    lines.push_back({Grade::fault, "the token lacks the right " + kind.rights.front()});
}

// False when nothing more need be asked.
bool add_token(const ChannelAccount& account, const Secrets& secrets, const CheckContext& context,
               CheckLines& lines) {
  const std::string app_token = account.app + "|" + secrets.app_secret;
  const Called called = call("debug_token?input_token=" + percent_encoded(secrets.token) +
                                 "&access_token=" + percent_encoded(app_token),
                             "", "the app's id and secret", context);
  lines.insert(lines.end(), called.failure.begin(), called.failure.end());
  if (!called.failure.empty()) return false;
  const json data = called.answer.value("data", json::object());
  if (!data.is_object() || data.value("is_valid", json(false)) != json(true)) {
    lines.push_back(
        {Grade::fault, "the token is not valid any more: make a new one and write it into " +
                           account.token_file});
    return false;
  }
  const std::string app = text_at(data, "app_id");
  if (app != account.app)
    lines.push_back({Grade::fault, "the token belongs to the app " + one_line(app)});
  add_expiry(data, context.now, lines);
  add_rights(data, kind_of(account.platform), lines);
  return true;
}

void add_node(const ChannelAccount& account, const Secrets& secrets, const CheckContext& context,
              CheckLines& lines) {
  const Kind& kind = kind_of(account.platform);
  const Called called = call(account.node + "?fields=" + kind.node_fields, secrets.token,
                             "the account " + account.node, context);
  lines.insert(lines.end(), called.failure.begin(), called.failure.end());
  if (called.failure.empty())
    lines.push_back({Grade::good,
                     "the account is «" + one_line(text_at(called.answer, kind.name_field)) + "»"});
}

// The app's own entry among those subscribed; discarded when there is none.
json subscription_of(const json& answer, const ChannelAccount& account) {
  const json data = answer.value("data", json::array());
  for (const json& entry : data) {
    if (!entry.is_object()) continue;
    const json own = entry.value("whatsapp_business_api_data", entry);
    if (text_at(own, "id") == account.app) return entry;
  }
  return json(json::value_t::discarded);
}

void add_fields(const json& subscription, CheckLines& lines) {
  const json fields = subscription.value("subscribed_fields", json::array());
  const auto lacks = [&](const char* name) {
    return std::find(fields.begin(), fields.end(), name) == fields.end();
  };
  for (const char* name : {"messages", "messaging_postbacks"}) {
    if (lacks(name))
      lines.push_back({Grade::fault, std::string{"the field "} + name + " is not subscribed"});
  }
  for (const char* name :
       {"message_echoes", "message_deliveries", "message_reads", "message_edits"}) {
    if (lacks(name))
      lines.push_back({Grade::notice, std::string{"the field "} + name + " is not subscribed"});
  }
}

void add_subscription(const ChannelAccount& account, const Secrets& secrets,
                      const CheckContext& context, CheckLines& lines) {
  if (account.platform == Platform::instagram) {
    lines.push_back(
        {Grade::notice, "whether the account is subscribed is seen in the app's dashboard alone"});
    return;
  }
  const std::string node = account.platform == Platform::whatsapp ? account.business : account.node;
  const Called called =
      call(node + "/subscribed_apps", secrets.token, "the subscriptions", context);
  lines.insert(lines.end(), called.failure.begin(), called.failure.end());
  if (!called.failure.empty()) return;
  const json subscription = subscription_of(called.answer, account);
  if (subscription.is_discarded()) {
    // Meta does so by itself when deliveries have failed for an hour.
    lines.push_back(
        {Grade::fault, std::string{"the app is not subscribed, so that nothing arrives: "} +
                           kind_of(account.platform).page});
    return;
  }
  lines.push_back({Grade::good, "the app is subscribed"});
  if (account.platform == Platform::messenger) add_fields(subscription, lines);
}

}  // namespace

CheckLines check_meta(const ChannelAccount& account, const CheckContext& context) {
  CheckLines lines;
  const auto token = read_secret(account.token_file);
  const auto app_secret = read_secret(account.secret_file);
  const auto verify_token = read_secret(account.verify_token_file);
  for (const auto* file : {&token, &app_secret, &verify_token}) {
    if (!*file) lines.push_back({Grade::fault, file->error()});
  }
  if (!lines.empty()) return lines;
  const Secrets secrets{*token, *app_secret};
  if (!add_token(account, secrets, context, lines)) return lines;
  add_node(account, secrets, context, lines);
  add_subscription(account, secrets, context, lines);
  lines.push_back({Grade::good, "Meta is to deliver to " + context.public_origin + account.path()});
  return lines;
}

}  // namespace svar::server
