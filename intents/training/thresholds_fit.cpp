#include <linear.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>

#include "intents/training/corpus.h"
#include "intents/training/training.h"

namespace svar::intents {
namespace {

constexpr std::size_t kHeldOutMin = 30;
constexpr std::size_t kGivenMin = 50;  // so much out of scope tells more than labels left out

// What a fold's model said of an example it had never seen.
struct HeldOut {
  GateInputs inputs = {};
  bool in_scope = false;
  bool right = false;
  std::vector<float> behind = {};  // how far each label's score is behind the best one's
  float behind_right = 0;          // and that of the right label
  enum class Alarm { is, may_be, is_not } alarm = Alarm::is_not;
  double alarm_score = -std::numeric_limits<double>::infinity();
  double in_scope_score = 0;
  double best_score = 0;
};

// What is held out in a fold: some examples of each label, and some labels with all their examples,
// which are out of scope for it. When an editor has given enough that is out of scope, a part of
// that is held out instead of labels.
enum class Part { train, in_scope, out_of_scope };

class Folds {
 public:
  Folds(const Corpus& corpus, std::size_t count) : corpus_(corpus), count_(count) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < corpus.examples.size(); ++i) {
      const bool same = i > 0 && corpus.examples[i].label == corpus.examples[i - 1].label;
      place = same ? place + 1 : 0;
      places_.push_back(place);
      given_out_of_scope_ += corpus.examples[i].label == kOutOfScope;
    }
  }

  Part part(std::size_t example, std::size_t fold) const {
    const std::uint32_t label = corpus_.examples[example].label;
    const bool turn = places_[example] % count_ == fold;
    if (label == kOutOfScope) return turn ? Part::out_of_scope : Part::train;
    const bool left_out = given_out_of_scope_ < kGivenMin && label % (count_ * 2) == fold;
    if (left_out) return Part::out_of_scope;
    return turn ? Part::in_scope : Part::train;
  }

 private:
  const Corpus& corpus_;
  std::size_t count_;
  std::vector<std::size_t> places_;
  std::size_t given_out_of_scope_ = 0;
};

HeldOut::Alarm alarm_of(const std::string& label, const TrainingInput& input) {
  if (label.starts_with(kAlarmPrefix)) return HeldOut::Alarm::is;
  const auto& near = input.near_alarms;
  const bool may_be = std::find(near.begin(), near.end(), label) != near.end();
  return may_be ? HeldOut::Alarm::may_be : HeldOut::Alarm::is_not;
}

HeldOut judge_held_out(const ExampleModel& model, const Corpus& corpus,
                       const CorpusExample& example, Part part, const TrainingInput& input) {
  const ExampleModel::Judgement judgement = model.judge(example.text);
  HeldOut held;
  held.inputs = judgement.gate_inputs;
  held.in_scope = part == Part::in_scope;
  const float best = judgement.totals[judgement.best];
  for (const float total : judgement.totals) held.behind.push_back(total - best);
  if (judgement.alarm) held.alarm_score = judgement.totals[*judgement.alarm];
  if (example.label != kOutOfScope) held.alarm = alarm_of(corpus.labels[example.label], input);
  if (!held.in_scope) return held;
  const std::string& right = corpus.labels[example.label];
  held.right = model.label(judgement.best) == right;
  for (std::uint32_t l = 0; l < model.label_count(); ++l) {
    if (model.label(l) == right) held.behind_right = held.behind[l];
  }
  return held;
}

// The fold's own corpus: label numbers without gaps again.
Corpus training_part(const Corpus& corpus, const Folds& folds, std::size_t fold) {
  Corpus part;
  for (std::size_t i = 0; i < corpus.examples.size(); ++i) {
    if (folds.part(i, fold) != Part::train) continue;
    CorpusExample example = corpus.examples[i];
    if (example.label != kOutOfScope) {
      const std::string& label = corpus.labels[example.label];
      if (part.labels.empty() || part.labels.back() != label) part.labels.push_back(label);
      example.label = static_cast<std::uint32_t>(part.labels.size() - 1);
    }
    part.examples.push_back(std::move(example));
  }
  return part;
}

std::vector<HeldOut> hold_out_of(std::size_t fold, const Folds& folds, const Corpus& corpus,
                                 const TrainingInput& input) {
  std::vector<HeldOut> all;
  const Corpus part = training_part(corpus, folds, fold);
  if (part.labels.size() < 2) return all;
  const ExampleModel model = train(part, input.forms, input.parameters);
  for (std::size_t i = 0; i < corpus.examples.size(); ++i) {
    const Part what = folds.part(i, fold);
    if (what == Part::train) continue;
    // An example whose label has no other example is not known to the fold.
    const bool known =
        what == Part::out_of_scope || std::binary_search(part.labels.begin(), part.labels.end(),
                                                         corpus.labels[corpus.examples[i].label]);
    if (known) all.push_back(judge_held_out(model, corpus, corpus.examples[i], what, input));
  }
  return all;
}

