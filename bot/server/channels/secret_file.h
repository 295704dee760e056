// A secret in a file of its own: a token, a key.
#pragma once

#include <string>

#include "bot/domain/result.h"

namespace svar::server {

// What the file holds, without the line break at its end. Refused, with a reason that names the
// file and never what it holds: a file that cannot be read, that everybody on the machine may read
// or write, that is empty, longer than 4 KiB, or holds blanks or control characters inside.
Result<std::string, std::string> read_secret(const std::string& path);

}  // namespace svar::server
