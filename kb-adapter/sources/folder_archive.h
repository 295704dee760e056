// Published content in a folder: one JSON file a release, named by number and digest, and beside it
// the model that was trained on it.
#pragma once

#include <filesystem>

#include "bot/service/content/release_archive.h"

namespace svar::kb {

// Files «000001-<first 16 of the digest>.json» and «….model»; written aside, synced, renamed, so
// that a crash leaves no half release. The folder is made when it is first needed. Methods block;
// one thread at a time.
class FolderArchive : public service::ReleaseArchive {
 public:
  explicit FolderArchive(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<ReleaseNumber, service::ArchiveError> keep(
      const std::vector<service::ContentFile>& files) override;
  Result<std::vector<service::ContentFile>, service::ArchiveError> load(
      ReleaseNumber number) const override;
  std::optional<ReleaseNumber> find(std::string_view digest) const override;
  std::optional<service::ArchiveError> keep_model(ReleaseNumber number,
                                                  std::string_view saved) override;
  std::optional<std::string> load_model(ReleaseNumber number) const override;

 private:
  std::filesystem::path folder_;
};

}  // namespace svar::kb
