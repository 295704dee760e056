#include "bot/server/channels/account_reader.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

namespace svar::server {
namespace {

enum class Form { word, digits, url, file };

struct Field {
  std::string_view name;
  std::string ChannelAccount::*member;
  Form form;
};

using Fields = std::vector<Field>;

const Fields& fields_of(Platform platform) {
  using A = ChannelAccount;
  static const Field kSite{"site", &A::site, Form::word};
  static const Field kToken{"token_file", &A::token_file, Form::file};
  static const Field kSecret{"secret_file", &A::secret_file, Form::file};
  static const Field kApp{"app", &A::app, Form::digits};
  static const Field kAppSecret{"app_secret_file", &A::secret_file, Form::file};
  static const Field kVerify{"verify_token_file", &A::verify_token_file, Form::file};
  static const Fields kTelegram{kSite, kToken, kSecret};
  static const Fields kMessenger{kSite,  {"page", &A::node, Form::digits}, kApp, kToken, kAppSecret,
                                 kVerify};
  static const Fields kInstagram{
      kSite, {"account", &A::node, Form::digits}, kApp, kToken, kAppSecret, kVerify};
  static const Fields kWhatsApp{kSite,
                                {"number", &A::node, Form::digits},
                                {"business", &A::business, Form::digits},
                                kApp,
                                kToken,
                                kAppSecret,
                                kVerify};
  static const Fields kWebhook{kSite, {"url", &A::url, Form::url}, kSecret};
  switch (platform) {
    case Platform::telegram:
      return kTelegram;
    case Platform::messenger:
      return kMessenger;
    case Platform::instagram:
      return kInstagram;
    case Platform::whatsapp:
      return kWhatsApp;
    case Platform::webhook:
      return kWebhook;
  }
  return kTelegram;
}

// What is wrong with a value; nullptr when it has its form.
const char* fault_of(Form form, const std::string& value) {
  const auto all = [&](std::string_view allowed) {
    return !value.empty() && value.find_first_not_of(allowed) == std::string::npos;
  };
  switch (form) {
    case Form::word:
      return all("abcdefghijklmnopqrstuvwxyz0123456789_-") ? nullptr
                                                           : "must be a municipality's id";
    case Form::digits:
      return all("0123456789") && value.size() <= 32 ? nullptr
                                                     : "must be an id of digits, in quotes";
    case Form::url:
      return value.rfind("https://", 0) == 0 || value.rfind("http://", 0) == 0
                 ? nullptr
                 : "must be an https address";
    case Form::file:
      return value.empty() ? "must name a file" : nullptr;
  }
  return nullptr;
}

int line_of(const YAML::Node& node) {
  return node.Mark().line + 1;
}

std::string list_of(const Fields& fields) {
  std::string list;
  for (const Field& field : fields) list += (list.empty() ? "" : ", ") + std::string{field.name};
  return list;
}

// One account's keys into `account`; false when a fault was told.
bool read_account(Platform platform, const YAML::Node& entry, ChannelAccount& account,
                  const AccountFault& fault) {
  const std::string prefix = "channels." + std::string{name_of(platform)};
  const Fields& fields = fields_of(platform);
  if (!entry.IsMap()) {
    fault(prefix, line_of(entry), "holds accounts, each with " + list_of(fields));
    return false;
  }
  bool good = true;
  for (const auto& pair : entry) {
    const std::string key = pair.first.as<std::string>();
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& each) { return each.name == key; });
    const std::string value = pair.second.IsScalar() ? pair.second.Scalar() : "";
    const char* wrong =
        field == fields.end() ? "is not a key of such an account" : fault_of(field->form, value);
    if (wrong != nullptr) {
      fault(prefix + "." + key, line_of(pair.first), wrong);
      good = false;
    } else {
      account.*(field->member) = value;
    }
  }
  for (const Field& field : fields) {
    if (!good || !(account.*(field.member)).empty()) continue;
    fault(prefix + "." + std::string{field.name}, line_of(entry), "is missing");
    good = false;
  }
  return good;
}

}  // namespace

std::optional<Platform> platform_of(std::string_view name) {
  for (const Platform platform : {Platform::telegram, Platform::messenger, Platform::instagram,
                                  Platform::whatsapp, Platform::webhook}) {
    if (name_of(platform) == name) return platform;
  }
  return std::nullopt;
}

void read_accounts(Platform platform, const YAML::Node& list, std::vector<ChannelAccount>& accounts,
                   const AccountFault& fault) {
  const std::string name = "channels." + std::string{name_of(platform)};
  if (list.IsNull()) return;
  if (!list.IsSequence())
    return fault(name, line_of(list), "holds a list of accounts, each with a dash");
  for (const auto& entry : list) {
    ChannelAccount account;
    account.platform = platform;
    if (!read_account(platform, entry, account, fault)) continue;
    const bool twice =
        std::any_of(accounts.begin(), accounts.end(),
                    [&](const ChannelAccount& other) { return other.id() == account.id(); });
    if (twice) {
      fault(name + ".site", line_of(entry), "has an account already: " + account.site);
      continue;
    }
    account.where = std::to_string(line_of(entry));
    accounts.push_back(std::move(account));
  }
}

}  // namespace svar::server
