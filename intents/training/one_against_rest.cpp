#include <algorithm>
#include <cmath>
#include <numeric>

#include "intents/training/classifiers.h"
#include "intents/training/dense_rows.h"

namespace svar::intents {
namespace {

// The dual of the L2-loss support vector machine, all labels at once: one look at an example gives
// its score for every label, and only the labels that it still teaches something are changed.
class DualDescent {
 public:
  DualDescent(const TrainingSet& set, const HyperParameters& parameters, Dense& dense)
      : set_(set),
        labels_(set.label_count),
        bias_(static_cast<float>(parameters.svm_bias)),
        dense_(dense),
        alphas_(set.vectors.size() * labels_, 0),
        deltas_(labels_, 0),
        scores_(labels_, 0) {
    softness_rest_ = static_cast<float>(1 / (2 * parameters.svm_cost));
    softness_own_ = softness_rest_ / static_cast<float>(parameters.svm_positive_weight);
    for (const SparseVector& vector : set.vectors) {
      float square = bias_ * bias_;
      for (const auto& entry : vector.entries) square += entry.value * entry.value;
      squares_.push_back(square);
    }
  }

  // Changes all labels by one example; gives the largest violation met.
  float learn(std::uint32_t example) {
    const auto& entries = set_.vectors[example].entries;
    for (std::size_t l = 0; l < labels_; ++l) scores_[l] = bias_ * dense_.bias[l];
    for (const auto& e : entries) add_row(dense_.rows.data() + e.row * labels_, e.value, scores_);
    float worst = 0;
    changed_.clear();
    for (std::uint32_t l = 0; l < labels_; ++l) {
      const float delta = step(example, l, worst);
      if (delta != 0) changed_.push_back({l, delta});
    }
    apply(entries);
    return worst;
  }

 private:
  float step(std::uint32_t example, std::uint32_t label, float& worst) {
    const bool own = set_.labels[example] == label;
    const float sign = own ? 1.0f : -1.0f;
    const float softness = own ? softness_own_ : softness_rest_;
    float& alpha = alphas_[example * labels_ + label];
    const float gradient = sign * scores_[label] - 1 + alpha * softness;
    if (alpha == 0 && gradient >= 0) return 0;
    worst = std::max(worst, std::fabs(gradient));
    const float next = std::max(alpha - gradient / (squares_[example] + softness), 0.0f);
    const float delta = (next - alpha) * sign;
    alpha = next;
    return delta;
  }

  void apply(const std::vector<SparseVector::Entry>& entries) {
    if (changed_.empty()) return;
    for (const auto& [l, delta] : changed_) dense_.bias[l] += bias_ * delta;
    if (changed_.size() * 6 < labels_) {
      for (const auto& e : entries) {
        float* row = dense_.rows.data() + e.row * labels_;
        for (const auto& [l, delta] : changed_) row[l] += e.value * delta;
      }
      return;
    }
    std::fill(deltas_.begin(), deltas_.end(), 0.0f);
    for (const auto& [l, delta] : changed_) deltas_[l] = delta;
    for (const auto& e : entries)
      change_row(dense_.rows.data() + e.row * labels_, e.value, deltas_);
  }

  const TrainingSet& set_;
  const std::size_t labels_;
  const float bias_;
  Dense& dense_;
  float softness_own_ = 0;
  float softness_rest_ = 0;
  std::vector<float> squares_;
  std::vector<float> alphas_;  // by example, then label
  std::vector<std::pair<std::uint32_t, float>> changed_;
  std::vector<float> deltas_;
  std::vector<float> scores_;
};

}  // namespace

Dense train_one_against_rest(const TrainingSet& set, const HyperParameters& parameters) {
  Dense dense;
  dense.rows.assign(set.weighted * set.label_count, 0);
  dense.bias.assign(set.label_count, 0);
  DualDescent descent(set, parameters, dense);
  std::vector<std::uint32_t> order(set.vectors.size());
  std::iota(order.begin(), order.end(), 0u);
  Dice dice(parameters.seed);
  for (int epoch = 0; epoch < static_cast<int>(parameters.svm_epochs); ++epoch) {
    dice.shuffle(order);
    float worst = 0;
    for (const std::uint32_t example : order) worst = std::max(worst, descent.learn(example));
    if (worst < static_cast<float>(parameters.svm_tolerance)) break;
  }
  for (float& bias : dense.bias) bias *= static_cast<float>(parameters.svm_bias);
  return dense;
}

}  // namespace svar::intents
