// A real file system that is full: a small tmpfs in a mount namespace of this process alone.
#pragma once

#include <chrono>
#include <string>

#include "tests/proofs/disk/served_messages.h"

namespace svar::proofs {

struct FullFileSystemReport {
  std::string skipped;  // why it could not be tried; else empty
  Fault fault;
  std::size_t acknowledged = 0;
  int refusals = 0;
  std::chrono::milliseconds recovery{0};
};

// Writes until the file system is full, frees space, and goes on. Runs in a process of its own,
// because the mount is that process's. Blocks for about a second.
FullFileSystemReport run_on_full_file_system();

}  // namespace svar::proofs
