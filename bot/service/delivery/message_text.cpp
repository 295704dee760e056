#include "bot/service/delivery/message_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace svar::service {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
};

bool continues(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

// The code point that begins at `at`; a byte that begins none stands for itself.
CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = first < 0x80U   ? 1
                            : first < 0xC2U ? 0
                            : first < 0xE0U ? 2
                            : first < 0xF0U ? 3
                            : first < 0xF5U ? 4
                                            : 0;
  if (bytes <= 1 || at + bytes > text.size()) return {first, 1};
  char32_t value = first & (0xFFU >> (bytes + 1));
  for (std::size_t next = 1; next < bytes; ++next) {
    const auto byte = static_cast<unsigned char>(text[at + next]);
    if (!continues(byte)) return {first, 1};
    value = (value << 6U) | (byte & 0x3FU);
  }
  return {value, bytes};
}

std::size_t units(const CodePoint& point, TextUnit unit) {
  switch (unit) {
    case TextUnit::bytes:
      return point.bytes;
    case TextUnit::code_points:
      return 1;
    case TextUnit::utf16:
      return point.value > 0xFFFF ? 2 : 1;
  }
  return 1;
}

constexpr char32_t kZeroWidthJoiner = 0x200D;

// What is seen as one with the letter before it: accents, variation selectors, skin tones, tags.
bool is_mark(char32_t value) {
  static constexpr std::array<std::array<char32_t, 2>, 9> kMarks{{{0x300, 0x36F},
                                                                  {0x483, 0x489},
                                                                  {0x1AB0, 0x1AFF},
                                                                  {0x1DC0, 0x1DFF},
                                                                  {0x20D0, 0x20FF},
                                                                  {0xFE00, 0xFE0F},
                                                                  {0xFE20, 0xFE2F},
                                                                  {0x1F3FB, 0x1F3FF},
                                                                  {0xE0020, 0xE01EF}}};
  return value == kZeroWidthJoiner || std::any_of(kMarks.begin(), kMarks.end(), [&](auto range) {
           return value >= range[0] && value <= range[1];
         });
}

bool is_flag_letter(char32_t value) {
  return value >= 0x1F1E6 && value <= 0x1F1FF;
}

bool is_space(char32_t value) {
  return value == ' ' || (value >= '\t' && value <= '\r');
}

bool ends_sentence(char32_t value) {
  return value == '.' || value == '!' || value == '?' || value == 0x2026;
}

// «kl. 10», «17. mai» and «f.eks. slik» go on; a new sentence begins with something greater.
bool goes_on(char32_t value) {
  return (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9') || value == 0xE5 ||
         value == 0xE6 || value == 0xF8;
}

// Where a piece may end, best kind first; each the last place of its kind that fits.
struct Cuts {
  std::size_t paragraph = 0;
  std::size_t sentence = 0;
  std::size_t word = 0;
  std::size_t letter = 0;
  std::size_t code_point = 0;
};

struct Reader {
  char32_t before_spaces = 0;  // the last that was no space
  char32_t last = 0;
  int line_feeds = 0;      // in the spaces just read
  bool pair_open = false;  // an odd number of flag letters stand before

  // What may be cut before the code point that begins at `at`.
  void mark(Cuts& cuts, std::size_t at, char32_t value) const {
    cuts.code_point = at;
    const bool joined = is_mark(value) || last == kZeroWidthJoiner ||
                        (pair_open && is_flag_letter(value)) || (last == '\r' && value == '\n');
    if (!joined) cuts.letter = at;
    if (!is_space(last) || is_space(value)) return;
    cuts.word = at;
    if (line_feeds > 0 || (ends_sentence(before_spaces) && !goes_on(value))) cuts.sentence = at;
    if (line_feeds > 1) cuts.paragraph = at;
  }

  void pass(char32_t value) {
    if (is_space(value)) {
      line_feeds += value == '\n' ? 1 : 0;
    } else {
      line_feeds = 0;
      before_spaces = value;
    }
    pair_open = is_flag_letter(value) && !pair_open;
    last = value;
  }
};

std::string_view without_spaces_around(std::string_view text) {
  while (!text.empty() && is_space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

// A heading of two words isn't worth a message of its own.
std::size_t best(const Cuts& cuts) {
  const std::size_t fair = cuts.code_point / 3;
  for (const std::size_t cut : {cuts.paragraph, cuts.sentence, cuts.word}) {
    if (cut > fair) return cut;
  }
  return cuts.letter > 0 ? cuts.letter : cuts.code_point;
}

// How many bytes the first piece of a text has that doesn't begin with a space.
std::size_t first_piece(std::string_view text, std::size_t max, TextUnit unit) {
  Cuts cuts;
  Reader reader;
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (at > 0) reader.mark(cuts, at, point.value);
    size += units(point, unit);
    // Spaces at the end are dropped, so that they may well stand beyond the limit.
    if (size > max && !is_space(point.value)) return best(cuts);
    reader.pass(point.value);
    at += point.bytes;
  }
  return text.size();
}

std::string hash_hex(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char byte : text) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
  return digits.data();
}

}  // namespace

std::string choice_key(const Choice& choice, std::size_t bytes_max) {
  return choice.id.size() <= bytes_max ? choice.id : '#' + hash_hex(choice.id);
}

const Choice* choice_of_key(std::string_view key, const std::vector<Choice>& offered) {
  const auto found = std::find_if(offered.begin(), offered.end(), [&](const Choice& choice) {
    return choice.id == key || (key.starts_with('#') && key.substr(1) == hash_hex(choice.id));
  });
  return found == offered.end() ? nullptr : &*found;
}

std::size_t size_in(std::string_view text, TextUnit unit) {
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    size += units(point, unit);
    at += point.bytes;
  }
  return size;
}

std::vector<std::string> split_text(std::string_view text, std::size_t max, TextUnit unit) {
  std::vector<std::string> pieces;
  std::string_view rest = without_spaces_around(text);
  while (!rest.empty()) {
    const std::size_t cut = first_piece(rest, std::max<std::size_t>(max, 4), unit);
    pieces.emplace_back(without_spaces_around(rest.substr(0, cut)));
    rest = without_spaces_around(rest.substr(cut));
  }
  return pieces;
}

std::string numbered(const std::string& text, const std::vector<Choice>& choices) {
  std::string all = text;
  for (std::size_t index = 0; index < choices.size(); ++index) {
    if (!all.empty()) all += index == 0 ? "\n\n" : "\n";
    all += std::to_string(index + 1) + ". " + choices[index].label;
  }
  return all;
}

}  // namespace svar::service
