#include "bot/server/commands/serve_command.h"

#include <csignal>
#include <cstdio>

#include "bot/server/log.h"
#include "bot/server/settings.h"

namespace svar::server {
namespace {

void print_addresses(const ServiceHost::Started& started) {
  std::printf("\nSvarsentral serves release %lld.\n\n", static_cast<long long>(started.release));
  if (!started.sites.empty()) {
    std::printf("  Demo pages with the chat   %s/demo/\n", started.origin.c_str());
    for (const auto& site : started.sites) {
      std::printf("    %-24s %s/demo/%s\n", site.c_str(), started.origin.c_str(), site.c_str());
    }
  }
  std::printf("  The agents' desk           %s/desk/\n", started.origin.c_str());
  if (started.first_logins) {
    // Two lines that other programs may read.
    const auto& [agent, administrator] = *started.first_logins;
    std::printf("\nfirst login: %s %s\n", agent.name.value.c_str(), agent.password.c_str());
    std::printf("first administrator: %s %s\n", administrator.name.value.c_str(),
                administrator.password.c_str());
    std::printf("Write them down: they are shown this once, and stored only as hashes.\n");
    std::printf("The agent may begin; the administrator sets up two-step sign-in first.\n");
  }
  std::printf("\nStop with Ctrl-C.\n");
  std::fflush(stdout);
}

}  // namespace

AroundStore& around_store() {
  static AroundStore around;
  return around;
}

ChangeServer& change_server() {
  static ChangeServer change;
  return change;
}

int run_serve(const ServeOptions& options) {
  std::signal(SIGPIPE,
              SIG_IGN);  // a peer that is gone is an error of one write, not the end of the process
  const auto settings = read_settings(options.config, options.set);
  if (!settings) {
    for (const auto& fault : settings.error()) std::fprintf(stderr, "%s\n", to_line(fault).c_str());
    std::fprintf(stderr,
                 "svarsentral did not start: mend the configuration above and start again.\n");
    return 2;
  }
  begin_log(settings->log);
  auto host = ServiceHost::make(*settings, around_store(), change_server());
  if (!host) {
    std::fprintf(stderr, "svarsentral did not start: %s\n", host.error().c_str());
    return 1;
  }
  return (*host)->run(print_addresses);
}

}  // namespace svar::server
