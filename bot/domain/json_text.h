// Text and numbers as JSON, straight into a string. The log and the web chat's wire write these on
// every turn; building a document first costs several times more. Reading is nlohmann's affair.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace svar {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD, one for
// each byte that begins or continues nothing.
void append_json(std::string& out, std::string_view text);

void append_json(std::string& out, std::int64_t number);

// Whether a JSON string may hold these bytes as they stand: UTF-8 without quotes, backslashes and
// control characters.
bool is_plain_json_text(std::string_view text);

// The shortest spelling that reads back as the same number; always with a point or an exponent.
// What is not finite becomes null.
void append_json(std::string& out, double number);

}  // namespace svar
