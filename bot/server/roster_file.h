// The roster's file: read at start, and again when it changes. A file with faults changes nothing
// but what is told of it, so that a slip of somebody's takes nobody off the desk.
#pragma once

#include <filesystem>
#include <string>

#include "bot/service/desk/roster.h"

namespace svar::server {

class RosterFile {
 public:
  explicit RosterFile(std::string path) : path_(std::move(path)) {}

  // Lives as long as this object; null when the path is empty: there is none.
  const service::Roster* roster() const { return path_.empty() ? nullptr : &roster_; }

  // Reads the file when it is another than at the last look. Blocks for one small file. About every
  // ten seconds.
  void look();

 private:
  void fail(service::RosterFault fault);

  const std::string path_;
  service::Roster roster_;
  std::filesystem::file_time_type read_at_{};
  std::uintmax_t read_bytes_ = static_cast<std::uintmax_t>(-1);
};

}  // namespace svar::server
