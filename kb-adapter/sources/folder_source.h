// Knowledge from a folder of YAML and Markdown (config/content/README.md describes the files).
#pragma once

#include <filesystem>
#include <variant>

#include "bot/domain/result.h"
#include "bot/service/content/content.h"

namespace svar::kb {

// What reading a folder gave. `content` holds all that could be read even when there are errors, so
// that one run of `svarsentral check` can name every fault; build a release of it only without
// errors.
struct FolderContent {
  service::Content content;
  service::Findings findings;
  bool complete() const { return !service::has_errors(findings); }
};

class FolderSource {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Reads and parses everything; blocks on the disk, never throws. A folder that can't be read is a
  // finding. Bounds: 1 MB a file, 5,000 files, 64 MB in all, six levels of folders; links are not
  // followed. Files whose name begins with «.» and README.md are skipped; any other file that
  // belongs nowhere is a finding.
  FolderContent read() const;

 private:
  std::filesystem::path folder_;
};

// The same from files already in memory, e.g. from the archive.
FolderContent parse_content(std::vector<service::ContentFile> files);

}  // namespace svar::kb
