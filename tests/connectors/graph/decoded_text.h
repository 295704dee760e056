// What a decoder made of bytes, as lines that a test can be read against; and published payloads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/service/delivery/incoming.h"

namespace svar::testing {

// A line each: «<contact> <event> <ms> said <text>», «… pressed <key> <label>», «… other <kind>»,
// «… edited <of> <text>», «… withdrawn <of>», «… elsewhere <text>», «… echo <token> <message>»,
// «… receipt <rank> <message> <why>», «… up to <ms> <rank>»; then «unknown <kind> <event>». What is
// empty is «-».
std::string lines_of(const service::Decoded& decoded);

// The file of shared fixtures; nothing where they are absent.
std::optional<std::string> fixture(std::string_view name);
// An event of Messenger's or Instagram's as the one of an envelope.
std::string in_envelope(std::string_view object, std::string_view account, std::string_view event);

}  // namespace svar::testing
