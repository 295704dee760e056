// The disk under the service becomes full and fails, at every write there is, one after the other:
// nothing is acknowledged that isn't durable, what is refused says when to come again, and it goes
// on when the disk is well. A sync that fails ends the process. Then a store that ignores errors,
// and a sync whose failure is hidden, each of which must be noticed.
#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/proofs/disk/failing_disk_trial.h"
#include "tests/proofs/disk/full_file_system.h"

namespace {

using namespace svar::proofs;
using nlohmann::ordered_json;

constexpr std::array kFaults = {DiskFault::full, DiskFault::one_write, DiskFault::five_changes,
                                DiskFault::one_truncation};
constexpr int kNthMax = 5'000;
constexpr std::size_t kFaultsShown = 10;

struct Sweep {
  FailingDiskFigures figures;
  ordered_json violations = ordered_json::array();
};

// `trial(nth)` for nth = 0, 1, 2 … until the disk does not fail any more.
template <class Trial>
Sweep sweep(std::string_view name, Trial trial) {
  Sweep all;
  for (int nth = 0; nth < kNthMax && all.violations.size() < kFaultsShown; ++nth) {
    const TrialEnd end = trial(nth, all.figures);
    if (end.fault) {
      all.violations.push_back({{"nth", nth}, {"what", *end.fault}});
      std::cerr << name << ", nth " << nth << ": " << *end.fault << std::endl;
    }
    if (!end.disk_failed) break;
  }
  return all;
}

ordered_json encode(std::string_view name, const Sweep& done) {
  return {{"fault", name},
          {"trials", done.figures.trials},
          {"failed_at_start", done.figures.failed_at_start},
          {"refusals", done.figures.refusals},
          {"acknowledged", done.figures.acknowledged},
          {"recovery_ms_max", done.figures.recovery_max.count()},
          {"violations", done.violations}};
}

class Proof {
 public:
  int run() {
    for (const DiskFault fault : kFaults) {
      note(name_of(fault), sweep(name_of(fault), [fault](int nth, FailingDiskFigures& figures) {
             return run_failing_disk_trial(fault, nth, Service::Store::as_it_is, figures);
           }));
    }
    note("a sync fails", sweep("a sync fails", [](int nth, FailingDiskFigures& figures) {
           return run_failing_sync_trial(nth, /*heeded=*/true, figures);
         }));
    try_full_file_system();
    control("a store that ignores errors", [](int nth, FailingDiskFigures& figures) {
      return run_failing_disk_trial(DiskFault::full, nth, Service::Store::ignores_errors, figures);
    });
    control("a sync whose failure is hidden", [](int nth, FailingDiskFigures& figures) {
      return run_failing_sync_trial(nth, /*heeded=*/false, figures);
    });
    report_["holds"] = holds_;
    std::cout << report_.dump(2) << std::endl;
    return holds_ ? 0 : 1;
  }

 private:
  void note(std::string_view name, const Sweep& done) {
    holds_ = holds_ && done.violations.empty();
    report_["sweeps"].push_back(encode(name, done));
    std::cerr << name << ": " << done.figures.trials << " trials, " << done.violations.size()
              << " violations" << std::endl;
  }

  void try_full_file_system() {
    const auto real = run_on_full_file_system();
    holds_ = holds_ && !real.fault;
    auto& shown = report_["full_file_system"];
    if (!real.skipped.empty()) {
      shown = {{"skipped", real.skipped}};
      std::cerr << "a full file system: skipped, " << real.skipped << std::endl;
      return;
    }
    shown = {{"acknowledged", real.acknowledged},
             {"refusals", real.refusals},
             {"recovery_ms", real.recovery.count()},
             {"violations", ordered_json::array()}};
    if (real.fault) shown["violations"].push_back(*real.fault);
    std::cerr << "a full file system: " << real.fault.value_or("holds") << std::endl;
  }

  template <class Trial>
  void control(std::string_view name, Trial trial) {
    FailingDiskFigures ignored;
    for (int nth = 0; nth < kNthMax; ++nth) {
      const TrialEnd end = trial(nth, ignored);
      if (!end.fault && end.disk_failed) continue;
      if (!end.fault) break;
      report_["controls"].push_back(
          {{"broken", name}, {"caught", true}, {"nth", nth}, {"as", *end.fault}});
      std::cerr << "control «" << name << "» is caught: " << *end.fault << std::endl;
      return;
    }
    report_["controls"].push_back({{"broken", name}, {"caught", false}});
    std::cerr << "control «" << name << "» is not caught" << std::endl;
    holds_ = false;
  }

  ordered_json report_{{"proof", "disk_faults"}};
  bool holds_ = true;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Fails the disk under the service at every write. Exit code 0: nothing that was "
      "acknowledged\n"
      "is lost and every control was caught; 1: not so; 2: misuse."};
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return Proof().run();
}
