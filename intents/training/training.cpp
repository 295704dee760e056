#include "intents/training/training.h"

#include <algorithm>

#include "intents/training/classifiers.h"
#include "intents/training/corpus.h"

namespace svar::intents {

ExampleModel train(const Corpus& corpus, const WordForms& forms,
                   const HyperParameters& parameters) {
  ExampleModel::Parts parts;
  parts.parameters = parameters;
  parts.labels = corpus.labels;
  parts.forms = forms;
  TrainingSet set = vectorise(corpus, FeatureReader(parameters, forms), parameters);
  {
    Dense dense = train_one_against_rest(set, parameters);
    add_centroids(set, parameters.centroid_share, dense);
    parts.one_against_rest = Weights::rounded(dense.rows, std::move(dense.bias));
  }
  {
    Dense dense = train_softmax(set, parameters);
    parts.softmax = Weights::rounded(dense.rows, std::move(dense.bias));
  }
  std::vector<std::uint32_t> counts(set.label_count, 0);
  for (const std::uint32_t label : set.labels) {
    if (label != kOutOfScope) ++counts[label];
  }
  const auto in_scope = std::find(set.labels.begin(), set.labels.end(), kOutOfScope);
  set.vectors.resize(static_cast<std::size_t>(in_scope - set.labels.begin()));
  parts.nearest = Nearest::indexed(set.vectors, counts, set.features.size());
  parts.features = std::move(set.features);
  return ExampleModel(std::move(parts));
}

ExampleModel train(const TrainingInput& input) {
  return train(prepare(input), input.forms, input.parameters);
}

}  // namespace svar::intents
