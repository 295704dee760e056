// Messages at random, with what breaks limits: letters of several bytes, emoji of several code
// points, words and labels without an end, white space of every kind.
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "bot/service/delivery/channel.h"

namespace svar::testing {

class RandomMessages {
 public:
  explicit RandomMessages(unsigned seed) : random_(seed) {}

  service::Outgoing next();

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string text(std::size_t pieces_max);

  std::mt19937 random_;
};

// Counted here, not with the product's own measure.
std::size_t utf16_units(std::string_view utf8);
std::size_t code_points(std::string_view utf8);
bool is_utf8(std::string_view text);
std::string without_white_space(std::string_view text);

}  // namespace svar::testing
