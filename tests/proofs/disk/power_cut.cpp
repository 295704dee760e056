// Power cuts under the product's own store, each from a seed: what was acknowledged is there, in
// order, whole, and what was erased stays erased. Then the same with syncs that are broken in
// several ways, each of which must be noticed.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/proofs/disk/power_cut_trial.h"
#include "tests/proofs/disk/turns.h"

namespace {

using namespace svar::proofs;
using nlohmann::ordered_json;

constexpr std::uint64_t kControlSeedsMax = 20'000;
constexpr std::size_t kFaultsShown = 10;
constexpr std::uint64_t kRepeated = 20;

// tests/run sets it to nothing in its short form.
bool long_form() {
  const char* set = std::getenv("SVAR_LONG");
  return set != nullptr && *set != '\0';
}

struct Options {
  std::uint64_t seeds = long_form() ? 20'000 : 1'000;
  std::uint64_t first_seed = 1;
  std::string keep;
  bool without_controls = false;
};

struct Failing {
  std::uint64_t seed;
  std::string what;
};

std::vector<Failing> prove(const Options& options, TrialFigures& figures) {
  std::vector<Failing> faults;
  for (std::uint64_t index = 0; index < options.seeds; ++index) {
    const std::uint64_t seed = options.first_seed + index;
    if (auto fault = run_power_cut_trial(seed, Breakage::none, figures, options.keep)) {
      std::cerr << "seed " << seed << ": " << *fault << std::endl;
      faults.push_back({seed, *fault});
      if (faults.size() >= kFaultsShown) break;
    }
    if ((index + 1) % 1'000 == 0) std::cerr << index + 1 << " seeds" << std::endl;
  }
  return faults;
}

// How soon the breakage is noticed.
ordered_json control(Breakage breakage, std::uint64_t first_seed, bool& all_caught) {
  TrialFigures ignored;
  for (std::uint64_t tried = 1; tried <= kControlSeedsMax; ++tried) {
    const auto fault = run_power_cut_trial(first_seed + tried - 1, breakage, ignored);
    if (!fault) continue;
    std::cerr << "control «" << name_of(breakage) << "» is caught at seed "
              << first_seed + tried - 1 << ": " << *fault << std::endl;
    return {{"broken", name_of(breakage)}, {"caught", true}, {"seeds", tried}, {"as", *fault}};
  }
  all_caught = false;
  std::cerr << "control «" << name_of(breakage) << "» is not caught" << std::endl;
  return {{"broken", name_of(breakage)}, {"caught", false}, {"seeds", kControlSeedsMax}};
}

ordered_json figures_of(const TrialFigures& figures) {
  return {{"power_cuts", figures.power_cuts},
          {"in_a_checkpoint", figures.cuts_in_checkpoint},
          {"at_a_restart_of_the_wal", figures.cuts_at_wal_restart},
          {"while_opening", figures.cuts_while_opening},
          {"acknowledged", figures.acknowledged},
          {"erasures", figures.erasures},
          {"sectors_kept", figures.sectors.kept},
          {"sectors_dropped", figures.sectors.dropped},
          {"sectors_torn", figures.sectors.torn}};
}

// How many of the first seeds are not the same trial a second time.
std::uint64_t not_repeated(std::uint64_t first_seed) {
  TrialFigures ignored;
  std::uint64_t count = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + kRepeated; ++seed) {
    (void)run_power_cut_trial(seed, Breakage::none, ignored);
    const auto once = Turns::fingerprint();
    (void)run_power_cut_trial(seed, Breakage::none, ignored);
    if (Turns::fingerprint() != once) ++count;
  }
  return count;
}

int run(const Options& options) {
  // Not the steady clock: the trials have that one for themselves.
  const auto started = std::chrono::system_clock::now();
  TrialFigures figures;
  const auto faults = prove(options, figures);
  const std::chrono::duration<double> took = std::chrono::system_clock::now() - started;
  ordered_json shown = ordered_json::array();
  for (const auto& [seed, what] : faults) shown.push_back({{"seed", seed}, {"what", what}});
  ordered_json controls = ordered_json::array();
  bool all_caught = true;
  if (!options.without_controls) {
    for (const Breakage breakage : {Breakage::synchronous_off, Breakage::checkpoint_synchronous_off,
                                    Breakage::wal_syncs_ignored, Breakage::removals_unsynced}) {
      controls.push_back(control(breakage, options.first_seed, all_caught));
    }
  }
  ordered_json report{{"proof", "power_cut"},
                      {"seeds", options.seeds},
                      {"first_seed", options.first_seed},
                      {"seconds", took.count()}};
  report.update(figures_of(figures));
  report["violations"] = std::move(shown);
  report["controls"] = std::move(controls);
  const std::uint64_t unrepeated = not_repeated(options.first_seed);
  report["seeds_that_differ_when_repeated"] = unrepeated;
  const bool holds = faults.empty() && all_caught && unrepeated == 0;
  report["holds"] = holds;
  std::cout << report.dump(2) << std::endl;
  return holds ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{
      "Cuts the power under the log and looks what is left. Exit code 0: everything acknowledged\n"
      "survived and every control was caught; 1: not so; 2: misuse."};
  app.add_option("--seeds", options.seeds, "how many trials; 20000 when SVAR_LONG is set")
      ->capture_default_str();
  app.add_option("--first-seed", options.first_seed, "repeats a trial: --first-seed N --seeds 1")
      ->capture_default_str();
  app.add_option("--keep", options.keep, "a folder for the files of the last trial that failed");
  app.add_flag("--without-controls", options.without_controls, "only the seeds");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return run(options);
}
