#include "intents/training/corpus.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "intents/normal_text.h"

namespace svar::intents {
namespace {

constexpr std::uint32_t kDetailMin = 8;

// How many examples have each feature, by key.
struct Counted {
  std::uint64_t key = 0;
  std::uint32_t examples = 0;
  bool pair = false, piece = false;  // of words, of a word
  // A label can't be learned from what few examples have, and it would be most of all weights.
  bool weighted() const { return examples > (pair || piece ? kDetailMin : 0); }
  bool kept() const { return examples > 1 || !(pair || piece); }
};

std::vector<Counted> count_features(const Corpus& corpus, const FeatureReader& reader) {
  std::vector<Counted> seen;
  std::vector<Feature> features;
  const auto by_key = [](const Counted& a, const Counted& b) { return a.key < b.key; };
  const auto same_key = [](const Counted& a, const Counted& b) { return a.key == b.key; };
  for (const CorpusExample& example : corpus.examples) {
    reader.read(example.text, features);
    const auto begin = static_cast<std::ptrdiff_t>(seen.size());
    for (const Feature& feature : features) {
      seen.push_back({feature.key, 1, feature.pair, feature.block == Block::letters});
    }
    std::sort(seen.begin() + begin, seen.end(), by_key);
    seen.erase(std::unique(seen.begin() + begin, seen.end(), same_key), seen.end());
  }
  std::sort(seen.begin(), seen.end(), by_key);
  std::vector<Counted> counted;
  for (const Counted& one : seen) {
    if (counted.empty() || counted.back().key != one.key) {
      counted.push_back(one);
    } else {
      ++counted.back().examples;
    }
  }
  std::erase_if(counted, [](const Counted& one) { return !one.kept(); });
  return counted;
}

// Features with weights first; rows of frequent ones together: they are what every message reads.
void number_features(std::vector<Counted> counted, TrainingSet& set, std::size_t examples) {
  const auto order = [](const Counted& one) {
    return std::tuple(!one.weighted(), ~one.examples, one.key);
  };
  std::sort(counted.begin(), counted.end(),
            [&](const Counted& a, const Counted& b) { return order(a) < order(b); });
  std::vector<FeatureTable::Row> rows;
  rows.reserve(counted.size());
  for (const Counted& one : counted) {
    const double share = (1.0 + static_cast<double>(examples)) / (1.0 + one.examples);
    rows.push_back({one.key, static_cast<float>(std::log(share) + 1)});
    set.weighted += one.weighted();
  }
  set.features = FeatureTable(std::move(rows));
}

}  // namespace

Corpus prepare(const TrainingInput& input) {
  Corpus corpus;
  for (const LabelledExample& example : input.examples) corpus.labels.push_back(example.label);
  std::sort(corpus.labels.begin(), corpus.labels.end());
  corpus.labels.erase(std::unique(corpus.labels.begin(), corpus.labels.end()), corpus.labels.end());
  for (const LabelledExample& example : input.examples) {
    const auto at = std::lower_bound(corpus.labels.begin(), corpus.labels.end(), example.label);
    corpus.examples.push_back(
        {static_cast<std::uint32_t>(at - corpus.labels.begin()), normalise(example.text).text});
  }
  for (const std::string& text : input.out_of_scope) {
    corpus.examples.push_back({kOutOfScope, normalise(text).text});
  }
  const auto order = [](const CorpusExample& one) { return std::tie(one.label, one.text); };
  std::sort(corpus.examples.begin(), corpus.examples.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  const auto equal = [&](const auto& a, const auto& b) { return order(a) == order(b); };
  corpus.examples.erase(std::unique(corpus.examples.begin(), corpus.examples.end(), equal),
                        corpus.examples.end());
  return corpus;
}

TrainingSet vectorise(const Corpus& corpus, const FeatureReader& reader,
                      const HyperParameters& parameters) {
  TrainingSet set;
  set.label_count = corpus.labels.size();
  number_features(count_features(corpus, reader), set, corpus.examples.size());
  Vectoriser vectoriser;
  set.vectors.resize(corpus.examples.size());
  for (std::size_t i = 0; i < corpus.examples.size(); ++i) {
    vectoriser.read(corpus.examples[i].text, reader, set.features, parameters, set.vectors[i]);
    set.vectors[i].entries.shrink_to_fit();
    set.labels.push_back(corpus.examples[i].label);
  }
  return set;
}

}  // namespace svar::intents