std::vector<HeldOut> hold_out(const TrainingInput& input, const RunAll& run_all) {
  const Corpus corpus = prepare(input);
  const auto count = static_cast<std::size_t>(input.parameters.folds);
  const Folds folds(corpus, count);
  std::vector<std::vector<HeldOut>> by_fold(count);
  std::vector<std::function<void()>> tasks;
  for (std::size_t fold = 0; fold < count; ++fold) {
    tasks.push_back([&, fold] { by_fold[fold] = hold_out_of(fold, folds, corpus, input); });
  }
  run_all(tasks);
  std::vector<HeldOut> all;
  for (std::vector<HeldOut>& of_fold : by_fold)
    std::move(of_fold.begin(), of_fold.end(), std::back_inserter(all));
  return all;
}

// What one held-out example out of scope stands for, so that their share is the assumed one.
double out_of_scope_weight(const std::vector<HeldOut>& all, double assumed_share) {
  const auto inside = static_cast<double>(
      std::count_if(all.begin(), all.end(), [](const HeldOut& one) { return one.in_scope; }));
  return assumed_share / (1 - assumed_share) * inside / (static_cast<double>(all.size()) - inside);
}

// A logistic regression over the gate's inputs.
void fit_gate(const std::vector<HeldOut>& all, const HyperParameters& parameters,
              Thresholds& thresholds) {
  constexpr int kInputs = static_cast<int>(kGateInputs.size());
  std::vector<feature_node> nodes;
  nodes.reserve(all.size() * (kInputs + 2));
  std::vector<feature_node*> begins;
  std::vector<double> targets;
  for (const HeldOut& one : all) {
    begins.push_back(nodes.data() + nodes.size());
    for (int i = 0; i < kInputs; ++i) {
      nodes.push_back({i + 1, one.inputs[static_cast<std::size_t>(i)]});
    }
    nodes.push_back({kInputs + 1, 1});
    nodes.push_back({-1, 0});
    targets.push_back(one.in_scope ? 1 : -1);
  }
  problem gate = {static_cast<int>(begins.size()), kInputs + 1, targets.data(), begins.data(), -1};
  int negative = -1;
  double weight = out_of_scope_weight(all, parameters.out_of_scope_share);
  parameter options = {};
  options.solver_type = L2R_LR;  // the one without random numbers
  options.eps = 1e-4;
  options.C = parameters.gate_cost;
  options.nr_weight = 1;
  options.weight_label = &negative;
  options.weight = &weight;
  set_print_string_function([](const char*) {});
  model* fitted = ::train(&gate, &options);
  const double sign = fitted->label[0] == 1 ? 1 : -1;
  for (std::size_t i = 0; i < thresholds.gate.size(); ++i) thresholds.gate[i] = sign * fitted->w[i];
  thresholds.gate_bias = sign * fitted->w[kInputs];
  free_and_destroy_model(&fitted);
}

double sum_of_likelihoods(const HeldOut& one, double temperature) {
  double sum = 0;
  for (const float behind : one.behind) sum += std::exp(behind / temperature);
  return sum;
}

// The temperature under which the right labels are likeliest.
double fit_temperature(const std::vector<HeldOut>& all) {
  double best = 1;
  double best_likelihood = -1e300;
  for (double temperature = 0.02; temperature < 4; temperature *= 1.15) {
    double likelihood = 0;
    for (const HeldOut& one : all) {
      if (!one.in_scope) continue;
      likelihood += one.behind_right / temperature - std::log(sum_of_likelihoods(one, temperature));
    }
    if (likelihood <= best_likelihood) continue;
    best_likelihood = likelihood;
    best = temperature;
  }
  return best;
}

