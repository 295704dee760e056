#include "connectors/outbound/destinations.h"

#include "connectors/outbound/address.h"

namespace svar::outbound {

Result<Destinations, std::string> Destinations::of(
    const std::vector<std::string>& internal_origins) {
  Destinations destinations;
  for (const std::string& written : internal_origins) {
    const auto url = parse_url(written);
    if (!url) return Failure{written + ": " + url.error()};
    if (url->target != "/") return Failure{written + ": an origin has no path"};
    destinations.internal_origins_.insert(url->origin());
  }
  return destinations;
}

bool Destinations::is_internal(const Url& url) const {
  return internal_origins_.count(url.origin()) != 0;
}

Result<Url, std::string> Destinations::admit(std::string_view url) const {
  auto parsed = parse_url(url);
  if (!parsed || is_internal(*parsed)) return parsed;
  if (parsed->scheme != Scheme::https) return Failure{std::string{"not https"}};
  if (parsed->port != 443 && parsed->port != 8443)
    return Failure{std::string{"a port other than 443 and 8443"}};
  if (parsed->is_numeric()) return Failure{std::string{"an address in place of a name"}};
  // What has no dot would be looked up among the machine's own neighbours.
  if (parsed->host.find('.') == std::string::npos)
    return Failure{std::string{"a name without a dot"}};
  return parsed;
}

bool Destinations::may_connect(const Url& url, std::string_view address) const {
  return is_internal(url) || is_public_address(address);
}

}  // namespace svar::outbound
