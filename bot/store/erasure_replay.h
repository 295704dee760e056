// What a restored log must not bring back: erasures that came after the backup are done again.
//
// Threads: one. Blocking: all of it; nobody else may have the file open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "bot/store/erasure_list.h"

namespace svar::store {

struct Replayed {
  std::int64_t conversations = 0;  // erased anew
  std::int64_t redactions = 0;     // done anew
  Position last;                   // of the log afterwards
};

// Brings the file to this version's schema and erases in it what `erasures` say: the conversations
// end with Erased, redacted events lose their words and Redacted is appended, each with the time it
// first happened. What is erased already, or was written after the erasure, is left as it is.
// Afterwards the words are in no byte of the file or its write-ahead log. Not synced.
Result<Replayed, SqliteError> replay_erasures(const std::filesystem::path& file,
                                              const std::vector<ListedErasure>& erasures);

}  // namespace svar::store
