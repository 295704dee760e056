// What SQLite itself says of a file of ours.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace svar::proofs {

// The first fault that PRAGMA integrity_check finds, or why it could not look; nothing when all is
// well. Blocks.
std::optional<std::string> integrity_fault(const std::filesystem::path& file);

}  // namespace svar::proofs
