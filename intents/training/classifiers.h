// The two kinds of linear classifiers that the model is made of, as dense weights: a row of
// `label_count` numbers for each of the `weighted` features. Vectors must hold those alone.
#pragma once

#include <vector>

#include "intents/training/corpus.h"

namespace svar::intents {

struct Dense {
  std::vector<float> rows;
  std::vector<float> bias;
};

// For each label a linear support vector machine with squared hinge loss, «this one» against all
// others and what is out of scope. The same optimum as LIBLINEAR's, found for all labels at once in
// a quarter of the time, and without its process-wide rand().
Dense train_one_against_rest(const TrainingSet&, const HyperParameters&);

// One multinomial logistic regression; what is out of scope should be equally unlike all labels.
Dense train_softmax(const TrainingSet&, const HyperParameters&);

// Adds the mean of each label's examples, so that its part in a score is centroid_share times their
// cosine to the message.
void add_centroids(const TrainingSet&, const HyperParameters&, Dense&);

}  // namespace svar::intents
