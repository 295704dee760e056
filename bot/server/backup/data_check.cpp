#include "bot/server/backup/data_check.h"

#include "bot/server/backup/manifest.h"
#include "bot/store/erasure_list.h"
#include "bot/store/people/people_file.h"
#include "kb-adapter/sources/folder_archive.h"

namespace svar::server {
namespace {

namespace fs = std::filesystem;

void check_manifest(const fs::path& folder, DataReport& report) {
  report.backup = is_backup(folder);
  if (!report.backup) return;
  const auto manifest = read_manifest(folder);
  if (!manifest) {
    report.findings.push_back({kManifestName, manifest.error()});
    return;
  }
  for (std::string& fault : differences(*manifest, folder)) {
    report.findings.push_back({kManifestName, std::move(fault)});
  }
}

// A folder that no service has ever run on has no accounts yet.
void check_people(const fs::path& folder, DataReport& report) {
  if (!fs::exists(folder / kPeopleFile)) return;
  const auto people = store::verify_people(folder / kPeopleFile);
  if (!people) {
    report.findings.push_back({kPeopleFile, people.error().what});
    return;
  }
  report.accounts = people->accounts;
  for (const std::string& what : people->findings) report.findings.push_back({kPeopleFile, what});
}

// An answer must be explainable for ever.
void check_releases(const fs::path& folder, DataReport& report) {
  const kb::FolderArchive archive(folder / kReleaseFolder);
  for (const ReleaseNumber number : report.log.releases) {
    const auto release = archive.load(number);
    if (!release) report.findings.push_back({kReleaseFolder, release.error().what});
  }
}

void check_erasures(const fs::path& folder, DataReport& report) {
  const auto list = store::read_erasure_list(folder / kErasureList);
  if (!list) report.findings.push_back({kErasureList, list.error().what});
}

}  // namespace

Result<DataReport, std::string> check_data(const fs::path& folder,
                                           const store::VerificationProgress& progress) {
  DataReport report;
  auto log = store::verify_log(folder / kLogFile, progress);
  if (!log) return Failure{"there is no log in " + folder.string() + ": " + log.error().what};
  report.log = std::move(*log);
  check_manifest(folder, report);
  check_people(folder, report);
  check_releases(folder, report);
  check_erasures(folder, report);
  return report;
}

std::vector<std::string> lines_of(const DataReport& report) {
  std::vector<std::string> lines;
  for (const DataReport::Finding& finding : report.findings) {
    lines.push_back(finding.file + ": " + finding.what);
  }
  for (const store::LogFinding& finding : report.log.findings) {
    std::string line = std::string(kLogFile) + ":";
    if (finding.conversation.value != 0) {
      line += " conversation " + std::to_string(finding.conversation.value);
    }
    if (finding.position.value != 0) {
      line += " at position " + std::to_string(finding.position.value);
    }
    if (line.back() != ':') line += ":";
    lines.push_back(line + " " + finding.what);
  }
  return lines;
}

}  // namespace svar::server
