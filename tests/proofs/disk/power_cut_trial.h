// One seed of the power cut proof: the product's own store on a disk that loses its power, once or
// several times, and what it must hold each time the power is back.
//
// The store's threads take turns (turns.h), so that a seed is the same trial each time.
//
// Threads: the program's first. Blocking: until the trial is over, a few milliseconds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tests/proofs/disk/power_cut_disk.h"

namespace svar::proofs {

// What is broken on purpose, to see that the proof notices.
enum class Breakage {
  none,
  synchronous_off,             // every connection of the product runs with synchronous=OFF
  checkpoint_synchronous_off,  // only the connection that checkpoints
  wal_syncs_ignored,           // the disk says «synced» and isn't
  removals_unsynced,           // what synchronous=FULL leaves out and EXTRA does
};
std::string_view name_of(Breakage breakage);

// Sums over trials.
struct TrialFigures {
  std::uint64_t power_cuts = 0;
  std::uint64_t cuts_in_checkpoint = 0;  // pages in the database file were not synced yet
  std::uint64_t cuts_at_wal_restart =
      0;  // the head of the write-ahead log was about to be replaced
  std::uint64_t cuts_while_opening = 0;
  std::uint64_t acknowledged = 0;  // requests
  std::uint64_t erasures = 0;
  Losses sectors;
};

// What went wrong, in words, if anything did. `keep` is a folder for the files that survived the
// last cut of a trial that failed; empty to keep none.
std::optional<std::string> run_power_cut_trial(std::uint64_t seed, Breakage breakage,
                                               TrialFigures& figures,
                                               const std::filesystem::path& keep = {});

}  // namespace svar::proofs
