#include "intents/training/training.h"

#include <algorithm>
#include <map>

#include "intents/training/classifiers.h"
#include "intents/training/corpus.h"

namespace svar::intents {
namespace {

Nearest index_examples(const TrainingSet& set, double common) {
  std::vector<std::uint32_t> counts(set.label_count, 0);
  for (const std::uint32_t label : set.labels) {
    if (label != kOutOfScope) ++counts[label];
  }
  return Nearest::indexed(set.vectors, counts, set.features.size(), common);
}

// The words that misspelt ones may be led to, frequent ones first.
std::shared_ptr<const NearWords> words_to_lead_to(const Corpus& corpus, const WordForms& forms) {
  std::map<std::string, std::size_t, std::less<>> counts;
  for (const CorpusExample& example : corpus.examples) {
    std::string_view text = example.text;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      const std::string_view word = forms(text.substr(0, end));
      if (NearWords::may_be_meant(word)) ++counts[std::string(word)];
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  std::vector<std::pair<std::string, std::size_t>> ordered(counts.begin(), counts.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> words;
  for (auto& [word, count] : ordered) words.push_back(std::move(word));
  return std::make_shared<const NearWords>(std::move(words));
}

}  // namespace

ExampleModel train(const Corpus& corpus, const WordForms& forms,
                   const HyperParameters& parameters) {
  ExampleModel::Parts parts;
  parts.parameters = parameters;
  parts.labels = corpus.labels;
  parts.forms = forms;
  parts.near_words = words_to_lead_to(corpus, forms);
  TrainingSet set = vectorise(corpus, FeatureReader(parameters, forms), parameters);
  parts.nearest = index_examples(set, parameters.nearest_common);
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
