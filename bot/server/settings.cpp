#include "bot/server/settings.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <string_view>

#include "bot/server/channels/account_reader.h"

namespace svar::server {
namespace {

using Values = std::vector<std::string>;  // a scalar is one value
// Stores the value, or says what would be right.
using Take = std::function<std::optional<std::string>(Settings&, const Values&)>;

struct Key {
  std::string_view name;
  bool is_list;
  Take take;
};

template <class Member>
Take text_at(Member member) {
  return [member](Settings& settings, const Values& values) -> std::optional<std::string> {
    member(settings) = values.front();
    return std::nullopt;
  };
}

template <class Member>
Take path_at(Member member) {
  return [member](Settings& settings, const Values& values) -> std::optional<std::string> {
    if (values.front().empty()) return "must name a folder";
    member(settings) = values.front();
    return std::nullopt;
  };
}

template <class Member>
Take list_at(Member member) {
  return [member](Settings& settings, const Values& values) -> std::optional<std::string> {
    member(settings) = values;
    return std::nullopt;
  };
}

template <class Member>
Take flag_at(Member member) {
  return [member](Settings& settings, const Values& values) -> std::optional<std::string> {
    const std::string& value = values.front();
    if (value != "true" && value != "false") return "must be true or false, not «" + value + "»";
    member(settings) = value == "true";
    return std::nullopt;
  };
}

template <class Store>
Take number_at(int min, int max, Store store) {
  return [=](Settings& settings, const Values& values) -> std::optional<std::string> {
    const std::string& value = values.front();
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < min ||
        number > max) {
      return "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
             ", not «" + value + "»";
    }
    store(settings, number);
    return std::nullopt;
  };
}

// One of a few words; `store` gets its place in the list.
template <class Store>
Take word_at(Values words, Store store) {
  return [=](Settings& settings, const Values& values) -> std::optional<std::string> {
    const auto found = std::find(words.begin(), words.end(), values.front());
    if (found == words.end()) {
      std::string list;
      for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
      return "must be one of " + list + ", not «" + values.front() + "»";
    }
    store(settings, static_cast<int>(found - words.begin()));
    return std::nullopt;
  };
}

constexpr int kCapacityMax = 100'000;  // beyond any agent: no limit

// Items like «kari=3». `store` gets each name and number; `clear` comes first, so that an override
// takes the place of what the file says.
template <class Clear, class Store>
Take numbers_at(std::string example, int min, int max, Clear clear, Store store) {
  return [=](Settings& settings, const Values& values) -> std::optional<std::string> {
    clear(settings);
    for (const std::string& value : values) {
      const std::size_t equals = value.find('=');
      int number = 0;
      const char* end = value.data() + value.size();
      const char* begin = equals == value.npos ? end : value.data() + equals + 1;
      const auto [stopped, error] = std::from_chars(begin, end, number);
      const bool whole = error == std::errc{} && stopped == end;
      if (equals == 0 || !whole || number < min || number > max) {
        return "must hold items like «" + example + "» with a number from " + std::to_string(min) +
               " to " + std::to_string(max) + ", not «" + value + "»";
      }
      store(settings, value.substr(0, equals), number);
    }
    return std::nullopt;
  };
}

std::vector<Key> channel_keys() {
  return {
      {"channels.internal_origins", true,
       list_at([](Settings & s) -> auto& { return s.channels.internal_origins; })},
      {"channels.extra_authority", false,
       text_at([](Settings & s) -> auto& { return s.channels.extra_authority; })},
      {"channels.telegram_api", false,
       text_at([](Settings & s) -> auto& { return s.channels.telegram_api; })},
      {"channels.graph_api", false,
       text_at([](Settings & s) -> auto& { return s.channels.graph_api; })},
      {"channels.graph_version", false,
       text_at([](Settings & s) -> auto& { return s.channels.graph_version; })},
  };
}

// How the queue is served.
std::vector<Key> queue_keys() {
  return {
      {"desk.queue", false,
       word_at({"always", "staffed", "open"},
               [](Settings& s, int v) { s.desk.queue = static_cast<engine::QueueRule>(v); })},
      {"desk.capacity", false,
       number_at(1, kCapacityMax, [](Settings& s, int v) { s.desk.capacity.standard = v; })},
      {"desk.capacities", true,
       numbers_at(
           "kari=3", 1, kCapacityMax, [](Settings& s) { s.desk.capacity.own.clear(); },
           [](Settings& s, const std::string& agent, int v) {
             s.desk.capacity.own[AgentId{agent}] = v;
           })},
      {"desk.capacities_in", true,
       numbers_at(
           "osteroy=1", 1, kCapacityMax, [](Settings& s) { s.desk.capacity.in.clear(); },
           [](Settings& s, const std::string& municipality, int v) {
             s.desk.capacity.in[MunicipalityId{municipality}] = v;
           })},
      {"desk.lost_after_seconds", false,
       number_at(2, 3'600,
                 [](Settings& s, int v) { s.desk.lost_after = std::chrono::seconds{v}; })},
      {"desk.transfer_seconds_max", false,
       number_at(2, 3'600,
                 [](Settings& s, int v) { s.desk.transfer_max = std::chrono::seconds{v}; })},
      {"desk.wait_minutes_max", false,
       number_at(0, 240, [](Settings& s, int v) { s.desk.wait_max = std::chrono::minutes{v}; })},
      {"desk.push_in", true,
       [](Settings& s, const Values& values) -> std::optional<std::string> {
         s.desk.push_in.clear();
         for (const std::string& value : values) s.desk.push_in.insert(MunicipalityId{value});
         return std::nullopt;
       }},
      {"desk.roster", false, text_at([](Settings & s) -> auto& { return s.desk.roster; })},
      {"desk.push_seconds_max", false,
       number_at(2, 3'600, [](Settings& s, int v) { s.desk.push_max = std::chrono::seconds{v}; })},
      {"desk.wait_minutes_max_in", true,
       numbers_at(
           "osteroy=5", 0, 240, [](Settings& s) { s.desk.wait_max_in.clear(); },
           [](Settings& s, const std::string& municipality, int v) {
             s.desk.wait_max_in[MunicipalityId{municipality}] = std::chrono::minutes{v};
           })},
  };
}

const std::vector<Key>& keys() {
  static const std::vector<Key> kKeys = [] {
    std::vector<Key> keys{
        {"http.address", false, text_at([](Settings & s) -> auto& { return s.http.address; })},
        {"http.port", false, number_at(0, 65'535, [](Settings& s, int v) { s.http.port = v; })},
        {"http.tls", false,
         word_at({"off", "self-signed", "files"},
                 [](Settings& s, int v) { s.http.tls = static_cast<Tls>(v); })},
        {"http.tls_certificate", false,
         text_at([](Settings & s) -> auto& { return s.http.tls_certificate; })},
        {"http.tls_key", false, text_at([](Settings & s) -> auto& { return s.http.tls_key; })},
        {"http.behind_proxy", false,
         flag_at([](Settings & s) -> auto& { return s.http.behind_proxy; })},
        {"http.trusted_proxies", true,
         list_at([](Settings & s) -> auto& { return s.http.trusted_proxies; })},
        {"http.web", false, path_at([](Settings & s) -> auto& { return s.http.web; })},
        {"http.connections_max", false,
         number_at(10, 1'000'000, [](Settings& s, int v) { s.http.connections_max = v; })},
        {"store.path", false, path_at([](Settings & s) -> auto& { return s.store.path; })},
        {"backup.path", false, text_at([](Settings & s) -> auto& { return s.backup.path; })},
        {"content.path", false, path_at([](Settings & s) -> auto& { return s.content.path; })},
        {"webchat.demo", false, path_at([](Settings & s) -> auto& { return s.webchat.demo; })},
        {"webchat.demo_pages", false,
         flag_at([](Settings & s) -> auto& { return s.webchat.demo_pages; })},
        {"webchat.public_origins", true,
         list_at([](Settings & s) -> auto& { return s.webchat.public_origins; })},
        {"webchat.allow_no_origin", false,
         flag_at([](Settings & s) -> auto& { return s.webchat.allow_no_origin; })},
        {"conversations.inactivity_minutes", false,
         number_at(
             1, 1'440,
             [](Settings& s, int v) { s.conversations.inactivity = std::chrono::minutes{v}; })},
        {"conversations.removal_days", false,
         number_at(
             9, 365,
             [](Settings& s, int v) { s.conversations.removed_after = std::chrono::days{v}; })},
        {"desk.idle_minutes", false,
         number_at(1, 720, [](Settings& s, int v) { s.desk.idle = std::chrono::minutes{v}; })},
        {"desk.session_hours_max", false,
         number_at(1, 24, [](Settings& s, int v) { s.desk.session_max = std::chrono::hours{v}; })},
        {"desk.invitation_hours", false,
         number_at(1, 720,
                   [](Settings& s, int v) { s.desk.invitation_life = std::chrono::hours{v}; })},
        {"audit.retention_days", false,
         number_at(30, 3'650,
                   [](Settings& s, int v) { s.audit.retention = std::chrono::days{v}; })},
        {"limits.enabled", false, flag_at([](Settings & s) -> auto& { return s.limits.enabled; })},
        {"limits.in_service_max", false,
         number_at(1, 1'000'000, [](Settings& s, int v) { s.limits.in_service_max = v; })},
        {"limits.waiting_max", false,
         number_at(0, 1'000'000, [](Settings& s, int v) { s.limits.waiting_max = v; })},
        {"limits.wait_seconds_max", false,
         number_at(1, 60, [](Settings& s, int v) { s.limits.wait_max = std::chrono::seconds{v}; })},
        {"log.level", false,
         word_at({"debug", "info", "warn", "error"},
                 [](Settings& s, int v) {
                   constexpr const char* kLevels[] = {"debug", "info", "warn", "error"};
                   s.log.level = kLevels[v];
                 })},
        {"log.format", false,
         word_at({"json", "text"},
                 [](Settings& s, int v) { s.log.format = static_cast<LogFormat>(v); })},
    };
    for (const auto& more : {queue_keys(), channel_keys()}) {
      keys.insert(keys.end(), more.begin(), more.end());
    }
    return keys;
  }();
  return kKeys;
}

// How many letters differ; only for «did you mean».
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j - 1] + 1, above + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string unknown(std::string_view name) {
  const auto nearest = std::min_element(
      keys().begin(), keys().end(),
      [&](const Key& a, const Key& b) { return distance(a.name, name) < distance(b.name, name); });
  std::string what = "is not a key of this version";
  if (distance(nearest->name, name) <= 4) {
    what += "; did you mean " + std::string{nearest->name} + "?";
  }
  return what;
}

class Reader {
 public:
  void read_file(const std::string& path) {
    try {
      const YAML::Node root = YAML::LoadFile(path);
      if (root.IsNull()) return;
      if (!root.IsMap()) return fault("", path + ":1", "the file must hold keys, e.g. «http:»");
      read_sections(root, path);
    } catch (const YAML::BadFile&) {
      fault("", path, "the file can't be opened; name another with --config");
    } catch (const YAML::Exception& error) {
      fault("", path + ":" + std::to_string(error.mark.line + 1), "is not YAML: " + error.msg);
    }
  }

  void read_override(const std::string& assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos) {
      return fault(assignment, "--set", "write it as key=value, e.g. http.port=8081");
    }
    take(assignment.substr(0, equals), {assignment.substr(equals + 1)}, false, "--set");
  }

  // What can only be judged when everything is read.
  void check_together() {
    const auto& http = settings.http;
    if (http.tls == Tls::files && (http.tls_certificate.empty() || http.tls_key.empty())) {
      fault("http.tls", "", "«files» also needs http.tls_certificate and http.tls_key");
    }
  }

  Settings settings;
  std::vector<SettingsFault> faults;

 private:
  void read_sections(const YAML::Node& root, const std::string& path) {
    for (const auto& section : root) {
      const std::string name = section.first.as<std::string>();
      const std::string at = line(path, section.first);
      if (section.second.IsNull()) continue;
      if (!section.second.IsMap()) {
        fault(name, at, unknown(name));
        continue;
      }
      for (const auto& entry : section.second) {
        if (name == "channels" &&
            read_platform(entry.first.as<std::string>(), entry.second, path)) {
          continue;
        }
        read_entry(name + "." + entry.first.as<std::string>(), entry.second,
                   line(path, entry.first));
      }
    }
  }

  // False when the key is no platform's.
  bool read_platform(const std::string& name, const YAML::Node& list, const std::string& path) {
    const auto platform = platform_of(name);
    if (!platform) return false;
    auto& accounts = settings.channels.accounts;
    const std::size_t before = accounts.size();
    read_accounts(*platform, list, accounts, [&](std::string key, int number, std::string what) {
      fault(std::move(key), path + ":" + std::to_string(number), std::move(what));
    });
    for (std::size_t at = before; at < accounts.size(); ++at)
      accounts[at].where.insert(0, path + ":");
    return true;
  }

  void read_entry(const std::string& name, const YAML::Node& node, const std::string& at) {
    if (node.IsMap()) return fault(name, at, "holds keys where a value was expected");
    Values values;
    if (node.IsSequence()) {
      for (const auto& each : node) values.push_back(each.IsScalar() ? each.Scalar() : "");
    } else {
      values.push_back(node.IsNull() ? "" : node.Scalar());
    }
    take(name, values, node.IsSequence(), at);
  }

  void take(const std::string& name, const Values& values, bool is_list, const std::string& at) {
    const auto key = std::find_if(keys().begin(), keys().end(),
                                  [&](const Key& each) { return each.name == name; });
    if (key == keys().end()) return fault(name, at, unknown(name));
    if (is_list && !key->is_list) return fault(name, at, "takes one value, not a list");
    if (auto wrong = key->take(settings, values)) return fault(name, at, *wrong);
    settings.given_at[name] = at;
  }

  static std::string line(const std::string& path, const YAML::Node& node) {
    return path + ":" + std::to_string(node.Mark().line + 1);
  }

  void fault(std::string key, std::string where, std::string what) {
    faults.push_back({std::move(key), std::move(where), std::move(what)});
  }
};

}  // namespace

std::string to_line(const SettingsFault& fault) {
  std::string line = fault.where;
  if (!line.empty()) line += ": ";
  if (!fault.key.empty()) line += fault.key + " ";
  return line + fault.what;
}

Result<Settings, std::vector<SettingsFault>> read_settings(
    const std::string& path, const std::vector<std::string>& overrides) {
  Reader reader;
  if (!path.empty()) reader.read_file(path);
  for (const auto& assignment : overrides) reader.read_override(assignment);
  reader.check_together();
  if (!reader.faults.empty()) return Failure{std::move(reader.faults)};
  return std::move(reader.settings);
}

}  // namespace svar::server
