// A logistic curve over two numbers, fitted to what was right and what was wrong.
#pragma once

#include <optional>
#include <vector>

namespace svar::kb {

struct LogisticSample {
  double score = 0;
  double lead = 0;
  bool right = false;
};

class Logistic {
 public:
  Logistic(double base, double per_score, double per_lead)
      : base_(base), per_score_(per_score), per_lead_(per_lead) {}

  // Deterministic. Nothing when there is too little to learn from: under forty samples, or only one kind.
  static std::optional<Logistic> fit(const std::vector<LogisticSample>& samples);

  double probability(double score, double lead) const;  // 0…1

 private:
  double base_, per_score_, per_lead_;
};

}  // namespace svar::kb
