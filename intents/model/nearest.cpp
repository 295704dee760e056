#include "intents/model/nearest.h"

#include <algorithm>
#include <cmath>

namespace svar::intents {
namespace {

// Cosines are sums of whole numbers: a message's value has twelve bits, an example's eight.
constexpr float kValueUnit = 4'095;
constexpr float kWeightUnit = 255;

bool counts(const SparseVector::Entry& entry) {
  return entry.block == Block::words;
}

}  // namespace

Nearest::Nearest(std::vector<std::uint32_t> begins, std::vector<Posting> postings,
                 std::vector<std::uint32_t> examples)
    : begins_(std::move(begins)), postings_(std::move(postings)), examples_(std::move(examples)) {}

Nearest Nearest::indexed(const std::vector<SparseVector>& vectors,
                         const std::vector<std::uint32_t>& labels, std::size_t rows) {
  std::vector<std::uint32_t> examples = {0};
  for (const std::uint32_t count : labels) examples.push_back(examples.back() + count);
  std::vector<std::uint32_t> begins(rows + 1, 0);
  for (std::uint32_t example = 0; example < examples.back(); ++example) {
    for (const auto& entry : vectors[example].entries) begins[entry.row + 1] += counts(entry);
  }
  for (std::size_t row = 0; row < rows; ++row) begins[row + 1] += begins[row];
  std::vector<Posting> postings(begins.back());
  std::vector<std::uint32_t> next = begins;
  for (std::uint32_t example = 0; example < examples.back(); ++example) {
    for (const auto& entry : vectors[example].entries) {
      if (!counts(entry)) continue;
      const auto weight = static_cast<std::uint32_t>(std::lround(entry.value * kWeightUnit));
      postings[next[entry.row]++] = {example, std::min<std::uint32_t>(weight, 255)};
    }
  }
  return Nearest(std::move(begins), std::move(postings), std::move(examples));
}

void Nearest::look_up(const SparseVector& vector, Scratch& scratch) const {
  scratch.sums.assign(examples_.back(), 0);
  for (const SparseVector::Entry& entry : vector.entries) {
    if (!counts(entry)) continue;
    const auto value = static_cast<std::uint32_t>(std::lrint(entry.value * kValueUnit));
    for (std::uint32_t at = begins_[entry.row]; at < begins_[entry.row + 1]; ++at) {
      scratch.sums[postings_[at].example] += postings_[at].weight * value;
    }
  }
}

float Nearest::cosine(std::size_t label, const Scratch& scratch) const {
  std::uint32_t best = 0;
  for (std::uint32_t at = examples_[label]; at < examples_[label + 1]; ++at) {
    best = std::max(best, scratch.sums[at]);
  }
  return static_cast<float>(best) / (kValueUnit * kWeightUnit);
}

}  // namespace svar::intents
