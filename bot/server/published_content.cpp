#include "bot/server/published_content.h"

#include <sstream>

#include "bot/server/commands/release_loading.h"
#include "bot/server/content_model.h"
#include "bot/server/log.h"
#include "bot/service/content/build_release.h"
#include "kb-adapter/sources/folder_archive.h"
#include "kb-adapter/sources/folder_source.h"

namespace svar::server {
namespace {

std::string listed(const service::Findings& findings, const std::filesystem::path& folder) {
  std::ostringstream out;
  out << "the content has faults; «svarsentral check» lists them all:\n";
  write_findings(findings, folder.string(), out);
  return out.str();
}

// A model that can't be kept is no reason not to answer: the next start trains it again.
service::Model model_of(const service::Content& content, kb::FolderArchive& archive,
                        ReleaseNumber number) {
  if (auto model = load_model(archive, number)) return model;
  auto trained = train_model(content);
  std::string saved;
  trained->save(saved);
  if (auto fault = archive.keep_model(number, saved))
    log_event(Level::warn, "model_not_kept", {{"why", fault->what}});
  return trained;
}

// What renewing the opening hours needs. The sources of rules and articles would take some ten
// megabytes for as long as the service runs.
service::Content hours_of(service::Content content) {
  service::Content out;
  out.municipalities = std::move(content.municipalities);
  out.host_municipality = std::move(content.host_municipality);
  out.common_place = std::move(content.common_place);
  return out;
}

}  // namespace

Result<PublishedContent, std::string> PublishedContent::open(const std::filesystem::path& folder,
                                                             const std::filesystem::path& archive,
                                                             Time now) {
  auto read = kb::FolderSource{folder}.read();
  if (!read.complete()) return Failure{listed(read.findings, folder)};
  kb::FolderArchive kept{archive};
  const auto number = kept.keep(read.content.files);
  if (!number) return Failure{number.error().what};
  auto release =
      service::build_release(read.content, now, *number, model_of(read.content, kept, *number));
  if (!release) return Failure{listed(release.error(), folder)};
  return PublishedContent{hours_of(std::move(read.content)), std::move(*release)};
}

void PublishedContent::renew(Time now) {
  auto renewed = service::renew_hours(*release_, hours_, now);
  if (renewed) {
    release_ = std::move(*renewed);
  } else {
    log_event(Level::error, "opening_hours_not_renewed", {});
  }
}

}  // namespace svar::server
