// Random secrets and their digests. Everything random in bot/service/people comes from here.
#pragma once

#include <string>
#include <string_view>

#include "bot/service/people/account.h"

namespace svar::service {

// Prepares the random source; called by whoever uses it first, harmless when repeated. Ends the
// process when the machine has no source of randomness.
void start_secrets();

// 256 random bits, 43 characters of A–Z a–z 0–9 «-» «_».
std::string new_session_token();

// The key under which the session with this token is stored. Same token, same key; no way back.
SessionKey key_of_token(std::string_view token);

// A password a person can read from a screen and type: five groups of four letters and digits that
// can't be taken for one another, 24 characters, 99 random bits.
std::string new_readable_password();

// Overwrites the text before it is released, in a way that the compiler can't leave out.
void wipe(std::string& secret);

}  // namespace svar::service
