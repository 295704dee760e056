// What a process and the machine have spent, read from /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace svar::bench {

struct ProcessFigures {
  double cpu_seconds = 0;
  std::int64_t resident_bytes = 0;
  std::int64_t resident_bytes_max = 0;
  int threads = 0;
};

// Zeroes when there is no such process.
ProcessFigures process_figures(pid_t pid);

// This process's own CPU seconds.
double own_cpu_seconds();

struct MachineFigures {
  double busy_seconds = 0;    // all processors, all programs
  double stolen_seconds = 0;  // what the host took
};
MachineFigures machine_figures();

// What count_syncs has counted in a process that was started with it; zeroes for an empty path.
struct SyncFigures {
  std::uint64_t syncs = 0;
  std::uint64_t writes = 0;
  std::uint64_t written_bytes = 0;
};
SyncFigures sync_figures(const std::filesystem::path& file);

}  // namespace svar::bench
