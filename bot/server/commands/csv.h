// Comma-separated values for people who open them in a spreadsheet.
#pragma once

#include <string>
#include <string_view>

namespace svar::server {

// One cell, quoted where RFC 4180 asks for it. A text that a spreadsheet would run as a formula
// (OWASP, CSV injection: it begins with = + - @, a tab or a carriage return, also behind blanks and
// quotes) gets an apostrophe in front: names come from whoever tries to sign in.
std::string csv_cell(std::string_view text);

}  // namespace svar::server
