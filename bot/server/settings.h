// The configuration: config/svarsentral.yaml with --set on top, checked whole before anything
// starts.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/engine/staffing.h"
#include "bot/server/channels/channel_settings.h"
#include "bot/service/desk/capacity.h"

namespace svar::server {

enum class Tls { off, self_signed, files };
enum class LogFormat { json, text };

// Defaults are those of config/svarsentral.yaml, which explains each key.
struct Settings {
  struct Http {
    std::string address = "127.0.0.1";
    int port = 8080;  // 0: any free one, printed at start
    Tls tls = Tls::off;
    std::string tls_certificate;
    std::string tls_key;
    bool behind_proxy = false;
    std::vector<std::string> trusted_proxies;
    std::string web = "build/web";
    int connections_max = 15'000;
  } http;
  struct Store {
    std::string path = "build/data";
  } store;
  struct Backup {
    std::string path;  // empty: nowhere
  } backup;
  struct Content {
    std::string path = "config/content";
  } content;
  struct Webchat {
    std::string demo = "connectors/webchat/demo";
    bool demo_pages = true;
    std::vector<std::string> public_origins;
    bool allow_no_origin = false;
  } webchat;
  struct Conversations {
    std::chrono::minutes inactivity{30};
    std::chrono::days removed_after{30};
  } conversations;
  struct Desk {
    std::chrono::minutes idle{30};
    std::chrono::hours session_max{12};
    std::chrono::hours invitation_life{72};
    engine::QueueRule queue = engine::QueueRule::open;
    service::Capacity capacity;
    std::chrono::seconds lost_after{60};
    std::chrono::seconds transfer_max{120};
    std::chrono::minutes wait_max{15};
    std::map<MunicipalityId, std::chrono::minutes> wait_max_in;  // of those that differ
    std::set<MunicipalityId> push_in;
    std::chrono::seconds push_max{20};
    std::string roster;  // a file; empty: none
  } desk;
  struct Audit {
    std::chrono::days retention{365};
  } audit;
  struct Limits {
    bool enabled = true;
    int in_service_max = 64;
    int waiting_max = 10'000;
    std::chrono::seconds wait_max{5};
  } limits;
  struct Log {
    std::string level = "info";
    LogFormat format = LogFormat::json;
  } log;
  ChannelSettings channels;
  // Where each key that somebody has given stands: "config/svarsentral.yaml:12" or "--set".
  std::map<std::string, std::string> given_at;
};

// One thing wrong, in words that say where and what to do.
struct SettingsFault {
  std::string key;    // "http.port"; empty when the file as a whole is at fault
  std::string where;  // "config/svarsentral.yaml:12" or "--set"
  std::string what;
};
std::string to_line(const SettingsFault& fault);

// What the settings say of municipalities that nobody knows, a line for each; nothing when all are
// known.
std::optional<std::string> unknown_municipalities(
    const Settings& settings, const std::function<bool(const MunicipalityId&)>& is_known);

// Reads `path` and applies `overrides` («key=value»). All faults at once, or the settings. An empty
// path means defaults.
Result<Settings, std::vector<SettingsFault>> read_settings(
    const std::string& path, const std::vector<std::string>& overrides);

}  // namespace svar::server
