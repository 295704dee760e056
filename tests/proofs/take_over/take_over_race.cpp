// Proof: however an agent's taking over meets the bot, another agent, or the same agent's other
// connection, a conversation has one owner, and the bot is silent after the take-over.
//
// Two services' worth of conversations work on one file and act on each conversation at the same
// moment, thousands of times. The control appends without comparing where the log ends: it must be
// caught.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tests/proofs/take_over/race.h"

namespace {

using namespace svar::proofs;
using nlohmann::ordered_json;

constexpr const char* kUsage =
    "usage: take_over_race [--races N] [--seed N]\n\n"
    "--races  of each scenario: 2000, or 50000 when the environment has SVAR_LONG\n"
    "Progress on stderr, one JSON object on stdout. Exit code: 0 no fault, both sides were ahead "
    "at\n"
    "times, and the control is caught; 1 findings; 2 misuse.\n";

constexpr std::uint64_t kControlRaces = 200;

struct Options {
  std::uint64_t races = 2'000;
  std::uint64_t seed = 1;
};

bool read_arguments(int argc, char** argv, Options& options) {
  const char* is_long = std::getenv("SVAR_LONG");
  if (is_long != nullptr && *is_long != '\0') options.races = 50'000;
  for (int index = 1; index + 1 < argc; index += 2) {
    const std::string_view name = argv[index];
    const std::string_view value = argv[index + 1];
    std::uint64_t* number = name == "--races"  ? &options.races
                            : name == "--seed" ? &options.seed
                                               : nullptr;
    if (number == nullptr) return false;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *number);
    if (error != std::errc{} || end != value.data() + value.size() || *number == 0) return false;
  }
  return argc % 2 == 1;
}

// A folder of its own, removed at the end.
class Folder {
 public:
  Folder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "svarsentral-race-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  std::filesystem::path file() const { return path_ / "svarsentral.db"; }

 private:
  std::filesystem::path path_;
};

ordered_json in_json(const char* name, const RaceFigures& figures) {
  const OwnershipFaults& faults = figures.faults;
  return {{"scenario", name},
          {"races", figures.races},
          {"appends_that_came_too_late", figures.conflicts},
          {"first_ahead", figures.first_ahead},
          {"second_ahead", figures.second_ahead},
          {"two_owners", faults.two_owners},
          {"bot_after_take_over", faults.bot_after_take_over},
          {"agent_without_hold", faults.agent_without_hold},
          {"doubled", faults.doubled},
          {"unanswered", faults.unanswered},
          {"out_of_sequence", faults.out_of_sequence},
          {"wrong_outcomes", figures.wrong_outcomes},
          {"examples", faults.examples}};
}

// A race that one side always wins, or in which nobody ever came too late, proves nothing.
bool was_a_race(const RaceFigures& figures) {
  return figures.conflicts > 0 && figures.first_ahead > 0 && figures.second_ahead > 0;
}

bool prove_product(const Options& options, ordered_json& report) {
  Folder folder;
  Race race(folder.file(), CompareAndAppend::enabled, static_cast<unsigned>(options.seed));
  bool good = true;
  for (const Scenario& scenario : take_over_scenarios()) {
    std::fprintf(stderr, "%s\n", scenario.name);
    const RaceFigures figures = race.run(scenario, options.races);
    good = good && figures.is_clean() && was_a_race(figures);
    report["product"].push_back(in_json(scenario.name, figures));
  }
  return good;
}

// Caught when some scenario ends with two owners and some with a bot that talks over the agent.
bool catch_control(const Options& options, ordered_json& report) {
  Folder folder;
  Race race(folder.file(), CompareAndAppend::disabled, static_cast<unsigned>(options.seed));
  int two_owners = 0;
  int bot_after_take_over = 0;
  for (const Scenario& scenario : take_over_scenarios()) {
    const RaceFigures figures = race.run(scenario, kControlRaces);
    two_owners += figures.faults.two_owners;
    bot_after_take_over += figures.faults.bot_after_take_over;
    report["control"].push_back(in_json(scenario.name, figures));
  }
  return two_owners > 0 && bot_after_take_over > 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (argc == 2 && std::string_view{argv[1]} == "--help") {
    std::fputs(kUsage, stdout);
    return 0;
  }
  if (!read_arguments(argc, argv, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  ordered_json report{{"proof", "take_over_race"}, {"passed", false}, {"seed", options.seed}};
  try {
    const bool product = prove_product(options, report);
    report["passed"] = catch_control(options, report) && product;
  } catch (const std::exception& failed) {
    report["why"] = failed.what();
  }
  std::printf("%s\n", report.dump(1).c_str());
  return report["passed"].get<bool>() ? 0 : 1;
}
