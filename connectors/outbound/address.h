// Which addresses are of the public internet. Pure.
#pragma once

#include <string_view>

namespace svar::outbound {

// True for a plain numeric IPv4 or IPv6 address of the public internet. False for private,
// loopback, link-local, shared, documentation, benchmark, multicast and reserved ranges, for IPv6
// that carries an IPv4 address in any way (it would go round the list), and for whatever is no
// plain address (octal, decimal, shortened, bracketed, with a zone).
bool is_public_address(std::string_view numeric);

}  // namespace svar::outbound
