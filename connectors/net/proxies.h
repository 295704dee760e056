// Who is really asking: the peer, or the client that a configured proxy names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/result.h"

namespace svar::net {

// A set of addresses and prefixes («127.0.0.1», «10.0.0.0/8», «::1», «fd00::/8»).
class AddressSet {
 public:
  // What could not be read, as it was written.
  static Result<AddressSet, std::string> parse(const std::vector<std::string>& written);
  bool contains(std::string_view address) const;  // false for what is no address

 private:
  struct Prefix {
    std::string bytes;  // 16: IPv4 as mapped IPv6
    int bits = 128;
  };
  std::vector<Prefix> prefixes_;
};

// The last address of `forwarded_for` that is no trusted proxy itself; the peer's when the peer is not trusted or the
// header says nothing usable.
std::string client_address(const AddressSet& trusted, const std::string& peer,
                           std::string_view forwarded_for);

}  // namespace svar::net
