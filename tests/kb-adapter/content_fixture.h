// The small content of these tests, in memory, so that a test can spoil one file of it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kb-adapter/sources/folder_source.h"

namespace svar::test {

inline std::vector<service::ContentFile> content_files() {
  auto read = kb::FolderSource(SVAR_TEST_CONTENT).read();
  EXPECT_TRUE(read.complete());
  return read.content.files;
}

// With the first `from` of a file replaced.
inline std::vector<service::ContentFile> with(std::vector<service::ContentFile> files,
                                              const std::string& path, const std::string& from,
                                              const std::string& to) {
  const auto file =
      std::find_if(files.begin(), files.end(), [&](auto& one) { return one.path == path; });
  EXPECT_NE(file, files.end()) << path;
  if (file == files.end()) return files;
  const std::size_t at = file->bytes.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) file->bytes.replace(at, from.size(), to);
  return files;
}

inline std::string listed(const service::Findings& findings) {
  std::string text;
  for (const auto& one : findings)
    text += one.file + ":" + std::to_string(one.line) + ": " + one.what + "\n";
  return text;
}

// Whether a finding stands at this place and says this.
inline bool found(const service::Findings& findings, const std::string& file, int line,
                  const std::string& what) {
  return std::any_of(findings.begin(), findings.end(), [&](const service::Finding& one) {
    return one.file == file && (line == 0 || one.line == line) &&
           one.what.find(what) != std::string::npos;
  });
}

inline Time at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  using namespace std::chrono;
  return Time(sys_days(year_month_day(std::chrono::year(year), std::chrono::month(month),
                                      std::chrono::day(day)))) +
         hours(hour) + minutes(minute);
}

}  // namespace svar::test
