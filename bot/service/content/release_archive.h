// Where published content is kept, so that an old answer can be explained for ever: a port.
#pragma once

#include <string>
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
};

}  // namespace svar::service
