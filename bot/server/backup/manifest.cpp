#include "bot/server/backup/manifest.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "bot/server/backup/durable_files.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr int kFormat = 1;

Manifest manifest_of(const nlohmann::json& json) {
  Manifest manifest;
  manifest.made_at = json.at("made_at");
  manifest.version = json.at("version");
  manifest.schema = json.at("schema");
  manifest.conversations = json.at("conversations");
  manifest.events = json.at("events");
  manifest.last_position = json.at("last_position");
  manifest.accounts = json.at("accounts");
  for (const auto& file : json.at("files")) {
    manifest.files.push_back({file.at("path"), file.at("bytes"), file.at("sha256")});
  }
  return manifest;
}

// Where a backup may be restored to, no path leads out of.
bool stays_inside(const std::string& path) {
  const fs::path normal = fs::path(path).lexically_normal();
  return !path.empty() && normal.is_relative() && *normal.begin() != "..";
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  ordered_json json{{"product", "svarsentral"},      {"format", kFormat},
                    {"made_at", manifest.made_at},   {"version", manifest.version},
                    {"schema", manifest.schema},     {"conversations", manifest.conversations},
                    {"events", manifest.events},     {"last_position", manifest.last_position},
                    {"accounts", manifest.accounts}, {"files", ordered_json::array()}};
  for (const Manifest::File& file : manifest.files) {
    json["files"].push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  return json.dump(2) + '\n';
}

bool is_backup(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kManifestName, ignored);
}

Result<Manifest, std::string> read_manifest(const fs::path& folder) {
  const fs::path path = folder / kManifestName;
  std::ifstream file(path, std::ios::binary);
  if (!file) return Failure{path.string() + " can't be read: is this a backup?"};
  try {
    const auto json = nlohmann::json::parse(file);
    if (json.at("product") != "svarsentral" || json.at("format") != kFormat) {
      return Failure{path.string() + " is of another product, or of a newer version of this one"};
    }
    Manifest manifest = manifest_of(json);
    const auto outside =
        std::ranges::find_if_not(manifest.files, stays_inside, &Manifest::File::path);
    if (outside == manifest.files.end()) return manifest;
    return Failure{path.string() + " names a file outside the backup"};
  } catch (const nlohmann::json::exception&) {
    return Failure{path.string() + " is damaged"};
  }
}

Result<std::vector<Manifest::File>, std::string> files_of(const fs::path& folder) {
  std::vector<Manifest::File> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    const std::string path = entry->path().lexically_relative(folder).generic_string();
    if (path == kManifestName) continue;
    auto digest = digest_of(entry->path());
    if (!digest) return Failure{digest.error()};
    files.push_back({path, digest->bytes, digest->sha256});
  }
  if (error) return Failure{folder.string() + " can't be read: " + error.message()};
  std::ranges::sort(files, {}, &Manifest::File::path);
  return files;
}

std::vector<std::string> differences(const Manifest& manifest, const fs::path& folder) {
  auto files = files_of(folder);
  if (!files) return {files.error()};
  std::map<std::string, Manifest::File> there;
  for (Manifest::File& file : *files) there.emplace(file.path, file);
  std::vector<std::string> faults;
  for (const Manifest::File& file : manifest.files) {
    const auto found = there.extract(file.path);
    if (found.empty()) {
      faults.push_back(file.path + " is missing");
    } else if (found.mapped().sha256 != file.sha256) {
      faults.push_back(file.path + " is not as it was backed up: its digest differs");
    }
  }
  for (const auto& [path, file] : there) faults.push_back(path + " does not belong to the backup");
  return faults;
}

}  // namespace svar::server
