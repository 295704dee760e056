#include "connectors/net/proxies.h"

#include <arpa/inet.h>

#include <cstring>

namespace svar::net {

namespace {

// 16 bytes, IPv4 mapped into IPv6; empty when it is no address.
std::string address_bytes(std::string_view text) {
  const std::string written{text};
  in6_addr six{};
  if (::inet_pton(AF_INET6, written.c_str(), &six) == 1) {
    return {reinterpret_cast<const char*>(&six), sizeof six};
  }
  in_addr four{};
  if (::inet_pton(AF_INET, written.c_str(), &four) != 1) return {};
  std::string bytes(10, '\0');
  bytes += "\xff\xff";
  bytes.append(reinterpret_cast<const char*>(&four), sizeof four);
  return bytes;
}

bool same_prefix(const std::string& left, const std::string& right, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (std::memcmp(left.data(), right.data(), whole) != 0) return false;
  const int rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<unsigned char>(0xff << (8 - rest));
  return (static_cast<unsigned char>(left[whole]) & mask) ==
         (static_cast<unsigned char>(right[whole]) & mask);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<AddressSet, std::string> AddressSet::parse(const std::vector<std::string>& written) {
  AddressSet set;
  for (const std::string& entry : written) {
    const auto slash = entry.find('/');
    Prefix prefix;
    prefix.bytes = address_bytes(std::string_view{entry}.substr(0, slash));
    if (prefix.bytes.empty()) return Failure{entry};
    if (slash != std::string::npos) {
      const std::string digits = entry.substr(slash + 1);
      const int bits_max = entry.find(':') == std::string::npos ? 32 : 128;
      if (digits.empty() || digits.size() > 3 ||
          digits.find_first_not_of("0123456789") != std::string::npos ||
          std::stoi(digits) > bits_max) {
        return Failure{entry};
      }
      prefix.bits = 128 - bits_max + std::stoi(digits);
    }
    set.prefixes_.push_back(std::move(prefix));
  }
  return set;
}

bool AddressSet::contains(std::string_view address) const {
  const std::string bytes = address_bytes(address);
  if (bytes.empty()) return false;
  for (const Prefix& prefix : prefixes_) {
    if (same_prefix(bytes, prefix.bytes, prefix.bits)) return true;
  }
  return false;
}

std::string client_address(const AddressSet& trusted, const std::string& peer,
                           std::string_view forwarded_for) {
  std::string nearest = peer;
  while (trusted.contains(nearest) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto entry =
        trimmed(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
    if (address_bytes(entry).empty()) break;
    nearest = entry;
  }
  return nearest;
}

}  // namespace svar::net
