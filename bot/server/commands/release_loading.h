// The content that a command works on: found, read and compiled.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "bot/domain/time.h"
#include "bot/service/content/build_release.h"
#include "bot/service/content/content.h"

namespace svar::server {

// Which content: `content` when it is given, else what the configuration names.
struct ContentChoice {
  std::string config = "config/svarsentral.yaml";  // need not exist; then its defaults hold
  std::string content;
};

// The folder, or nothing after the faults of the configuration were written to `err`.
std::optional<std::string> content_folder(const ContentChoice& choice, std::ostream& err);

struct LoadedContent {
  std::string folder;
  service::Content content;
  std::shared_ptr<const engine::Release> release;
};

// Reads, compiles and trains; a model that a service has trained on the same content is taken from
// its data folder. Writes nothing there. Nothing after every finding was written to `err`, with
// what to do next.
std::optional<LoadedContent> load_content(const ContentChoice& choice, Time now, std::ostream& err);

// «config/content/articles/boss.dunk.md:12: error: …», one a line.
void write_findings(const service::Findings& findings, const std::string& folder,
                    std::ostream& out);

}  // namespace svar::server
