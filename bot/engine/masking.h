// Hides national identity numbers, bank accounts and payment cards before an event exists: what was never stored
// can't leak. Rules and precedence: reference «Numbers and validators» in config/content/README.md.
#pragma once

#include <string>
#include <string_view>

namespace svar::engine {

struct Masked {
  std::string text;      // each hidden digit is replaced by «•»; everything else is untouched
  bool changed = false;
};

// Precedence: eleven digits with a plausible date (one space, dot or dash after six allowed), always; then a card:
// 13–19 digits, Luhn, first digit 3–6, unless «KID» stands within three words before; then an account: eleven digits,
// mod 11. Case numbers, phone numbers, KID and organisation numbers stay readable. Invalid UTF-8 is the caller's fault.
Masked mask(std::string_view text);

}  // namespace svar::engine
