#include "tests/bench/example_model/measures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/bench/example_model/examples.h"

namespace svar::bench {
namespace {

bool outside(const Answered& answer) {
  return answer.right == kNoTopic;
}

bool right_first(const Answered& answer) {
  return !answer.best.empty() && answer.best.front() == answer.right;
}

double share(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

// The probability that something in scope scores above something that is not; ties count half.
double auroc(const std::vector<Answered>& answers) {
  std::vector<std::pair<double, bool>> scored;
  for (const Answered& answer : answers) scored.push_back({answer.in_scope, outside(answer)});
  std::sort(scored.begin(), scored.end());
  double pairs = 0, outside_below = 0, inside_all = 0;
  for (std::size_t i = 0; i < scored.size();) {
    double inside_here = 0, outside_here = 0;
    const double score = scored[i].first;
    for (; i < scored.size() && scored[i].first == score; ++i) {
      ++(scored[i].second ? outside_here : inside_here);
    }
    pairs += inside_here * (outside_below + outside_here / 2);
    outside_below += outside_here;
    inside_all += inside_here;
  }
  return share(pairs, inside_all * outside_below);
}

// Matthews' correlation for many classes (Gorodkin's R_K); what is not accepted counts as kNoTopic.
template <class Accepts>
double mcc(const std::vector<Answered>& answers, Accepts accepts) {
  std::map<std::string, std::pair<double, double>> counts;  // (right, said)
  double hits = 0;
  for (const Answered& answer : answers) {
    const bool said = accepts(answer) && !answer.best.empty();
    const std::string label = said ? answer.best.front() : std::string(kNoTopic);
    ++counts[answer.right].first;
    ++counts[label].second;
    hits += label == answer.right;
  }
  const auto all = static_cast<double>(answers.size());
  double products = 0, right_squares = 0, said_squares = 0;
  for (const auto& [label, count] : counts) {
    products += count.first * count.second;
    right_squares += count.first * count.first;
    said_squares += count.second * count.second;
  }
  const double spread = std::sqrt((all * all - said_squares) * (all * all - right_squares));
  return share(hits * all - products, spread);
}

double best_mcc(const std::vector<Answered>& answers) {
  double best = -1;
  for (int i = 0; i <= 100; ++i) {
    const double at = i / 100.0;
    best = std::max(best, mcc(answers, [&](const Answered& a) { return a.in_scope >= at; }));
  }
  return best;
}

}  // namespace

nlohmann::json measures_as_json(const std::vector<Answered>& answers) {
  double inside = 0, right = 0, three = 0, kept = 0, rejected = 0, clear = 0, clear_right = 0;
  for (const Answered& answer : answers) {
    clear += answer.clear;
    if (outside(answer)) {
      rejected += !answer.accepted;
      continue;
    }
    ++inside;
    right += right_first(answer);
    three += std::find(answer.best.begin(), answer.best.end(), answer.right) != answer.best.end();
    kept += right_first(answer) && answer.accepted;
    clear_right += right_first(answer) && answer.clear;
  }
  const auto all = static_cast<double>(answers.size());
  nlohmann::json report = {
      {"in_scope", inside},
      {"out_of_scope", all - inside},
      {"accuracy", share(right, inside)},
      {"top_three", share(three, inside)},
      {"in_scope_accuracy_at_threshold", share(kept, inside)},
      {"clear_coverage", share(clear, all)},
      {"clear_precision", share(clear_right, clear)},
      {"mcc_at_threshold", mcc(answers, [](const Answered& a) { return a.accepted; })},
      {"best_mcc", best_mcc(answers)}};
  if (all > inside) {
    report["auroc"] = auroc(answers);
    report["out_of_scope_recall_at_threshold"] = share(rejected, all - inside);
  }
  return report;
}

}  // namespace svar::bench
