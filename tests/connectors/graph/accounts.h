// An account of Meta's for tests.
#pragma once

#include <string>

#include "connectors/graph/graph_channel.h"

namespace svar::testing {

inline graph::GraphAccount account(const std::string& id, const std::string& token,
                                   const std::string& origin = "https://graph.facebook.com") {
  graph::GraphAccount account;
  account.site = SiteId{"osteroy"};
  account.account = id;
  account.token = token;
  account.app_secret = "canary-app-secret";
  account.verify_token = "canary-verify-token";
  account.origin = origin;
  return account;
}

}  // namespace svar::testing
