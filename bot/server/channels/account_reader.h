// From the configuration's list of accounts to ChannelAccounts, with every fault at its line.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/server/channels/channel_settings.h"

namespace YAML {
class Node;
}

namespace svar::server {

// The platform whose list of accounts the key «channels.<name>» holds.
std::optional<Platform> platform_of(std::string_view name);

// Told what is wrong: the key («channels.telegram.token_file»), the line's number, and the words.
using AccountFault = std::function<void(std::string key, int line, std::string what)>;

// Adds the accounts that are whole to `accounts`. Judged here: the keys, that none is missing, ids
// of digits, a site only once; not whether the site or the files exist. Needs yaml-cpp; lets its
// exceptions through.
void read_accounts(Platform platform, const YAML::Node& list, std::vector<ChannelAccount>& accounts,
                   const AccountFault& fault);

}  // namespace svar::server
