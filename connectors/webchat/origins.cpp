#include "connectors/webchat/origins.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "connectors/webchat/frames.h"

namespace svar::webchat {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view origin) {
  return std::find(list.begin(), list.end(), origin) != list.end();
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

bool is_address(std::string_view host) {
  const std::string text{host};
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool on_any_list(const engine::Release& release, std::string_view origin) {
  return contains(release.common_origins, origin) ||
         std::any_of(release.municipalities.begin(), release.municipalities.end(),
                     [origin](const auto& entry) { return contains(entry.second.origins, origin); });
}

}  // namespace

Origins::Origins(std::vector<std::string> ours, bool none_allowed)
    : ours_(std::move(ours)), none_allowed_(none_allowed) {
  host_names_.emplace_back("localhost");
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) == 0) host_names_.emplace_back(name.data());
}

// A name that anybody can point at us (DNS rebinding) does not make a page ours; an address or a name of this machine
// does, and so does what the operator wrote down.
bool Origins::is_ours(const net::Request& request, std::string_view origin) const {
  if (contains(ours_, origin)) return true;
  const auto host = request.header("host");
  const std::string own = (request.secure ? "https://" : "http://") + std::string{host};
  if (origin != own) return false;
  const auto name = without_port(host);
  return is_address(name) || contains(host_names_, name);
}

std::optional<Visitor> Origins::visitor(const net::Request& request, const engine::Release& release,
                                        Missing missing) const {
  Visitor visitor{request.remote_address, std::string{request.header("origin")}, false};
  if (visitor.origin.empty()) {
    if (missing == Missing::refused && !none_allowed_) return std::nullopt;
    return visitor;
  }
  visitor.ours = is_ours(request, visitor.origin);
  if (!visitor.ours && !on_any_list(release, visitor.origin)) return std::nullopt;
  return visitor;
}

bool Origins::may_hold(const Visitor& visitor, const SiteId& site, const engine::Release& release) {
  if (visitor.ours || visitor.origin.empty()) return true;
  if (site == kCommonSite) return contains(release.common_origins, visitor.origin);
  const kb::Municipality* municipality = release.municipality(MunicipalityId{site.value});
  return municipality != nullptr && contains(municipality->origins, visitor.origin);
}

void allow_origin(net::Response& response, const Visitor& visitor) {
  response.headers.emplace_back("Vary", "Origin");
  if (visitor.origin.empty() || visitor.ours) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", visitor.origin);
}

net::Response preflight(const std::optional<Visitor>& visitor, std::string_view methods) {
  net::Response response;
  response.status = visitor ? 204 : 403;
  if (!visitor) return response;
  allow_origin(response, *visitor);
  response.headers.emplace_back("Access-Control-Allow-Methods", methods);
  response.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type");
  response.headers.emplace_back("Access-Control-Max-Age", "600");
  return response;
}

net::Response origin_refused(const engine::Release& release) {
  const ErrorFrame error{{}, "bad_origin", release.text("error_bad_origin", Language::nn), {}, 0};
  return net::json_response(403, encode_posted({encode(error)}, 1008));
}

}  // namespace svar::webchat
