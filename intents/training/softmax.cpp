#include <algorithm>
#include <cmath>
#include <numeric>

#include "intents/training/classifiers.h"
#include "intents/training/dense_rows.h"

namespace svar::intents {
namespace {

// Logits in, the differences from the target out.
void to_errors(std::vector<float>& scores, std::uint32_t label) {
  const float largest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& score : scores) sum += score = std::exp(score - largest);
  const float even = 1 / static_cast<float>(scores.size());
  for (float& score : scores) score = score / sum - (label == kOutOfScope ? even : 0);
  if (label != kOutOfScope) scores[label] -= 1;
}

}  // namespace

Dense train_softmax(const TrainingSet& set, const HyperParameters& parameters) {
  Dense dense;
  const std::size_t labels = set.label_count;
  dense.rows.assign(set.features.size() * labels, 0);
  dense.bias.assign(labels, 0);
  if (labels < 2) return dense;
  std::vector<std::uint32_t> order(set.vectors.size());
  std::iota(order.begin(), order.end(), 0u);
  Shuffle shuffle(parameters.seed);
  std::vector<float> scores(labels);
  const double steps = parameters.softmax_epochs * static_cast<double>(order.size());
  double step = 0;
  for (int epoch = 0; epoch < static_cast<int>(parameters.softmax_epochs); ++epoch) {
    shuffle(order);
    for (const std::uint32_t example : order) {
      const auto rate = static_cast<float>(parameters.softmax_rate * (1 - step++ / steps));
      scores = dense.bias;
      const auto& entries = set.vectors[example].entries;
      for (const auto& e : entries) add_row(&dense.rows[e.row * labels], e.value, scores);
      to_errors(scores, set.labels[example]);
      for (const auto& e : entries) {
        change_row(&dense.rows[e.row * labels], -rate * e.value, scores);
      }
      change_row(dense.bias.data(), -rate * 0.1f, scores);
    }
  }
  return dense;
}

void add_centroids(const TrainingSet& set, double share, Dense& dense) {
  const std::size_t labels = set.label_count;
  std::vector<float> sums(set.features.size() * labels, 0);
  for (std::size_t i = 0; i < set.vectors.size(); ++i) {
    if (set.labels[i] == kOutOfScope) continue;
    for (const auto& e : set.vectors[i].entries) sums[e.row * labels + set.labels[i]] += e.value;
  }
  std::vector<double> squares(labels, 0);
  for (std::size_t at = 0; at < sums.size(); ++at) squares[at % labels] += sums[at] * sums[at];
  std::vector<float> factors(labels, 0);
  for (std::size_t l = 0; l < labels; ++l) {
    // A message of two blocks of length one has the length √2.
    if (squares[l] > 0) factors[l] = static_cast<float>(share / std::sqrt(2 * squares[l]));
  }
  for (std::size_t at = 0; at < sums.size(); ++at)
    dense.rows[at] += sums[at] * factors[at % labels];
}

}  // namespace svar::intents
