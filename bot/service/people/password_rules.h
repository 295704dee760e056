// Which passwords are good enough. Length does most; the rest refuses what is tried first.
#pragma once

#include <optional>
#include <string_view>

#include "bot/service/people/account.h"

namespace svar::service {

enum class PasswordFault {
  too_short,   // fewer than kPasswordCodePointsMin code points
  too_long,    // more than kPasswordBytesMax bytes
  holds_name,  // the log-in name or a part of the person's name
  common,      // a word everybody tries, with or without figures behind it, or a short pattern
};

// The first fault; nothing when the password may be used.
std::optional<PasswordFault> fault_of(std::string_view password, const Account& account);

}  // namespace svar::service
