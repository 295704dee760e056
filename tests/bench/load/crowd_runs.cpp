#include "tests/bench/load/crowd_runs.h"

#include <cmath>
#include <iostream>

#include "tests/bench/load/machine.h"
#include "tests/bench/load/report.h"

namespace svar::bench {

namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr std::size_t kNotCounted = 100;
constexpr auto kSettled = 3s;  // idle sockets may give their buffers back

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

}  // namespace

ordered_json idle_run(const CrowdSettings& settings, const Target& target, const Messages& messages,
                      pid_t pid, std::chrono::nanoseconds duration) {
  Crowd crowd(settings, target, messages);
  const std::size_t not_counted = std::min(kNotCounted, settings.connections / 2);
  crowd.come_in(not_counted);
  crowd.stay(kSettled);
  const ProcessFigures few = process_figures(pid);
  crowd.come_in(settings.connections);
  crowd.stay(kSettled);
  const ProcessFigures before = process_figures(pid);
  const MachineFigures machine = machine_figures();
  const double own = own_cpu_seconds();
  crowd.stay(duration);
  const ProcessFigures after = process_figures(pid);
  const double seconds = std::chrono::duration<double>(duration).count();
  const double server_cores = (after.cpu_seconds - before.cpu_seconds) / seconds;
  const double foreign =
      (machine_figures().busy_seconds - machine.busy_seconds - (own_cpu_seconds() - own)) /
          seconds -
      server_cores;
  const auto counted = static_cast<double>(settings.connections - not_counted);
  const auto bytes_each = [&](const ProcessFigures& figures) {
    return std::round(static_cast<double>(figures.resident_bytes - few.resident_bytes) / counted);
  };
  return {{"bench", "idle"},
          {"connections", settings.connections},
          {"seconds", seconds},
          {"ping_every_seconds", settings.ping_every.count() / 1000},
          {"resident_bytes_per_connection_at_first", bytes_each(before)},
          {"resident_bytes_per_connection", bytes_each(after)},
          {"resident_bytes", after.resident_bytes},
          {"server_cores", rounded(server_cores, 10000)},
          {"faults", 0},
          {"first_fault", crowd.first_fault()},
          {"foreign_cores", rounded(foreign, 1000)},
          {"void", foreign >= kForeignCoresMax}};
}

ordered_json return_run(const CrowdSettings& settings, const Target& target,
                        const Messages& messages, Cut cut) {
  Crowd crowd(settings, target, messages);
  crowd.come_in(settings.connections);
  std::cerr << "inside" << std::endl;
  const Return back =
      cut == Cut::by_citizens ? crowd.cut_and_return() : crowd.lose_server_and_return();
  return {{"bench", "return"},
          {"cut", cut == Cut::by_citizens ? "by citizens" : "by server"},
          {"connections", settings.connections},
          {"all_welcome_seconds", rounded(back.all_welcome_seconds, 1000)},
          {"all_complete_seconds", rounded(back.all_complete_seconds, 1000)},
          {"welcome_us", back.welcome.json()},
          {"complete_us", back.complete.json()},
          {"attempts", back.attempts},
          {"lost", back.lost},
          {"doubled", back.doubled},
          {"reordered", back.reordered},
          {"faults", back.lost + back.doubled + back.reordered},
          {"first_fault", back.first_fault},
          {"void", false}};
}

}  // namespace svar::bench
