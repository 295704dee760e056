// The list of what was erased, kept beside the backups: a backup from before an erasure holds words
// that nobody may see again, and whoever restores it replays the list. It holds numbers and times,
// never a word.
//
// A text file of one JSON object a line, only ever appended to:
//   {"conversation":7,"at":1795521600000,"position":12,"everything":true}
//   {"conversation":8,"at":1795521600500,"position":15,"seqs":[3,4]}
//   {"restored_at":1795521700000,"position":9}
// The last kind says that a backup was restored here: later positions follow that one.
//
// Several processes may append to one file; each append is whole. Blocking: all of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/time.h"
#include "bot/store/sqlite.h"

namespace svar::store {

struct ListedErasure {
  ConversationId conversation;
  Time at;
  Position position;      // of the event Erased or Redacted
  std::vector<Seq> seqs;  // whose words are gone; empty: those of the whole conversation
  bool operator==(const ListedErasure&) const = default;
};

// By time, each once: a restored log has the same erasure as the one it came from, at another
// position.
void sort_and_keep_distinct(std::vector<ListedErasure>& erasures);

struct ErasureListError {
  std::string what;  // names the file
};

struct ErasureList {
  std::vector<ListedErasure> erasures;
  Position last;  // the log is listed up to here
};

// A file that is not there is an empty list; a last line without an end is left out, for it was
// never promised to anybody. Any other line that cannot be read is an error: an erasure may be in
// it.
Result<ErasureList, ErasureListError> read_erasure_list(const std::filesystem::path& file);

// Appends and syncs; makes the file, readable by its owner alone, when it is not there.
std::optional<ErasureListError> append_erasures(const std::filesystem::path& file,
                                                const std::vector<ListedErasure>& erasures);
// Appends those that the file does not have yet.
std::optional<ErasureListError> append_missing_erasures(const std::filesystem::path& file,
                                                        std::vector<ListedErasure> erasures);
std::optional<ErasureListError> append_restored(const std::filesystem::path& file, Time at,
                                                Position last);

// What the log says was erased after `after`, by rising position, at most `count_max`. Found by an
// index: it does not matter how long the log is. `connection` has the schema.
Result<std::vector<ListedErasure>, SqliteError> find_erasures(Connection& connection,
                                                              Position after,
                                                              std::size_t count_max);

// All that the log in `file` says was erased, whatever released schema it has; it only reads.
Result<std::vector<ListedErasure>, SqliteError> read_erasures_of_log(
    const std::filesystem::path& file);

}  // namespace svar::store
