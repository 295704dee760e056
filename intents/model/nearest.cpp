#include "intents/model/nearest.h"

#include <algorithm>
#include <cmath>

namespace svar::intents {
namespace {

// Cosines are sums of whole numbers: a message's value has twelve bits, an example's eight.
constexpr float kValueUnit = 4'095;
constexpr float kWeightUnit = 255;
constexpr double kCommonMin = 50;

bool counts(const SparseVector::Entry& entry) {
  return entry.block == Block::words;
}

}  // namespace

Nearest::Nearest(std::vector<std::uint32_t> begins, std::vector<Posting> postings,
                 std::vector<std::uint32_t> examples)
    : begins_(std::move(begins)), postings_(std::move(postings)), examples_(std::move(examples)) {
  // Counts that no training gives are left for load to refuse: they would ask for any memory.
  const bool plausible = !examples_.empty() && examples_.back() < kExamplesMax &&
                         std::is_sorted(examples_.begin(), examples_.end());
  if (!plausible) return;
  for (std::uint32_t label = 0; label + 1 < examples_.size(); ++label)
    label_of_.resize(examples_[label + 1], label);
}

Nearest Nearest::indexed(const std::vector<SparseVector>& vectors,
                         const std::vector<std::uint32_t>& labels, std::size_t rows,
                         double common) {
  std::vector<std::uint32_t> examples = {0};
  for (const std::uint32_t count : labels) examples.push_back(examples.back() + count);
  std::vector<std::uint32_t> begins(rows + 1, 0);
  for (std::uint32_t example = 0; example < examples.back(); ++example) {
    for (const auto& entry : vectors[example].entries) begins[entry.row + 1] += counts(entry);
  }
  // Of few examples nothing is common.
  const auto most = std::max(kCommonMin, common * static_cast<double>(examples.back()));
  std::vector<bool> left_out(rows, false);
  for (std::size_t row = 0; row < rows; ++row) {
    if (begins[row + 1] <= most) continue;
    left_out[row] = true;
    begins[row + 1] = 0;
  }
  for (std::size_t row = 0; row < rows; ++row) begins[row + 1] += begins[row];
  std::vector<Posting> postings(begins.back());
  std::vector<std::uint32_t> next = begins;
  for (std::uint32_t example = 0; example < examples.back(); ++example) {
    for (const auto& entry : vectors[example].entries) {
      if (!counts(entry) || left_out[entry.row]) continue;
      const auto weight = static_cast<std::uint32_t>(std::lround(entry.value * kWeightUnit));
      postings[next[entry.row]++] = {example, std::min<std::uint32_t>(weight, 255)};
    }
  }
  return Nearest(std::move(begins), std::move(postings), std::move(examples));
}

void Nearest::look_up(const SparseVector& vector, Scratch& scratch) const {
  scratch.sums.resize(examples_.back(), 0);
  scratch.touched.clear();
  for (const SparseVector::Entry& entry : vector.entries) {
    if (!counts(entry)) continue;
    const auto value = static_cast<std::uint32_t>(std::lrint(entry.value * kValueUnit));
    for (std::uint32_t at = begins_[entry.row]; at < begins_[entry.row + 1]; ++at) {
      std::uint32_t& sum = scratch.sums[postings_[at].example];
      if (sum == 0) scratch.touched.push_back(postings_[at].example);
      sum += postings_[at].weight * value;
    }
  }
  scratch.cosines.assign(examples_.size() - 1, 0);
  for (const std::uint32_t example : scratch.touched) {
    float& best = scratch.cosines[label_of_[example]];
    best = std::max(best, static_cast<float>(scratch.sums[example]) / (kValueUnit * kWeightUnit));
    scratch.sums[example] = 0;
  }
}

}  // namespace svar::intents
