// Where the service may listen: passwords and citizens' words never cross a network in the clear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace svar::desk {

struct Binding {
  std::string address;        // as configured: "127.0.0.1", "::1", "localhost", "0.0.0.0" …
  bool tls = false;           // the service itself speaks TLS
  bool behind_proxy = false;  // a proxy in front does
};

// The sentence with which the service refuses to start, for the operator; nothing when it may.
std::optional<std::string> binding_refusal(const Binding& binding);

// Whether only this machine can reach the address.
bool is_loopback(std::string_view address);

}  // namespace svar::desk
