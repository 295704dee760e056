#include <linear.h>

#include <cstdlib>
#include <memory>
#include <mutex>

#include "intents/training/classifiers.h"

namespace svar::intents {
namespace {

std::mutex& turn() {
  static std::mutex one;  // guards rand()
  return one;
}

// LIBLINEAR's form of a set: rows of (feature counted from one, value), ended by -1; the last
// feature is the bias.
class Problem {
 public:
  Problem(const TrainingSet& set, double bias) : labels_(set.labels) {
    std::size_t count = 0;
    for (const SparseVector& vector : set.vectors) count += vector.entries.size() + 2;
    nodes_.reserve(count);
    const auto features = static_cast<int>(set.features.size());
    for (const SparseVector& vector : set.vectors) {
      begins_.push_back(nodes_.data() + nodes_.size());
      for (const SparseVector::Entry& entry : vector.entries) {
        nodes_.push_back({static_cast<int>(entry.row) + 1, entry.value});
      }
      nodes_.push_back({features + 1, bias});
      nodes_.push_back({-1, 0});
    }
    targets_.resize(begins_.size());
    problem_ = {static_cast<int>(begins_.size()), features + 1, targets_.data(), begins_.data(),
                -1};
  }

  const problem& for_label(std::uint32_t label) {
    for (std::size_t i = 0; i < labels_.size(); ++i) targets_[i] = labels_[i] == label ? 1 : -1;
    return problem_;
  }

 private:
  const std::vector<std::uint32_t>& labels_;
  std::vector<feature_node> nodes_;
  std::vector<feature_node*> begins_;
  std::vector<double> targets_;
  problem problem_ = {};
};

struct FreeModel {
  void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

}  // namespace

Dense train_one_against_rest(const TrainingSet& set, const HyperParameters& parameters) {
  Dense dense;
  dense.rows.assign(set.features.size() * set.label_count, 0);
  dense.bias.assign(set.label_count, 0);
  const bool has_rest = set.label_count > 1 || (set.label_count == 1 && set.labels.back() != 0);
  if (!has_rest) return dense;

  int positive = 1;
  double positive_weight = parameters.svm_positive_weight;
  parameter options = {};
  options.solver_type = L2R_L2LOSS_SVC_DUAL;
  options.eps = parameters.svm_tolerance;
  options.C = parameters.svm_cost;
  options.nr_weight = 1;
  options.weight_label = &positive;
  options.weight = &positive_weight;

  Problem problem(set, parameters.svm_bias);
  const std::lock_guard lock(turn());
  set_print_string_function([](const char*) {});
  for (std::uint32_t label = 0; label < set.label_count; ++label) {
    std::srand(static_cast<unsigned>(parameters.seed));
    const std::unique_ptr<model, FreeModel> trained(::train(&problem.for_label(label), &options));
    for (std::size_t row = 0; row < set.features.size(); ++row) {
      dense.rows[row * set.label_count + label] = static_cast<float>(trained->w[row]);
    }
    dense.bias[label] = static_cast<float>(trained->w[set.features.size()] * parameters.svm_bias);
  }
  return dense;
}

}  // namespace svar::intents
