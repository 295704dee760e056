// svarsentral serve: runs the service.
#pragma once

#include <string>
#include <vector>

#include "bot/server/service_host.h"

namespace svar::server {

struct ServeOptions {
  std::string config = "config/svarsentral.yaml";
  std::vector<std::string> set;  // «key=value»
};

// Runs until SIGTERM or SIGINT. Exit code: 0 stopped in order, 1 could not start, 2 faults in the
// configuration.
int run_serve(const ServeOptions& options);

// What stands around the store; empty in the product.
AroundStore& around_store();

// What alters the server's limits; empty in the product.
ChangeServer& change_server();

}  // namespace svar::server