void fit_accept(const std::vector<HeldOut>& all, double kept, Thresholds& thresholds) {
  std::vector<double> right, outside;
  for (const HeldOut& one : all) {
    if (one.right) right.push_back(one.in_scope_score);
    if (!one.in_scope) outside.push_back(one.in_scope_score);
  }
  std::sort(right.begin(), right.end());
  std::sort(outside.begin(), outside.end());
  if (right.empty()) return;
  thresholds.accept =
      right[static_cast<std::size_t>((1 - kept) * static_cast<double>(right.size()))];
  const auto share_from = [](const std::vector<double>& scores, double at) {
    const auto first = std::lower_bound(scores.begin(), scores.end(), at);
    return static_cast<double>(scores.end() - first) / static_cast<double>(scores.size());
  };
  const auto put = [&](double at) {
    thresholds.accept_curve.push_back({at, share_from(right, at), 1 - share_from(outside, at)});
  };
  for (int i = 1; i < 20; ++i) {
    const double at = i * 0.05;
    const double last = thresholds.accept_curve.empty() ? 0 : thresholds.accept_curve.back().at;
    if (thresholds.accept > last && thresholds.accept < at) put(thresholds.accept);
    put(at);
  }
}

void fit_clear(std::vector<HeldOut>& all, const HyperParameters& parameters,
               Thresholds& thresholds) {
  const double weight = out_of_scope_weight(all, parameters.out_of_scope_share);
  std::sort(all.begin(), all.end(),
            [](const HeldOut& a, const HeldOut& b) { return a.best_score > b.best_score; });
  double clear = 0, right = 0, inside = 0;
  const auto inside_all = static_cast<double>(thresholds.held_out);
  double next_point = 0.95;
  thresholds.clear = 0.99;
  for (const HeldOut& one : all) {
    if (one.in_scope_score < thresholds.accept) continue;
    while (one.best_score < next_point) {
      if (clear > 0)
        thresholds.clear_curve.push_back({next_point, inside / inside_all, right / clear});
      next_point -= 0.05;
    }
    clear += one.in_scope ? 1 : weight;
    inside += one.in_scope ? 1 : 0;
    right += one.right ? 1 : 0;
    if (right >= parameters.clear_precision * clear) thresholds.clear = one.best_score;
  }
  std::reverse(thresholds.clear_curve.begin(), thresholds.clear_curve.end());
}

// The threshold above which so few of the others are taken for alarms; where too few others were
// held out to tell, it stays «never».
void fit_alarm(const std::vector<HeldOut>& all, double false_alarms, Thresholds& thresholds) {
  std::vector<double> alarms, others;
  for (const HeldOut& one : all) {
    if (one.alarm == HeldOut::Alarm::is) alarms.push_back(one.alarm_score);
    if (one.alarm == HeldOut::Alarm::is_not) others.push_back(one.alarm_score);
  }
  std::sort(alarms.begin(), alarms.end());
  std::sort(others.begin(), others.end(), std::greater<>());
  const auto allowed = static_cast<std::size_t>(false_alarms * static_cast<double>(others.size()));
  if (alarms.empty() || allowed == 0) return;
  const auto found = [&](double at) {
    const auto first = std::lower_bound(alarms.begin(), alarms.end(), at);
    return static_cast<double>(alarms.end() - first) / static_cast<double>(alarms.size());
  };
  for (std::size_t rung = std::min(others.size() - 1, 64 * allowed);; rung /= 2) {
    const double at = std::nextafter(others[rung], std::numeric_limits<double>::infinity());
    const double share = static_cast<double>(rung) / static_cast<double>(others.size());
    thresholds.alarm_curve.push_back({at, found(at), share});
    if (rung == 0) break;
  }
  thresholds.alarm = std::nextafter(others[allowed], std::numeric_limits<double>::infinity());
}

}  // namespace

void one_after_the_other(const std::vector<std::function<void()>>& tasks) {
  for (const std::function<void()>& task : tasks) task();
}

Thresholds fit_thresholds(const TrainingInput& input, const RunAll& run_all) {
  std::vector<HeldOut> all = hold_out(input, run_all);
  Thresholds thresholds;
  for (const HeldOut& one : all) {
    ++(one.in_scope ? thresholds.held_out : thresholds.held_out_out_of_scope);
  }
  if (thresholds.held_out < kHeldOutMin || thresholds.held_out_out_of_scope < kHeldOutMin) {
    return thresholds;
  }
  thresholds.fitted = true;
  fit_gate(all, input.parameters, thresholds);
  thresholds.temperature = fit_temperature(all);
  for (HeldOut& one : all) {
    one.in_scope_score = in_scope(thresholds, one.inputs);
    one.best_score = one.in_scope_score / sum_of_likelihoods(one, thresholds.temperature);
  }
  fit_accept(all, input.parameters.kept_in_scope, thresholds);
  fit_alarm(all, input.parameters.false_alarms, thresholds);
  fit_clear(all, input.parameters, thresholds);
  return thresholds;
}

}  // namespace svar::intents
