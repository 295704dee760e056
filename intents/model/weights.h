// Linear scores of all labels at once: one row of small whole numbers a feature. Whole numbers make
// the scores equal on every machine, and a row a quarter of its size in floats.
//
// Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "intents/model/feature_table.h"

namespace svar::intents {

class Weights {
 public:
  // What a multiplication needs on its way; reused, so that a message costs no allocation.
  struct Scratch {
    std::vector<std::pair<const std::int8_t*, std::int32_t>> terms;
    std::vector<std::int32_t> sums;
  };

  Weights() = default;
  // `scales`: one a row. `cells`: rows of stride(columns) numbers, -127…127. `bias`: one a column.
  Weights(std::size_t columns, std::vector<float> scales, std::vector<std::int8_t> cells,
          std::vector<float> bias);

  // `dense`: rows of `columns` numbers, rounded to a scale for each row.
  static Weights rounded(const std::vector<float>& dense, std::vector<float> bias);

  // Adds to `scores`, columns() numbers: the bias, and value times row over the vector. Rows beyond
  // the last count nothing.
  void score(const SparseVector&, Scratch&, std::vector<float>& scores) const;

  float cell(std::uint32_t row, std::size_t column) const {
    if (row >= scales_.size()) return 0;
    return scales_[row] * static_cast<float>(cells_[row * stride(columns_) + column]);
  }
  std::size_t columns() const { return columns_; }
  const std::vector<float>& scales() const { return scales_; }
  const std::vector<std::int8_t>& cells() const { return cells_; }
  const std::vector<float>& bias() const { return bias_; }

  static constexpr std::size_t kLane = 32;  // columns are filled up to a multiple of it
  static constexpr std::size_t stride(std::size_t columns) {
    return (columns + kLane - 1) / kLane * kLane;
  }

 private:
  std::size_t columns_ = 0;
  std::vector<float> scales_;
  std::vector<std::int8_t> cells_;
  std::vector<float> bias_;
};

}  // namespace svar::intents
