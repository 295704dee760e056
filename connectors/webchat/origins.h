// Which web pages may talk to us, by the Origin their browser reports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/engine/release.h"
#include "connectors/net/http.h"

namespace svar::webchat {

// Who is on the other end, as far as HTTP tells.
struct Visitor {
  std::string address;
  std::string origin;      // empty when there was none, and that is allowed
  bool ours = false;       // a page of our own: the demo pages
};

class Origins {
 public:
  Origins(std::vector<std::string> ours, bool none_allowed);

  // Nothing when the request's origin is on no site's list, or is missing where it must not be.
  enum class Missing { refused, allowed };
  std::optional<Visitor> visitor(const net::Request& request, const engine::Release& release,
                                 Missing missing) const;

  // Whether a page of that origin may hold the widget of the site.
  static bool may_hold(const Visitor& visitor, const SiteId& site, const engine::Release& release);

 private:
  bool is_ours(const net::Request& request, std::string_view origin) const;

  std::vector<std::string> ours_;
  std::vector<std::string> host_names_;  // of this machine
  bool none_allowed_;
};

// For the visitor's page to read the response; none for our own pages and for programs.
void allow_origin(net::Response& response, const Visitor& visitor);

// Answers OPTIONS for `methods`, «GET, POST».
net::Response preflight(const std::optional<Visitor>& visitor, std::string_view methods);

net::Response origin_refused(const engine::Release& release);

}  // namespace svar::webchat
