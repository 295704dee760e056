#include "connectors/desk/binding_guard.h"

#include <arpa/inet.h>

namespace svar::desk {

bool is_loopback(std::string_view address) {
  const std::string text(address);
  if (text == "localhost") return true;
  in_addr four{};
  if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  in6_addr six{};
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

std::optional<std::string> binding_refusal(const Binding& binding) {
  if (binding.tls || binding.behind_proxy || is_loopback(binding.address)) return std::nullopt;
  return "Will not listen on " + binding.address +
         " without TLS: agents' passwords and citizens' words would cross the network readable. "
         "Start with --tls-self-signed, or name a certificate and key (http.tls: files), or put a "
         "proxy that does TLS in front (http.behind_proxy: true), or listen on 127.0.0.1.";
}

}  // namespace svar::desk
