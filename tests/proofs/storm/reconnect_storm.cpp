// Proof: when every connection ends at one moment, everybody is soon back, with exactly what was
// missed.
//
// Four storms in a row on one service: its process killed, or only the connections cut; those who
// come back wait as the widget does, or come all at once. The control is a build that acknowledges
// before it commits, which must be caught; and a true transcript with a fault of each kind put in
// must be found faulty.
#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tests/proofs/storm/storm.h"

namespace {

using namespace svar::proofs;
using nlohmann::ordered_json;

constexpr const char* kUsage =
    "usage: reconnect_storm --binary F [--control F] [--sockets N] [--seed N]\n\n"
    "--binary   the service's program, run in the current folder\n"
    "--control  a build that acknowledges before it commits\n"
    "--sockets  2000, or 10000 when the environment has SVAR_LONG; both sides need a descriptor "
    "each\n"
    "Progress on stderr, one JSON object on stdout. Exit code: 0 all are back in time (15 s with\n"
    "jitter, 30 s all at once), nothing is lost and the control is caught; 1 findings; 2 misuse.\n";

constexpr std::chrono::seconds kJitteredMax{15};
constexpr std::chrono::seconds kAllAtOnceMax{30};
constexpr std::size_t kControlSockets = 500;
constexpr std::chrono::seconds kAnswersMax{30};
constexpr std::chrono::seconds kControlAnswersMax{3};  // what it lost is never answered

struct Options {
  std::string binary;
  std::string control;
  unsigned sockets = 2'000;
  unsigned seed = 1;
};

bool read_number(std::string_view text, unsigned& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0;
}

bool read_arguments(int argc, char** argv, Options& options) {
  const char* is_long = std::getenv("SVAR_LONG");
  if (is_long != nullptr && *is_long != '\0') options.sockets = 10'000;
  for (int index = 1; index + 1 < argc; index += 2) {
    const std::string_view name = argv[index];
    const char* value = argv[index + 1];
    if (name == "--binary") {
      options.binary = value;
    } else if (name == "--control") {
      options.control = value;
    } else if (name == "--sockets") {
      if (!read_number(value, options.sockets)) return false;
    } else if (name != "--seed" || !read_number(value, options.seed)) {
      return false;
    }
  }
  return argc % 2 == 1 && !options.binary.empty();
}

// The limit of this process is the service's as well. False when the machine doesn't allow so many.
bool allow_descriptors(unsigned sockets) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_max >= sockets + 200;
}

ordered_json in_json(const char* name, const Figures& figures) {
  const auto at = [&](double share) {
    const auto last = static_cast<double>(figures.back.size() - 1);
    return figures.back[static_cast<std::size_t>(last * share)].count();
  };
  return {{"storm", name},
          {"back_ms", {{"p50", at(0.5)}, {"p99", at(0.99)}, {"all", at(1)}}},
          {"all_answered_ms", figures.settled.count()},
          {"sent_again", figures.sent_again},
          {"unanswered", figures.unanswered},
          {"attempts_refused", figures.refused},
          {"alive", figures.alive}};
}

ordered_json in_json(const Faults& faults) {
  return {{"lost", faults.lost},       {"undelivered", faults.undelivered},
          {"doubled", faults.doubled}, {"reordered", faults.reordered},
          {"changed", faults.changed}, {"examples", faults.examples}};
}

struct Kind {
  const char* name;
  Drop drop;
  Return how;
};
constexpr Kind kStorms[] = {
    {"connections cut, jittered", Drop::cut_connections, Return::jittered},
    {"connections cut, all at once", Drop::cut_connections, Return::all_at_once},
    {"killed, jittered", Drop::kill_server, Return::jittered},
    {"killed, all at once", Drop::kill_server, Return::all_at_once}};

// Adds what was seen to `report`; true when all is well.
bool prove_product(const Options& options, ordered_json& report) {
  ServiceLife service(options.binary);
  service.start();
  service.wait_until_ready();
  Storm storm(service, options.sockets, options.seed, kAnswersMax);
  storm.begin();
  bool in_time = true;
  for (const Kind& kind : kStorms) {
    std::fprintf(stderr, "%s\n", kind.name);
    const Figures figures = storm.break_out(kind.drop, kind.how);
    const auto most = kind.how == Return::jittered ? kJitteredMax : kAllAtOnceMax;
    in_time = in_time && figures.alive && figures.unanswered == 0 && figures.back.back() <= most;
    report["storms"].push_back(in_json(kind.name, figures));
  }
  std::vector<std::string> unseen;
  storm.verify(unseen);
  report["faults"] = in_json(storm.faults());
  report["faults_put_in_and_not_seen"] = unseen;
  return in_time && storm.faults().all() == 0 && unseen.empty();
}

bool catch_control(const Options& options, ordered_json& report) {
  ServiceLife service(options.control);
  service.start();
  service.wait_until_ready();
  Storm storm(service, kControlSockets, options.seed, kControlAnswersMax);
  storm.begin();
  storm.break_out(Drop::kill_server, Return::all_at_once);
  std::vector<std::string> unseen;
  storm.verify(unseen);
  report["control"] = in_json(storm.faults());
  return storm.faults().lost > 0;
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
  if (!allow_descriptors(options.sockets)) {
    std::fprintf(stderr, "this machine allows too few descriptors a process for %u sockets\n",
                 options.sockets);
    return 2;
  }
  ordered_json report{
      {"proof", "reconnect_storm"}, {"passed", false}, {"sockets", options.sockets}};
  try {
    bool passed = prove_product(options, report);
    if (!options.control.empty()) passed = catch_control(options, report) && passed;
    report["passed"] = passed;
  } catch (const std::exception& failed) {
    report["why"] = failed.what();
  }
  std::printf("%s\n", report.dump(1).c_str());
  return report["passed"].get<bool>() ? 0 : 1;
}
