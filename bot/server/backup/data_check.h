// A data folder, or a backup, proved: the log against itself, the accounts, and the releases that
// answers name; of a backup also every file against the manifest.
//
// Threads: one. Blocking: reads everything. Changes nothing; a service may run meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/server/data_folder.h"
#include "bot/store/log_verification.h"

namespace svar::server {

struct DataReport {
  struct Finding {
    std::string file;  // below the folder
    std::string what;
  };

  bool backup = false;
  store::LogReport log;
  std::int64_t accounts = 0;
  std::vector<Finding> findings;  // beside the log's own
  std::int64_t findings_count() const {
    return log.findings_count + static_cast<std::int64_t>(findings.size());
  }
  bool good() const { return findings_count() == 0; }
};

// An error means that there is no log of ours in the folder.
Result<DataReport, std::string> check_data(const std::filesystem::path& folder,
                                           const store::VerificationProgress& progress);

// «svarsentral.db: conversation 7 at position 12: …», one a line.
std::vector<std::string> lines_of(const DataReport& report);

}  // namespace svar::server
