#include "bot/domain/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace svar {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Which bytes stand for themselves in a JSON string.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

// Bytes of the UTF-8 sequence at `at`, 0 when there is none (RFC 3629, section 4: no overlong
// spellings, no surrogates, nothing beyond U+10FFFF).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0xC2 || first > 0xF4 || !continues(1)) return 0;
  if (first < 0xE0) return 2;
  if (!continues(2)) return 0;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = first == 0xF0 && second < 0x90;
  const bool beyond = first == 0xF4 && second >= 0x90;
  return overlong || beyond || !continues(3) ? 0 : 4;
}

void append_escaped(std::string& out, unsigned char byte) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    default:
      ((out += "\\u00") += kHex[byte >> 4U]) += kHex[byte & 0xFU];
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size() + 2);
  out += '"';
  std::size_t from = 0;  // of what is copied as it stands
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (kPlain[byte]) {
      ++at;
      continue;
    }
    if (const std::size_t length = sequence_length(text, at); length > 0) {
      at += length;
      continue;
    }
    out += text.substr(from, at - from);
    if (byte < 0x80) {
      append_escaped(out, byte);
    } else {
      out += kReplacement;
    }
    from = ++at;
  }
  out += text.substr(from);
  out += '"';
}

bool is_plain_json_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length =
        kPlain[static_cast<unsigned char>(text[at])] ? 1 : sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void append_json(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  out.append(digits.begin(), end);
}

void append_json(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  const std::string_view spelling(digits.begin(), end);
  out += spelling;
  if (spelling.find_first_of(".e") == std::string_view::npos) out += ".0";
}

}  // namespace svar
