// Examples as training reads them: normalised, ordered, without repeats, and as sparse vectors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intents/training/training.h"

namespace svar::intents {

constexpr std::uint32_t kOutOfScope = 0xffff'ffff;

struct CorpusExample {
  std::uint32_t label = kOutOfScope;
  std::string text;  // normalised
};

// Ordered by label, then text; what is out of scope stands last.
struct Corpus {
  std::vector<std::string> labels;  // sorted
  std::vector<CorpusExample> examples;
};
Corpus prepare(const TrainingInput&);

// A corpus as numbers. `vectors` and `labels` run in parallel. The first `weighted` features get
// weights; the others are pairs of words and pieces of words that few examples have: they tell those
// examples' neighbours, and how much of a message is known, but have little to teach about a label,
// and would be most of all weights. What one example alone has, a word apart, is left out.
struct TrainingSet {
  FeatureTable features;
  std::size_t weighted = 0;
  std::vector<SparseVector> vectors;
  std::vector<std::uint32_t> labels;
  std::size_t label_count = 0;
};
TrainingSet vectorise(const Corpus&, const FeatureReader&, const HyperParameters&);

// The same with everything ready to rank.
ExampleModel train(const Corpus&, const WordForms&, const HyperParameters&);

}  // namespace svar::intents
