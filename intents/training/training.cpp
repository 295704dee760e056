#include "intents/training/training.h"

#include <algorithm>

#include "intents/training/classifiers.h"
#include "intents/training/corpus.h"

namespace svar::intents {
namespace {

Nearest index_examples(const TrainingSet& set) {
  std::vector<std::uint32_t> counts(set.label_count, 0);
  for (const std::uint32_t label : set.labels) {
    if (label != kOutOfScope) ++counts[label];
  }
  return Nearest::indexed(set.vectors, counts, set.features.size());
}

}  // namespace

ExampleModel train(const Corpus& corpus, const WordForms& forms,
                   const HyperParameters& parameters) {
  ExampleModel::Parts parts;
  parts.parameters = parameters;
  parts.labels = corpus.labels;
  parts.forms = forms;
  TrainingSet set = vectorise(corpus, FeatureReader(parameters, forms), parameters);
  parts.nearest = index_examples(set);
  for (SparseVector& vector : set.vectors) {
    std::erase_if(vector.entries, [&](const auto& entry) { return entry.row >= set.weighted; });
  }
  {
    Dense dense = train_one_against_rest(set, parameters);
    add_centroids(set, parameters, dense);
    parts.one_against_rest = Weights::rounded(dense.rows, std::move(dense.bias));
  }
  {
    Dense dense = train_softmax(set, parameters);
    parts.softmax = Weights::rounded(dense.rows, std::move(dense.bias));
  }
  parts.features = std::move(set.features);
  return ExampleModel(std::move(parts));
}

ExampleModel train(const TrainingInput& input) {
  return train(prepare(input), input.forms, input.parameters);
}

}  // namespace svar::intents
