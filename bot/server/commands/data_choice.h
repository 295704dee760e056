// The data that a command works on, and how it tells what it is doing.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "bot/server/settings.h"

namespace svar::server {

// Which data folder: `data` when it is given, else what the configuration names.
struct DataChoice {
  std::string config = "config/svarsentral.yaml";  // need not exist; then its defaults hold
  std::vector<std::string> set;                    // «key=value»
  std::string data;
};

// The settings, with `data` as store.path; nothing after their faults were written to `err`.
std::optional<Settings> settings_of(const DataChoice& choice, std::ostream& err);

// Tells how far something has come, one line every other second at most.
class ProgressLines {
 public:
  explicit ProgressLines(std::ostream& err) : err_(err) {}
  void operator()(const std::string& what, std::int64_t done, std::int64_t all);

 private:
  std::ostream& err_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace svar::server
