// A word as it sounds, without its ending: what a Norwegian word has in common with itself in
// Nynorsk, Bokmål and dialect («kvar», «hvor», «kor»; «påminningane», «påminnelsan»). Rough on
// purpose: one feature among many, never a word that is shown or matched by a rule. In English it
// cuts endings and doubled letters.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace svar::intents {

class Skeleton {
 public:
  // `word`: normalised. Reads at most kBytesMax bytes of it.
  explicit Skeleton(std::string_view word);

  // Not UTF-8: «$» stands for ø. Lives as long as this object.
  std::string_view text() const { return {letters_.data(), size_}; }

 private:
  static constexpr std::size_t kBytesMax = 60;

  void hear(std::string_view plain);
  void cut_ending();
  void put(char letter);

  std::array<char, kBytesMax> letters_;
  std::size_t size_ = 0;
};

}  // namespace svar::intents
