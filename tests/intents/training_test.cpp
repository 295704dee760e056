// The training against LIBLINEAR, and thresholds against what they promise.
#include "intents/training/training.h"

#include <gtest/gtest.h>
#include <linear.h>

#include <cmath>
#include <memory>

#include "intents/training/classifiers.h"

namespace svar::intents {
namespace {

// Messages of a made-up service: every topic has its own words among words of all. Small, equal
// every time, and with some overlap, so that nothing is separable by accident.
TrainingInput made_up(int labels, int examples) {
  TrainingInput input;
  std::uint64_t state = 7;
  const auto dice = [&](std::uint64_t below) {
    state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    return (state >> 33) % below;
  };
  const auto word = [&](std::uint64_t number) {
    std::string text;
    for (std::uint64_t mixed = (number + 11) * 2'654'435'761u; mixed > 0; mixed /= 20)
      text += static_cast<char>('a' + mixed % 20);
    return text;
  };
  for (int label = 0; label < labels; ++label) {
    for (int i = 0; i < examples; ++i) {
      std::string text;
      for (int w = 0; w < 6; ++w) {
        const bool own = dice(10) < 5;
        text += word(own ? 1'000 + static_cast<std::uint64_t>(label) * 10 + dice(6) : dice(60));
        text += ' ';
      }
      input.examples.push_back({"topic" + std::to_string(100 + label), text});
    }
  }
  for (int i = 0; i < examples; ++i) {
    std::string text;
    for (int w = 0; w < 6; ++w) text += word(5'000 + dice(400)) + ' ';
    input.out_of_scope.push_back(text);
  }
  return input;
}

// As training reads it: features without weights left out.
TrainingSet weighted_set(const TrainingInput& input, const FeatureReader& reader,
                         const HyperParameters& parameters) {
  TrainingSet set = vectorise(prepare(input), reader, parameters);
  for (SparseVector& vector : set.vectors)
    std::erase_if(vector.entries, [&](const auto& entry) { return entry.row >= set.weighted; });
  return set;
}

// LIBLINEAR's own answer for one label: its weights, the bias last.
std::vector<double> reference_weights(const TrainingSet& set, const HyperParameters& parameters,
                                      std::uint32_t label) {
  const auto features = static_cast<int>(set.weighted);
  std::vector<std::vector<feature_node>> rows;
  std::vector<feature_node*> begins;
  std::vector<double> targets;
  for (std::size_t i = 0; i < set.vectors.size(); ++i) {
    std::vector<feature_node> row;
    for (const auto& entry : set.vectors[i].entries)
      row.push_back({static_cast<int>(entry.row) + 1, entry.value});
    row.push_back({features + 1, parameters.svm_bias});
    row.push_back({-1, 0});
    rows.push_back(std::move(row));
    targets.push_back(set.labels[i] == label ? 1 : -1);
  }
  for (auto& row : rows) begins.push_back(row.data());
  problem whole = {static_cast<int>(rows.size()), features + 1, targets.data(), begins.data(), -1};
  int positive = 1;
  double weight = parameters.svm_positive_weight;
  parameter options = {};
  options.solver_type = L2R_L2LOSS_SVC;  // the primal: another way to the same optimum
  options.eps = 1e-6;
  options.C = parameters.svm_cost;
  options.nr_weight = 1;
  options.weight_label = &positive;
  options.weight = &weight;
  set_print_string_function([](const char*) {});
  model* trained = ::train(&whole, &options);
  const double sign = trained->label[0] == 1 ? 1 : -1;
  std::vector<double> weights;
  for (int i = 0; i <= features; ++i) weights.push_back(sign * trained->w[i]);
  free_and_destroy_model(&trained);
  return weights;
}

TEST(Training, FindsTheOptimumThatLiblinearFinds) {
  const TrainingInput input = made_up(6, 12);
  HyperParameters parameters = input.parameters;
  parameters.svm_epochs = 1'000;
  parameters.svm_tolerance = 1e-4;
  const FeatureReader reader(parameters, {});
  const TrainingSet set = weighted_set(input, reader, parameters);
  const Dense dense = train_one_against_rest(set, parameters);
  for (std::uint32_t label = 0; label < set.label_count; ++label) {
    const std::vector<double> reference = reference_weights(set, parameters, label);
    double apart = 0, length = 0;
    for (std::size_t row = 0; row < set.weighted; ++row) {
      apart += std::pow(reference[row] - dense.rows[row * set.label_count + label], 2);
      length += std::pow(reference[row], 2);
    }
    EXPECT_LT(std::sqrt(apart / length), 0.01) << label;
    EXPECT_NEAR(reference.back() * parameters.svm_bias, dense.bias[label], 0.01) << label;
  }
}

TEST(Training, StopsEarlyCloseToTheOptimum) {
  const TrainingInput input = made_up(6, 12);
  HyperParameters exact = input.parameters;
  exact.svm_epochs = 1'000;
  exact.svm_tolerance = 1e-4;
  const FeatureReader reader(exact, {});
  const TrainingSet set = weighted_set(input, reader, exact);
  const Dense quick = train_one_against_rest(set, input.parameters);
  const Dense slow = train_one_against_rest(set, exact);
  double apart = 0, length = 0;
  for (std::size_t i = 0; i < slow.rows.size(); ++i) {
    apart += std::pow(slow.rows[i] - quick.rows[i], 2);
    length += std::pow(slow.rows[i], 2);
  }
  EXPECT_LT(std::sqrt(apart / length), 0.1);
}

TEST(Thresholds, AreFittedFromHeldOutExamplesAndTheirCurvesOnlyRise) {
  const Thresholds thresholds = fit_thresholds(made_up(12, 14));
  ASSERT_TRUE(thresholds.fitted);
  EXPECT_GT(thresholds.held_out, 50u);
  EXPECT_GT(thresholds.held_out_out_of_scope, 20u);
  ASSERT_GT(thresholds.accept_curve.size(), 10u);
  for (std::size_t i = 1; i < thresholds.accept_curve.size(); ++i) {
    const auto& before = thresholds.accept_curve[i - 1];
    const auto& point = thresholds.accept_curve[i];
    EXPECT_GT(point.at, before.at);
    EXPECT_LE(point.kept, before.kept);
    EXPECT_GE(point.rejected, before.rejected);
  }
  for (std::size_t i = 1; i < thresholds.clear_curve.size(); ++i) {
    EXPECT_GT(thresholds.clear_curve[i].at, thresholds.clear_curve[i - 1].at);
    EXPECT_LE(thresholds.clear_curve[i].coverage, thresholds.clear_curve[i - 1].coverage);
  }
}

TEST(Thresholds, BelieveAnAlarmOnlyWhereHardlyAnythingElseIsTakenForOne) {
  TrainingInput input = made_up(12, 14);
  const std::string renamed = input.examples.front().label;
  for (LabelledExample& example : input.examples) {
    if (example.label == renamed) example.label = std::string(kAlarmPrefix) + "fire";
  }
  EXPECT_TRUE(std::isinf(fit_thresholds(input).alarm)) << "too few others to say one in 3,000";
  input.parameters.false_alarms = 0.05;
  const Thresholds thresholds = fit_thresholds(input);
  EXPECT_TRUE(std::isfinite(thresholds.alarm));
  ASSERT_GT(thresholds.alarm_curve.size(), 2u);
  for (std::size_t i = 1; i < thresholds.alarm_curve.size(); ++i) {
    EXPECT_GE(thresholds.alarm_curve[i].at, thresholds.alarm_curve[i - 1].at);
    EXPECT_LE(thresholds.alarm_curve[i].found, thresholds.alarm_curve[i - 1].found);
    EXPECT_LT(thresholds.alarm_curve[i].false_alarms, thresholds.alarm_curve[i - 1].false_alarms);
  }
  std::size_t rung = 0, false_alarms = 0;
  const ExampleModel model = train(input).with(thresholds);
  for (const LabelledExample& example : input.examples) {
    const bool rings = model.rank(example.text, 1).alarm.has_value();
    (example.label.starts_with(kAlarmPrefix) ? rung : false_alarms) += rings;
  }
  EXPECT_GT(rung, 0u);
  EXPECT_LE(false_alarms * 10, input.examples.size());
}

TEST(Thresholds, AreTheSameForTheSameInput) {
  const TrainingInput input = made_up(8, 10);
  const ExampleModel model = train(input);
  EXPECT_EQ(model.with(fit_thresholds(input)).digest(), model.with(fit_thresholds(input)).digest());
  EXPECT_NE(model.with(fit_thresholds(input)).digest(), model.digest());
}

TEST(Thresholds, LetMostOfWhatIsInScopePassAndLittleElse) {
  TrainingInput input = made_up(12, 20);
  std::vector<LabelledExample> unseen;
  for (std::size_t i = 0; i < input.examples.size(); i += 10) unseen.push_back(input.examples[i]);
  std::erase_if(input.examples, [&](const LabelledExample& example) {
    return (&example - input.examples.data()) % 10 == 0;
  });
  const ExampleModel model = train(input).with(fit_thresholds(input));
  std::size_t accepted = 0;
  for (const LabelledExample& example : unseen) accepted += model.rank(example.text, 1).accepted;
  EXPECT_GE(accepted * 10, unseen.size() * 9);
  std::size_t let_in = 0;
  const TrainingInput other = made_up(12, 40);
  for (const std::string& text : other.out_of_scope) let_in += model.rank(text, 1).accepted;
  EXPECT_LE(let_in * 5, other.out_of_scope.size());
}

}  // namespace
}  // namespace svar::intents
