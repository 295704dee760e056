// Trains the example model, and fits its gate and thresholds on examples held out from training.
//
// Threads: safe to call from any thread, also at the same time; equal input gives equal models.
// Blocking: seconds for ten thousand examples; never call it where a turn waits.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "intents/model/example_model.h"

namespace svar::intents {

// `text`: as an editor wrote it; training normalises.
struct LabelledExample {
  std::string label, text;
};

struct TrainingInput {
  std::vector<LabelledExample> examples;  // in any order; repeats count once
  std::vector<std::string> out_of_scope;  // what must be no topic; may be empty
  // Labels whose messages may well be alarms too («han slår meg, kven hjelper»): where one rings,
  // it is no false alarm.
  std::vector<std::string> near_alarms;
  WordForms forms;
  HyperParameters parameters;
};

// Runs all tasks, in any order, also at the same time, and returns when they are done. The folds
// know nothing of each other, so a caller with cores to spare may lend them.
using RunAll = std::function<void(const std::vector<std::function<void()>>&)>;
void one_after_the_other(const std::vector<std::function<void()>>& tasks);

// The final model, usable at once, with general thresholds until fitted ones are set.
ExampleModel train(const TrainingInput&);

// Trains a model for each fold without a part of the examples and without some labels at all,
// and chooses the numbers from what those models say of what they have never seen. Takes about
// three times as long as `train`. With too few examples the general thresholds come back.
Thresholds fit_thresholds(const TrainingInput&, const RunAll& run_all = one_after_the_other);

}  // namespace svar::intents
