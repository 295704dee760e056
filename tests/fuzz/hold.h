// What the fuzz targets share: how an invariant is checked, how an input is cut, what valid UTF-8
// is.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace svar::fuzz {

// Ends the process when an invariant does not hold, so that libFuzzer keeps the input. On in every
// build.
inline void hold(bool holds, std::string_view invariant, std::string_view seen = {}) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: broken: %.*s\nfuzz: seen: %.*s\n", static_cast<int>(invariant.size()),
               invariant.data(), static_cast<int>(seen.size()), seen.data());
  std::abort();
}

// The pieces between separators; the last may be empty. Refers to `text`.
inline std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + separator.size());
  }
}

// Bytes of the well-formed code point that `text` begins with; 0 when it begins with none (Unicode
// 15, table 3-7).
inline std::size_t code_point_bytes(std::string_view text) {
  const auto in = [&](std::size_t at, unsigned low, unsigned high) {
    const unsigned byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    return byte >= low && byte <= high;
  };
  const auto tail = [&](std::size_t at) { return in(at, 0x80, 0xBF); };
  if (text.empty()) return 0;
  if (in(0, 0x00, 0x7F)) return 1;
  if (in(0, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  const bool three = in(0, 0xE0, 0xE0)   ? in(1, 0xA0, 0xBF)
                     : in(0, 0xED, 0xED) ? in(1, 0x80, 0x9F)
                                         : in(0, 0xE1, 0xEF) && tail(1);
  if (three) return tail(2) ? 3 : 0;
  const bool four = in(0, 0xF0, 0xF0)   ? in(1, 0x90, 0xBF)
                    : in(0, 0xF4, 0xF4) ? in(1, 0x80, 0x8F)
                                        : in(0, 0xF1, 0xF3) && tail(1);
  return four && tail(2) && tail(3) ? 4 : 0;
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = code_point_bytes(text);
    if (bytes == 0) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

}  // namespace svar::fuzz
