#include "connectors/outbound/address.h"

#include <arpa/inet.h>

#include <array>
#include <cstdint>
#include <string>

namespace svar::outbound {
namespace {

struct Range {
  std::uint32_t network;
  int bits;
};

// IANA's registry of special-purpose IPv4 addresses.
constexpr std::array<Range, 16> kSpecial{{
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by carriers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local, and the clouds' metadata
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // 6to4 relays
    {0xC0A80000, 16},  // private
    {0xC0AF3000, 24},  // AS112
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, broadcast
}};

bool is_public_v4(std::uint32_t address) {
  for (const Range& range : kSpecial) {
    if ((address >> (32 - range.bits)) == (range.network >> (32 - range.bits))) return false;
  }
  return true;
}

// Only 2000::/3 is handed out; in it 2001::/23 (Teredo and kin), 2001:db8::/32, 2002::/16 (6to4)
// and 3fff::/20 are special.
bool is_public_v6(const in6_addr& address) {
  const auto* byte = address.s6_addr;
  if ((byte[0] & 0xE0) != 0x20) return false;
  const unsigned first = byte[0] * 256U + byte[1];
  const unsigned second = byte[2] * 256U + byte[3];
  if (first == 0x2001 && (second < 0x0200 || second == 0x0DB8)) return false;
  if (first == 0x2002) return false;
  return first != 0x3FFF || second >= 0x1000;
}

}  // namespace

bool is_public_address(std::string_view numeric) {
  const std::string text(numeric);
  if (text.find('\0') != std::string::npos) return false;
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_public_v4(ntohl(v4.s_addr));
  in6_addr v6{};
  return inet_pton(AF_INET6, text.c_str(), &v6) == 1 && is_public_v6(v6);
}

}  // namespace svar::outbound
