// Where published content is kept, so that an old answer can be explained for ever: a port.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/result.h"
#include "bot/service/content/content.h"

namespace svar::service {

struct ArchiveError {
  std::string what;  // for the operator: what failed and on which file
};

class ReleaseArchive {
 public:
  virtual ~ReleaseArchive() = default;

  // The number of this content: the one it got the first time, else the next one (from 1), stored
  // durably before the call returns. Blocks on the disk. One process at a time per archive.
  virtual Result<ReleaseNumber, ArchiveError> keep(const std::vector<ContentFile>& files) = 0;

  // The content that a number stands for, byte for byte.
  virtual Result<std::vector<ContentFile>, ArchiveError> load(ReleaseNumber number) const = 0;

  // The number of content with this digest; nothing when it was never kept or can't be looked up.
  // Writes nothing.
  virtual std::optional<ReleaseNumber> find(std::string_view digest) const = 0;

  // What was learned from this content, as the model saves itself: kept durably beside it, so that
  // a start loads and never trains. Of several contents at least the two kept last have theirs.
  // Gives the fault when it could not be kept, e.g. for content that was not. What is loaded may be
  // damaged; the model's own checksum tells.
  virtual std::optional<ArchiveError> keep_model(ReleaseNumber number, std::string_view saved) = 0;
  virtual std::optional<std::string> load_model(ReleaseNumber number) const = 0;
};

}  // namespace svar::service
