// The digits of a text, whatever script and whatever stands between them. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace svar::engine {

// How a digit follows the one before it: at once; behind one separator (a blank, dot or dash,
// blanks around it allowed); or behind anything else.
enum class Joint { joined, separated, apart };

struct Digit {
  int value = 0;
  std::size_t begin = 0, end = 0;  // bytes of the text
  Joint joint = Joint::apart;
};

using Digits = std::vector<Digit>;

Digits digits_of(std::string_view text);

// The digits from `from` on are runs of exactly these lengths with one separator between each, and
// the last run ends there. How many digits that is; nothing when they are not.
std::optional<std::size_t> grouped(const Digits& digits, std::size_t from,
                                   const std::vector<int>& sizes);

}  // namespace svar::engine
