#include "intents/model/example_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace svar::intents {
namespace {

std::size_t best_of(const std::vector<float>& scores) {
  return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

// e to the `exponent`, 0 or less; what is too small to be seen beside 1 costs nothing.
float exponential(float exponent) {
  return exponent < -16 ? 0 : std::exp(exponent);
}

float log_sum_exp(const std::vector<float>& scores) {
  const float largest = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const float score : scores) sum += exponential(score - largest);
  return largest + std::log(sum);
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double in_scope(const Thresholds& thresholds, const GateInputs& inputs) {
  double sum = thresholds.gate_bias;
  for (std::size_t i = 0; i < inputs.size(); ++i) sum += thresholds.gate[i] * inputs[i];
  return 1 / (1 + std::exp(-sum));
}

// One a thread: a ranking then allocates nothing but its result.
struct ExampleModel::Scratch {
  Vectoriser vectoriser;
  SparseVector vector;
  Weights::Scratch weights;
  Nearest::Scratch nearest;
  std::vector<float> margins, logits;
  std::vector<std::uint32_t> order;
  Judgement judgement;
};

ExampleModel::Scratch& ExampleModel::scratch() {
  static thread_local Scratch one;
  return one;
}

ExampleModel::ExampleModel() : ExampleModel(Parts{}) {}

ExampleModel::ExampleModel(Parts parts)
    : parts_(std::move(parts)), reader_(parts_.parameters, parts_.forms, parts_.near_words) {
  const auto before = [](const std::string& label, std::string_view prefix) {
    return std::string_view(label).substr(0, prefix.size()) < prefix;
  };
  const auto& labels = parts_.labels;
  const auto first = std::lower_bound(labels.begin(), labels.end(), kAlarmPrefix, before);
  const auto last = std::find_if(first, labels.end(), [](const std::string& label) {
    return !label.starts_with(kAlarmPrefix);
  });
  alarms_begin_ = static_cast<std::uint32_t>(first - labels.begin());
  alarms_end_ = static_cast<std::uint32_t>(last - labels.begin());
}

void ExampleModel::judge(std::string_view normalised, Scratch& s) const {
  const HyperParameters& parameters = parts_.parameters;
  s.vectoriser.read(normalised, reader_, parts_.features, parameters, s.vector);
  const std::size_t labels = label_count();
  s.margins.assign(labels, 0);
  s.logits.assign(labels, 0);
  parts_.one_against_rest.score(s.vector, s.weights, s.margins);
  parts_.softmax.score(s.vector, s.weights, s.logits);
  parts_.nearest.look_up(s.vector, s.nearest);

  const float normal = log_sum_exp(s.logits);
  std::vector<float>& totals = s.judgement.totals;
  totals.resize(labels);
  for (std::size_t l = 0; l < labels; ++l) {
    totals[l] =
        s.margins[l] + static_cast<float>(parameters.softmax_share) * (s.logits[l] - normal);
  }
  for (std::size_t l = 0; l < labels; ++l) {
    totals[l] += static_cast<float>(parameters.nearest_share) * s.nearest.cosines[l];
  }
  const std::size_t best = best_of(totals);
  float second = labels > 1 ? totals[best == 0 ? 1 : 0] : totals[best] - 1;
  for (std::size_t l = 0; l < labels; ++l) {
    if (l != best) second = std::max(second, totals[l]);
  }
  s.judgement.best = static_cast<std::uint32_t>(best);
  s.judgement.alarm.reset();
  for (std::uint32_t l = alarms_begin_; l < alarms_end_; ++l) {
    if (!s.judgement.alarm || totals[l] > totals[*s.judgement.alarm]) s.judgement.alarm = l;
  }
  s.judgement.gate_inputs = {
      s.margins[best],
      totals[best] - second,
      s.logits[best] - normal,
      s.nearest.cosines[best],
      share(s.vector.known_words, s.vector.words),
      share(s.vector.known_letters, s.vector.letters),
      std::log(1.0 + static_cast<double>(s.vector.words)),
      best == best_of(s.logits) ? 1.0 : 0.0,
  };
}

Ranking ExampleModel::rank(std::string_view normalised, std::size_t count_max) const {
  Ranking ranking;
  if (label_count() == 0) return ranking;
  Scratch& s = scratch();
  judge(normalised, s);
  const std::vector<float>& totals = s.judgement.totals;
  const Thresholds& thresholds = parts_.thresholds;

  s.order.resize(totals.size());
  std::iota(s.order.begin(), s.order.end(), 0u);
  const std::size_t count = std::min(count_max, s.order.size());
  std::partial_sort(s.order.begin(), s.order.begin() + static_cast<std::ptrdiff_t>(count),
                    s.order.end(), [&](std::uint32_t a, std::uint32_t b) {
                      return totals[a] != totals[b] ? totals[a] > totals[b] : a < b;
                    });
  const float highest = totals[s.judgement.best];
  const auto likelihood = [&](float total) {
    return exponential((total - highest) / static_cast<float>(thresholds.temperature));
  };
  double sum = 0;
  for (const float total : totals) sum += likelihood(total);
  // Without a single known feature nothing was understood, whatever the gate says.
  if (!s.vector.entries.empty()) ranking.in_scope = in_scope(thresholds, s.judgement.gate_inputs);
  ranking.accepted = ranking.in_scope >= thresholds.accept && !s.vector.entries.empty();
  const auto& alarm = s.judgement.alarm;
  if (alarm && totals[*alarm] >= thresholds.alarm) ranking.alarm = alarm;
  ranking.best.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    ranking.best.push_back({s.order[i], ranking.in_scope * likelihood(totals[s.order[i]]) / sum});
  }
  ranking.clear = ranking.accepted && ranking.in_scope / sum >= thresholds.clear;
  return ranking;
}

ExampleModel::Judgement ExampleModel::judge(std::string_view normalised) const {
  if (label_count() == 0) return {};
  judge(normalised, scratch());
  return scratch().judgement;
}

std::vector<WordEvidence> ExampleModel::evidence(std::string_view normalised,
                                                 std::uint32_t label) const {
  Scratch& s = scratch();
  s.vectoriser.read(normalised, reader_, parts_.features, parts_.parameters, s.vector);
  std::vector<WordEvidence> words;
  for (const SparseVector::Entry& entry : s.vector.entries) {
    const double cell = parts_.one_against_rest.cell(entry.row, label) +
                        parts_.parameters.softmax_share * parts_.softmax.cell(entry.row, label);
    while (words.size() <= entry.token) words.push_back({words.size(), 0});
    words[entry.token].weight += entry.value * cell;
  }
  std::erase_if(words, [](const WordEvidence& word) { return word.weight == 0; });
  std::stable_sort(words.begin(), words.end(), [](const WordEvidence& a, const WordEvidence& b) {
    return a.weight > b.weight;
  });
  return words;
}

ExampleModel ExampleModel::with(Thresholds thresholds) const {
  Parts parts = parts_;
  parts.thresholds = std::move(thresholds);
  return ExampleModel(std::move(parts));
}

std::size_t ExampleModel::memory_bytes() const {
  const auto matrix = [](const Weights& weights) {
    return weights.cells().size() + weights.scales().size() * sizeof(float);
  };
  return matrix(parts_.one_against_rest) + matrix(parts_.softmax) +
         parts_.nearest.postings().size() * sizeof(Nearest::Posting) +
         parts_.nearest.begins().size() * sizeof(std::uint32_t) + parts_.features.memory_bytes() +
         parts_.near_words->memory_bytes();
}

}  // namespace svar::intents
