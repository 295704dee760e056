// svarsentral report: the figures of a month, a file for each municipality.
#pragma once

#include <iosfwd>
#include <string>

#include "bot/server/commands/data_choice.h"

namespace svar::server {

struct ReportOptions {
  DataChoice data;
  std::string month;         // "2026-11"
  std::string municipality;  // empty: all that had conversations
  std::string language = "nn";
  std::string out = ".";  // the folder
  bool json = false;      // one object to standard output, and no files
};

// Exit code: 0 written, 1 nothing to count in that month, or a file can't be written, 2 misuse (no
// log there, no such month). Only reads the log; the service may run. Files are written whole or
// not at all.
int run_report(const ReportOptions& options, std::ostream& out, std::ostream& err);

}  // namespace svar::server
