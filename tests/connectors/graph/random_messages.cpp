#include "tests/connectors/graph/random_messages.h"

#include <algorithm>

namespace svar::testing {
namespace {

constexpr std::string_view kPieces[] = {"Hei",
                                        "bosset",
                                        "vert tømt",
                                        "på fredag.",
                                        "Søppel",
                                        "ærleg",
                                        "blåbær",
                                        "å",
                                        "🙂",
                                        "👩‍👩‍👧‍👦",
                                        "🇳🇴",
                                        "e\u0301",
                                        "\n",
                                        "\n\n",
                                        " ",
                                        "  ",
                                        "\t",
                                        "https://www.osteroy.kommune.no/",
                                        "kl. 10",
                                        "17.",
                                        "Kva meiner du?",
                                        "!!!",
                                        "«ja»",
                                        "1. ",
                                        "\u00a0",
                                        "\"",
                                        "\\",
                                        "</script>",
                                        "ß",
                                        "語"};

}  // namespace

std::string RandomMessages::text(std::size_t pieces_max) {
  std::string text;
  for (std::size_t left = below(pieces_max + 1); left > 0; --left) {
    if (below(40) == 0) {
      const std::string_view letter = below(2) == 0 ? "ø" : "🚗";
      for (std::size_t count = below(1500); count > 0; --count) text += letter;
    }
    text += kPieces[below(std::size(kPieces))];
    if (below(3) > 0) text += ' ';
  }
  return text;
}

service::Outgoing RandomMessages::next() {
  service::Outgoing message;
  message.text = text(below(3) == 0 ? 900 : 30);
  if (without_white_space(message.text).empty()) message.text = "Hei";
  for (std::size_t left = below(3) == 0 ? below(20) : 0; left > 0; --left) {
    std::string id = "val." + std::to_string(left);
    if (below(5) == 0) id += std::string(below(2000), 'x');
    message.choices.push_back({id, below(4) == 0 ? text(12) : "Val " + std::to_string(left)});
  }
  for (std::size_t left = below(4) == 0 ? below(3) : 0; left > 0; --left)
    message.links.push_back({"Les meir", "https://www.osteroy.kommune.no/boss", below(2) == 0});
  return message;
}

std::size_t code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::size_t utf16_units(std::string_view utf8) {
  const auto beyond = std::count_if(utf8.begin(), utf8.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  return code_points(utf8) + static_cast<std::size_t>(beyond);
}

bool is_utf8(std::string_view text) {
  std::size_t left = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;
    if (continues != (left > 0)) return false;
    left = continues ? left - 1 : byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
  }
  return left == 0;
}

std::string without_white_space(std::string_view text) {
  std::string rest;
  std::copy_if(text.begin(), text.end(), std::back_inserter(rest),
               [](char c) { return c != ' ' && (c < '\t' || c > '\r'); });
  return rest;
}

}  // namespace svar::testing
