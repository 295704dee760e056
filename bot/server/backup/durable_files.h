// Files that are on the disk before anything is said about them.
//
// Threads: any; no state. Blocking: all of it. Each gives nothing when it went well, else a
// sentence for the operator that names the file. What is made is for its owner's eyes alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "bot/domain/result.h"

namespace svar::server {

using Fault = std::optional<std::string>;

// The file or the folder, not what is in it.
Fault sync_to_disk(const std::filesystem::path& path);
Fault make_private_folder(const std::filesystem::path& path);
Fault write_durably(const std::filesystem::path& path, const std::string& bytes);
// A regular file; `to` must not exist.
Fault copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);
// Moves within a file system, and syncs both folders.
Fault rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

struct FileDigest {
  std::int64_t bytes = 0;
  std::string sha256;  // hexadecimal, as sha256sum prints it
};
Result<FileDigest, std::string> digest_of(const std::filesystem::path& path);

}  // namespace svar::server
