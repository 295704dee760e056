// The content in force: read once, compiled, numbered, and compiled anew now and then because
// opening hours run out.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "bot/domain/result.h"
#include "bot/engine/release.h"
#include "bot/service/content/content.h"

namespace svar::server {

// Threads: one. A release that was given out stays whole however often the content is renewed.
class PublishedContent {
 public:
  // Reads and compiles `folder`, keeps it in `archive` under its number. Fails with every finding,
  // one a line.
  static Result<PublishedContent, std::string> open(const std::filesystem::path& folder,
                                                    const std::filesystem::path& archive, Time now);

  std::shared_ptr<const engine::Release> release() const { return release_; }

  // Expands the opening hours from `now` on. Blocks for some ten milliseconds. Keeps the old
  // release on a failure.
  void renew(Time now);

 private:
  PublishedContent(service::Content hours, std::shared_ptr<const engine::Release> release)
      : hours_(std::move(hours)), release_(std::move(release)) {}
  service::Content hours_;  // the municipalities alone
  std::shared_ptr<const engine::Release> release_;
};

}  // namespace svar::server
