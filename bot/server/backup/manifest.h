// What stands in a backup, told by the backup itself: manifest.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bot/domain/result.h"

namespace svar::server {

inline constexpr const char* kManifestName = "manifest.json";

struct Manifest {
  struct File {
    std::string path;  // below the backup's folder, «releases/000001-….json»
    std::int64_t bytes = 0;
    std::string sha256;
  };

  std::string made_at;      // UTC, «2026-11-23T15:00:00Z»
  std::string version;      // of the program
  std::int64_t schema = 0;  // of the log
  std::int64_t conversations = 0;
  std::int64_t events = 0;
  std::int64_t last_position = 0;
  std::int64_t accounts = 0;
  std::vector<File> files;  // all but the manifest
};

std::string to_json(const Manifest& manifest);

bool is_backup(const std::filesystem::path& folder);  // it has a manifest
Result<Manifest, std::string> read_manifest(const std::filesystem::path& folder);

// Every file below `folder` with its digest, by path; the manifest is left out.
Result<std::vector<Manifest::File>, std::string> files_of(const std::filesystem::path& folder);

// What in the folder isn't as the manifest says: missing, changed, or not in it. One sentence each.
std::vector<std::string> differences(const Manifest& manifest, const std::filesystem::path& folder);

}  // namespace svar::server
