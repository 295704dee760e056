// Which accounts of messaging platforms are attached: the section «channels» of the configuration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace svar::server {

enum class Platform { telegram, messenger, instagram, whatsapp, webhook };
std::string_view name_of(Platform platform);

// One attached account. Its secrets stand in files, never in the configuration; see secret_file.h.
struct ChannelAccount {
  Platform platform = Platform::telegram;
  std::string site;  // the municipality whose account it is
  std::string
      node;  // the platform's id of the page, account or number; empty for telegram, webhook
  std::string business;  // whatsapp: the business account's id
  std::string app;       // Meta's platforms: the app's id
  std::string url;       // webhook: where messages to citizens go
  std::string token_file;
  std::string secret_file;  // what incoming requests are proved by; at Meta the app's secret
  std::string verify_token_file;
  std::string where;  // «config/svarsentral.yaml:120»

  std::string id() const;    // «telegram:osteroy»
  std::string path() const;  // «/channels/v1/telegram/osteroy»: where the platform delivers
};

// Defaults are those of config/svarsentral.yaml, which explains each key: no account, so every
// channel is off.
struct ChannelSettings {
  std::vector<ChannelAccount> accounts;  // at most one of a platform for each site
  std::vector<std::string> internal_origins;
  std::string extra_authority;
  std::string telegram_api = "https://api.telegram.org";
  std::string graph_api = "https://graph.facebook.com";
  std::string graph_version = "v23.0";
};

}  // namespace svar::server
