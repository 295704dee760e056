// Hides national identity numbers, bank accounts and payment cards before an event exists: what was
// never stored can't leak. What is hidden and what stays readable: «Numbers and masking» in
// config/content/README.md. Pure; any bytes are accepted, invalid UTF-8 is left as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace svar::engine {

enum class Hidden { identity, card, account };

struct Masked {
  std::string text;            // each hidden digit is replaced by «•»; the rest is untouched
  std::vector<Hidden> hidden;  // what kinds, each once
  bool changed() const { return !hidden.empty(); }
};

// Precedence: eleven digits with a plausible date, always; then a card: 13–19 digits, Luhn, first
// digit 3–6, unless «KID» stands within three words before; then an account: eleven digits, mod 11.
// Digits of every script count; a separator may be a blank, dot or dash of any kind, and
// characters nobody sees separate nothing.
Masked mask(std::string_view text);

// A page's address: without query and fragment, and masked however its digits are encoded.
std::string mask_address(std::string_view address);

// An identity number written as two messages: a date of birth, then five digits and at most a few
// words of courtesy.
bool is_first_half(std::string_view text);
bool is_second_half(std::string_view text);
// Hides every digit: for a second half.
Masked mask_second_half(std::string_view text);

}  // namespace svar::engine
