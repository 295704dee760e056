// What a model's answers are worth, in the usual measures.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace svar::bench {

struct Answered {
  std::string right;              // kNoTopic when there was nothing to find
  std::vector<std::string> best;  // up to three labels
  double in_scope = 0;
  double score = 0;
  bool accepted = false;
  bool clear = false;
};

// accuracy and top_three over what is in scope, without the gate; auroc of the gate; in-scope
// accuracy, out-of-scope recall and mcc at the fitted threshold; best mcc over all thresholds;
// precision and coverage of the clear answers.
nlohmann::json measures_as_json(const std::vector<Answered>&);

}  // namespace svar::bench
