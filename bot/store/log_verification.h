// Proves a log against itself: every chain, every sequence, every conversation's row against a
// fresh fold of its events, and that what is missing was removed. Works beside a running service,
// on a stopped one's folder and on a backup.
//
// Threads: one. Blocking: reads the whole file. Memory: one conversation's positions, and a bit an
// event. It only reads, in short snapshots, so that no erasure waits long for it; what is written
// meanwhile is not judged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/store/sqlite.h"

namespace svar::store {

// Something in the log that cannot be. `what` never holds anybody's words.
struct LogFinding {
  ConversationId conversation;  // 0: of no conversation
  Position position;            // 0: of no single event
  std::string what;
};

struct LogReport {
  std::int64_t events = 0;           // read and folded
  std::int64_t conversations = 0;    // with their rows
  std::int64_t erased = 0;           // of these
  Position last;                     // the newest event when the reading began
  std::set<ReleaseNumber> releases;  // that some answer names
  std::vector<LogFinding> findings;  // the first kFindingsMax of them
  std::int64_t findings_count = 0;
};
inline constexpr std::size_t kFindingsMax = 1'000;

// Told now and then how many of the events have been read; must return soon.
using VerificationProgress = std::function<void(std::int64_t done, std::int64_t all)>;

// An error means that the file could not be opened as a log of ours; damage inside it is a finding.
Result<LogReport, SqliteError> verify_log(const std::filesystem::path& file,
                                          const VerificationProgress& progress = {});

}  // namespace svar::store
