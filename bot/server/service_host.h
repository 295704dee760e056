// The running service: every part made, wired and started in order, and stopped in order. The only
// place that names concrete classes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/server/settings.h"
#include "bot/service/people/first_accounts.h"
#include "bot/service/turn/event_store.h"
#include "bot/service/turn/executor.h"

namespace svar::net {
struct ServerOptions;
}

namespace svar::server {

// Puts a store in front of the real one. Only the proofs use it, to show that a store that breaks
// its promise is caught.
using AroundStore =
    std::function<std::unique_ptr<service::EventStore>(service::EventStore&, service::Executor&)>;

// Changes the limits that the HTTP server keeps. Only the proofs use it, to show that a server that
// keeps none is caught.
using ChangeServer = std::function<void(net::ServerOptions&)>;

class ServiceHost {
 public:
  // What whoever started the service wants to know.
  struct Started {
    std::string origin;              // "http://127.0.0.1:8080"
    std::vector<std::string> sites;  // with a demo page each; empty when those are off
    std::optional<service::FirstLogins> first_logins;  // at the very first start: kept nowhere
    std::int64_t release = 0;
  };

  // Opens the data folder, compiles the content, binds the port; citizens are served as soon as
  // run() is called. Fails with sentences that say what to do.
  static Result<std::unique_ptr<ServiceHost>, std::string> make(const Settings& settings,
                                                                const AroundStore& around,
                                                                const ChangeServer& change = {});
  ~ServiceHost();

  // Runs on this thread until SIGTERM or SIGINT; `started` is called once when citizens are served.
  // Exit code: 0, or 1 when the desk or the accounts could not be loaded.
  int run(const std::function<void(const Started&)>& started);

 private:
  struct Parts;
  explicit ServiceHost(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace svar::server
