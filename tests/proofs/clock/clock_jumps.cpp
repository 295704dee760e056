// The wall clock is set ahead and back under the service's parts: nothing ends, is closed or erased
// early, nothing lives for ever, no wait is negative. Then the same with durations measured by the
// wall clock, which must be noticed in every promise that hangs on durations.
#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/proofs/clock/clock_promises.h"

namespace {

using namespace svar::proofs;
using namespace std::chrono_literals;
using nlohmann::ordered_json;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

const svar::Time kMonday{sys_days{year{2026} / 11 / 23} + 9h};
// A machine whose clock follows the time of day where it stands: the nights of the change.
const svar::Time kSpring{sys_days{year{2026} / 3 / 29} + 30min};
const svar::Time kAutumn{sys_days{year{2026} / 10 / 25} + 30min};

const std::array kDisturbances = {
    Disturbance{"none", kMonday, 0ms, {}},
    Disturbance{"an hour ahead", kMonday, 1h, {}},
    Disturbance{"an hour back", kMonday, -1h, {}},
    Disturbance{"a day ahead", kMonday, days{1}, {}},
    Disturbance{"a day back", kMonday, -days{1}, {}},
    Disturbance{"a day ahead and right again", kMonday, days{1}, 10min},
    Disturbance{"a day back and right again", kMonday, -days{1}, 10min},
    Disturbance{"the night of summer time, UTC", kSpring, 0ms, {}},
    Disturbance{"the night of winter time, UTC", kAutumn, 0ms, {}},
    Disturbance{"the night of summer time, a clock of local time", kSpring, 1h, {}},
    Disturbance{"the night of winter time, a clock of local time", kAutumn, -1h, {}},
};

std::vector<ClockPromise> all_promises() {
  auto promises = promises_of_access();
  for (const ClockPromise& one : promises_of_conversations()) promises.push_back(one);
  return promises;
}

ordered_json broken_under(const ClockPromise& promise, JumpingClock::Steady steady) {
  ordered_json faults = ordered_json::array();
  for (const Disturbance& disturbance : kDisturbances) {
    JumpingClock clock(disturbance, steady);
    if (auto fault = promise.keep(clock)) {
      faults.push_back({{"clock", disturbance.name}, {"fault", *fault}});
    }
  }
  return faults;
}

int run() {
  bool holds = true;
  ordered_json promises = ordered_json::array();
  for (const ClockPromise& promise : all_promises()) {
    const auto violations = broken_under(promise, JumpingClock::Steady::steady);
    ordered_json one{{"promise", promise.sentence}, {"violations", violations}};
    bool fine = violations.empty();
    if (promise.hangs_on_durations) {
      const auto caught = broken_under(promise, JumpingClock::Steady::of_wall);
      one["control_caught"] = caught;
      fine = fine && !caught.empty();
    }
    std::cerr << (fine ? "holds  " : "BROKEN ") << promise.sentence << std::endl;
    holds = holds && fine;
    promises.push_back(std::move(one));
  }
  const ordered_json report{{"proof", "clock_jumps"},
                            {"disturbances", kDisturbances.size()},
                            {"promises", std::move(promises)},
                            {"holds", holds}};
  std::cout << report.dump(2) << std::endl;
  return holds ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Sets the wall clock ahead and back under the service. Exit code 0: every promise was kept\n"
      "and every control was caught; 1: not so; 2: misuse."};
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return run();
}
