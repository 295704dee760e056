// The folder of everything that must survive, held by one process at a time, and the secrets kept
// in it.
#pragma once

#include <filesystem>
#include <string>

#include "bot/domain/result.h"

namespace svar::server {

// What stands in it.
inline constexpr const char* kLogFile = "svarsentral.db";
inline constexpr const char* kPeopleFile = "people.db";
inline constexpr const char* kSearchFile =
    "search.db";  // can be made of the log anew: in no backup
inline constexpr const char* kReleaseFolder = "releases";
inline constexpr const char* kErasureList = "erasures.jsonl";

class DataFolder {
 public:
  // Makes the folder (mode 0700) when it isn't there and locks it; the lock ends with the process.
  // Fails with a sentence for the operator, e.g. when another process serves from it.
  static Result<DataFolder, std::string> open(const std::filesystem::path& path);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();

  const std::filesystem::path& path() const { return path_; }

  // `size` random bytes, made on first use and kept in «<name>.key», mode 0600; or those of the
  // environment variable `variable` (hex), which goes before the file.
  Result<std::string, std::string> secret(const std::string& name, std::size_t size,
                                          const char* variable) const;

 private:
  DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_ = -1;  // file descriptor of «lock»
};

}  // namespace svar::server
