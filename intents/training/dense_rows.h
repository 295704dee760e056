// What every training over dense rows does: add rows up, change them, go through the examples in an
// order that depends on the seed alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "intents/model/hashing.h"

namespace svar::intents {

inline void add_row(const float* row, float factor, std::vector<float>& sums) {
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += row[c] * factor;
}

inline void change_row(float* row, float factor, const std::vector<float>& changes) {
  for (std::size_t c = 0; c < changes.size(); ++c) row[c] += changes[c] * factor;
}

// Draws that depend on the seed alone (splitmix64).
class Dice {
 public:
  explicit Dice(double seed) : state_(static_cast<std::uint64_t>(seed)) {}

  std::uint64_t next() {
    state_ += 0x9e37'79b9'7f4a'7c15;
    return spread(state_);
  }
  bool below(double share) { return static_cast<double>(next() >> 11) < share * 0x1p53; }
  void shuffle(std::vector<std::uint32_t>& order) {
    for (std::size_t left = order.size(); left > 1; --left) {
      std::swap(order[left - 1], order[next() % left]);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace svar::intents
