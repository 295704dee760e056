// A logistic curve over a few numbers, fitted to what was right and what was wrong.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace svar::kb {

// What is known of a search's best hit.
struct Evidence {
  double score = 0;    // raw similarity
  double lead = 0;     // how far it is before the next
  double covered = 0;  // the share of the query that the article's phrases know
};

struct LogisticSample {
  Evidence evidence;
  bool right = false;
};

class Logistic {
 public:
  // The weights of a constant one, score, lead and covered.
  using Weights = std::array<double, 4>;
  explicit Logistic(const Weights& weights) : weights_(weights) {}

  // Deterministic. Nothing when there is too little to learn from: under forty samples, or only one
  // kind.
  static std::optional<Logistic> fit(const std::vector<LogisticSample>& samples);

  double probability(const Evidence& evidence) const;  // 0…1

 private:
  Weights weights_;
};

}  // namespace svar::kb
