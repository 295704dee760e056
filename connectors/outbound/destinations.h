// Where calls may go: the public internet over https, and what the settings name. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"
#include "connectors/outbound/url.h"

namespace svar::outbound {

class Destinations {
 public:
  // The public internet alone.
  Destinations() = default;

  // `internal_origins`: «https://sms.example.no:8443», «http://10.0.0.5:8080». Exactly these
  // scheme, host and port may lie in a private range, have another port than 443 and 8443, and
  // speak plain http: whoever writes them into the settings file answers for the way there. Never
  // to be taken from a request or an answer. Refused: the first entry that is no origin, with the
  // reason.
  static Result<Destinations, std::string> of(const std::vector<std::string>& internal_origins);

  // The URL, read, when a call may go there as far as can be seen before its name is looked up;
  // else the reason.
  Result<Url, std::string> admit(std::string_view url) const;

  // Whether a call to `url` may connect to this numeric address, which its name stands for.
  bool may_connect(const Url& url, std::string_view address) const;

 private:
  bool is_internal(const Url& url) const;
  std::set<std::string> internal_origins_;
};

}  // namespace svar::outbound
