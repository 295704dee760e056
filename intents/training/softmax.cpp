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

// An example with some of its words missing, and all their features with them: so no word alone
// carries a label, and a misspelt one costs less.
void read_without_words(const SparseVector& example, double share, Dice& dice,
                        std::vector<SparseVector::Entry>& out) {
  std::uint64_t dropped = 0;
  for (std::size_t word = 0; word < std::min<std::size_t>(example.words, 64); ++word) {
    if (dice.below(share)) dropped |= std::uint64_t{1} << word;
  }
  out.clear();
  for (const SparseVector::Entry& entry : example.entries) {
    if (((dropped >> (entry.token % 64)) & 1) == 0) out.push_back(entry);
  }
}

}  // namespace

Dense train_softmax(const TrainingSet& set, const HyperParameters& parameters) {
  Dense dense;
  const std::size_t labels = set.label_count;
  dense.rows.assign(set.weighted * labels, 0);
  dense.bias.assign(labels, 0);
  if (labels < 2) return dense;
  std::vector<std::uint32_t> order(set.vectors.size());
  std::iota(order.begin(), order.end(), 0u);
  Dice dice(parameters.seed);
  std::vector<SparseVector::Entry> entries;
  std::vector<float> scores(labels);
  const double steps = parameters.softmax_epochs * static_cast<double>(order.size());
  double step = 0;
  for (int epoch = 0; epoch < static_cast<int>(parameters.softmax_epochs); ++epoch) {
    dice.shuffle(order);
    for (const std::uint32_t example : order) {
      const auto rate = static_cast<float>(parameters.softmax_rate * (1 - step++ / steps));
      scores = dense.bias;
      read_without_words(set.vectors[example], parameters.softmax_words_dropped, dice, entries);
      for (const auto& e : entries) add_row(dense.rows.data() + e.row * labels, e.value, scores);
      to_errors(scores, set.labels[example]);
      for (const auto& e : entries) {
        change_row(dense.rows.data() + e.row * labels, -rate * e.value, scores);
      }
      change_row(dense.bias.data(), -rate * 0.1f, scores);
    }
  }
  return dense;
}

void add_centroids(const TrainingSet& set, const HyperParameters& parameters, Dense& dense) {
  // The square of a message's length: of its two blocks.
  const double message = parameters.word_weight * parameters.word_weight +
                         parameters.letter_weight * parameters.letter_weight;
  std::vector<float> sums(set.weighted, 0);
  for (std::size_t begin = 0, end = 0; begin < set.vectors.size(); begin = end) {
    const std::uint32_t label = set.labels[begin];
    if (label == kOutOfScope) break;  // they stand last
    for (end = begin; end < set.vectors.size() && set.labels[end] == label; ++end) {
      for (const auto& e : set.vectors[end].entries) sums[e.row] += e.value;
    }
    double square = 0;
    for (const float sum : sums) square += sum * sum;
    const auto factor = static_cast<float>(
        square > 0 ? parameters.centroid_share / std::sqrt(message * square) : 0);
    for (std::size_t row = 0; row < set.weighted; ++row) {
      if (sums[row] == 0) continue;
      dense.rows[row * set.label_count + label] += sums[row] * factor;
      sums[row] = 0;
    }
  }
}

}  // namespace svar::intents
