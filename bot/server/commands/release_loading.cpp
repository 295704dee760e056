#include "bot/server/commands/release_loading.h"

#include <filesystem>
#include <ostream>

#include "bot/server/content_model.h"
#include "bot/server/data_folder.h"
#include "bot/server/settings.h"
#include "kb-adapter/sources/folder_archive.h"
#include "kb-adapter/sources/folder_source.h"

namespace svar::server {

namespace {

std::optional<Settings> settings_of(const ContentChoice& choice, std::ostream& err) {
  const bool is_default = choice.config == ContentChoice().config;
  const bool absent = is_default && !std::filesystem::exists(choice.config);
  auto settings = read_settings(absent ? "" : choice.config, {});
  if (settings) return std::move(*settings);
  for (const SettingsFault& fault : settings.error()) err << to_line(fault) << '\n';
  return std::nullopt;
}

std::shared_ptr<const intents::ExampleModel> model_of(const service::Content& content,
                                                      const Settings& settings) {
  const kb::FolderArchive archive(std::filesystem::path(settings.store.path) / kReleaseFolder);
  if (const auto number = archive.find(service::content_digest(content.files))) {
    if (auto kept = load_model(archive, *number)) return kept;
  }
  return train_model(content);
}

}  // namespace

std::optional<std::string> content_folder(const ContentChoice& choice, std::ostream& err) {
  if (!choice.content.empty()) return choice.content;
  const auto settings = settings_of(choice, err);
  return settings ? std::optional(settings->content.path) : std::nullopt;
}

std::optional<LoadedContent> load_content(const ContentChoice& choice, Time now,
                                          std::ostream& err) {
  const auto folder = content_folder(choice, err);
  if (!folder) return std::nullopt;
  auto read = kb::FolderSource(*folder).read();
  if (!read.complete()) {
    write_findings(read.findings, *folder, err);
    return std::nullopt;
  }
  const auto settings = choice.content.empty() ? settings_of(choice, err) : Settings();
  if (!settings) return std::nullopt;
  auto release = service::build_release(read.content, now, {}, model_of(read.content, *settings));
  if (!release) {
    write_findings(release.error(), *folder, err);
    return std::nullopt;
  }
  return LoadedContent{*folder, std::move(read.content), *release};
}

void write_findings(const service::Findings& findings, const std::string& folder,
                    std::ostream& out) {
  for (const service::Finding& finding : findings) {
    out << folder << '/' << finding.file;
    if (finding.line > 0) out << ':' << finding.line;
    out << ": " << (finding.severity == service::Severity::error ? "error" : "warning") << ": "
        << finding.what << '\n';
  }
}

}  // namespace svar::server
