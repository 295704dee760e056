// Loads a chat server with citizens and prints what they felt and what the server spent, as one
// JSON object.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>

#include "tests/bench/load/crowd_runs.h"
#include "tests/bench/load/load.h"
#include "tests/bench/load/report.h"

namespace {

using namespace svar::bench;

struct Options {
  std::uint16_t port = 0;
  std::string mode = "load";
  std::string dialect = "product";
  std::string messages;
  std::string site = "osteroy";
  double warmup = 2;
  double duration = 8;
  double timeout = 10;
  LoadSettings load;
};

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
}

void declare(CLI::App& app, Options& options) {
  LoadSettings& load = options.load;
  app.add_option("--port", options.port, "the server's port on 127.0.0.1")->required();
  app.add_option("--messages", options.messages, "a file of «label<TAB>site<TAB>text» a line")
      ->required();
  app.add_option(
         "--mode", options.mode,
         "load: all write; idle: all are quiet; return: all are cut off and come back; "
         "restart: all come back to a server that went away, after «inside» is printed [load]")
      ->check(CLI::IsMember({"load", "idle", "return", "restart"}));
  app.add_option("--dialect", options.dialect, "whose wire is spoken")
      ->check(CLI::IsMember({"product", "ideal"}));
  app.add_option("--connections", load.connections, "citizens at once [64]");
  app.add_option("--duration", options.duration, "seconds that are measured [8]");
  app.add_option("--warmup", options.warmup, "seconds before them [2]");
  app.add_option("--turns", load.turns_max, "ends after so many turns [0: when the time is over]");
  app.add_option("--timeout", options.timeout, "a reply later than so many seconds is stuck [10]");
  app.add_option("--turns-per-conversation", load.turns_per_conversation,
                 "then a new conversation on a new connection; 0: never [8]");
  app.add_option("--rate", load.rate, "open loop: messages a second [0: closed loop]");
  app.add_option("--site", options.site, "of messages that name none [osteroy]");
  app.add_option("--seed", load.seed, "chooses who says what [1]");
  app.add_option("--pid", load.pid, "the server's process: its CPU and memory are read");
  app.add_option("--syncs", load.syncs, "the file in which count_syncs counts for the server");
  app.add_flag("--agent-held", load.agent_held,
               "every citizen asks for a person first; prints «waiting», goes on after a line on "
               "stdin; a turn is over with its ack");
}

// Ten thousand citizens need as many descriptors.
void allow_many_sockets() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

nlohmann::ordered_json run_crowd(const Options& options, const Messages& messages) {
  CrowdSettings settings;
  settings.connections = options.load.connections;
  settings.seed = options.load.seed;
  const Target target = ProductDialect{}.target(options.port);
  if (options.mode == "idle") {
    return idle_run(settings, target, messages, options.load.pid, milliseconds(options.duration));
  }
  return return_run(settings, target, messages,
                    options.mode == "return" ? Cut::by_citizens : Cut::by_server);
}

nlohmann::ordered_json run_load(Options& options, const Messages& messages) {
  LoadSettings& settings = options.load;
  settings.warmup = milliseconds(options.warmup);
  settings.duration = milliseconds(options.duration);
  settings.timeout = milliseconds(options.timeout);
  std::unique_ptr<Dialect> dialect;
  if (options.dialect == "ideal")
    dialect = std::make_unique<IdealDialect>();
  else
    dialect = std::make_unique<ProductDialect>();
  const Target target = dialect->target(options.port);
  const LoadResult result = Load(settings, *dialect, target, messages).run();
  return report(options.dialect, settings, messages, result);
}

int run(Options& options) {
  allow_many_sockets();
  const Messages messages = read_messages(options.messages, options.site);
  const auto json =
      options.mode == "load" ? run_load(options, messages) : run_crowd(options, messages);
  std::printf("%s\n", json.dump(1).c_str());
  return json["void"].get<bool>() || json["faults"] > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Loads a chat server and prints one JSON object. Exit code 0: measured; 1: void, or some "
      "message or "
      "connection did not end as it must; 2: misuse, or nothing could be measured."};
  Options options;
  declare(app, options);
  try {
    app.parse(argc, argv);
    return run(options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "chat_load: %s\n", error.what());
    return 2;
  }
}
