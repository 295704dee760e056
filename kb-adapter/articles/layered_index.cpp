#include "kb-adapter/articles/layered_index.h"

#include <algorithm>
#include <cmath>

#include "kb-adapter/articles/norwegian_forms.h"

namespace svar::kb {
namespace {

constexpr std::size_t kTextLettersMax = 200'000;
// A question is cut down to what decides: the weightiest parts, and none that nearly every document
// has. Measured: the order of hits stays the same, and a long message costs no more than a short
// one.
constexpr std::size_t kPartsMax = 96;
constexpr std::uint32_t kWeightLeast = 128;  // of a part, in a sum of 65,535

// BM25's constants. Editors' phrases shouldn't punish an article for being well described, so the
// length of a headline counts little.
constexpr Saturation kSaturation[kLayers] = {{0.8F, 0.3F}, {0.8F, 0.3F}, {0.8F, 0.3F}};

// Added to what every question asks for, so that no document can have a great share of one that
// says little («kva er det»). Beside the weight of a word that no document has.
constexpr float kSaysLittle = 0.6F;

std::size_t index_of(Layer layer) {
  return static_cast<std::size_t>(layer);
}

}  // namespace

void LayeredIndex::Builder::begin_document() {
  end_document();
  ++documents_;
}

void LayeredIndex::Builder::end_document() {
  for (Counts& counts : counts_) {
    for (const std::uint32_t feature : counts.touched) {
      counts.occurrences.push_back({feature, documents_ - 1, counts.by_feature[feature]});
      counts.by_feature[feature] = 0;
    }
    counts.touched.clear();
    counts.lengths.resize(documents_, 0);
  }
}

void LayeredIndex::Builder::count(Counts& counts, Feature feature, float weight) {
  const std::uint32_t number = table_.add(feature);
  if (number >= counts.by_feature.size())
    counts.by_feature.resize(table_.size() + table_.size() / 2, 0);
  if (counts.by_feature[number] == 0) counts.touched.push_back(number);
  counts.by_feature[number] += weight;
}

void LayeredIndex::Builder::add(Layer layer, std::string_view text, float weight) {
  Counts& counts = counts_[index_of(layer)];
  counts.lengths.resize(documents_, 0);
  fold(text, kTextLettersMax, memory_.folded);
  for (const FoldedWord& at : memory_.folded.words) {
    common_form(memory_.folded.word(at), memory_.form);
    memory_.pieces.clear();
    append_pieces(memory_.form, memory_.pieces);
    count(counts, word_feature(memory_.form), weight);
    for (const Feature piece : memory_.pieces) count(counts, piece, weight);
    counts.lengths.back() += weight;
  }
}

LayeredIndex LayeredIndex::Builder::finish() && {
  end_document();
  LayeredIndex index;
  index.documents_ = documents_;
  for (std::size_t layer = 0; layer < kLayers; ++layer) {
    Counts& counts = counts_[layer];
    index.layers_[layer] =
        ImpactLayer(counts.occurrences, table_.size(), counts.lengths, kSaturation[layer]);
    counts = {};
  }
  // A document that has a feature both in its headline and in its body is one holder, but to count
  // it as two harms nothing; what only agents may read doesn't count.
  const auto documents = static_cast<float>(documents_);
  index.rarity_.reserve(table_.size());
  for (std::uint32_t feature = 0; feature < table_.size(); ++feature) {
    const std::uint32_t holders =
        std::max(index.layers_[index_of(Layer::headline)].holders(feature),
                 index.layers_[index_of(Layer::body)].holders(feature));
    const auto held = static_cast<float>(holders);
    index.rarity_.push_back(std::log(1 + (documents - held + 0.5F) / (held + 0.5F)));
  }
  index.rarity_unknown_ = std::log(1 + (documents + 0.5F) / 0.5F);
  index.table_ = std::move(table_);
  return index;
}

void LayeredIndex::ask(std::string_view text, std::size_t letters_max, SearchMemory& memory) const {
  read_query(text, letters_max, memory.query);
  std::vector<Wanted>& wanted = memory.query.wanted;
  for (const Wanted& one : wanted) table_.prefetch(one.feature);
  memory.numbers.clear();
  float sum = 0;
  for (Wanted& one : wanted) {
    const std::uint32_t number = table_.find(one.feature);
    memory.numbers.push_back(number);
    one.weight *= number == FeatureTable::kUnknown ? rarity_unknown_ : rarity_[number];
    sum += one.weight;
  }
  const float scale =
      static_cast<float>(Question::kWeightSum) / (sum + kSaysLittle * rarity_unknown_);
  std::vector<Question::Part>& parts = memory.question.parts;
  parts.clear();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto weight = static_cast<std::uint32_t>(wanted[i].weight * scale);
    if (memory.numbers[i] != FeatureTable::kUnknown && weight > kWeightLeast)
      parts.push_back({memory.numbers[i], weight});
  }
  if (parts.size() <= kPartsMax) return;
  std::nth_element(parts.begin(), parts.begin() + kPartsMax, parts.end(),
                   [](const auto& a, const auto& b) {
                     return a.weight != b.weight ? a.weight > b.weight : a.feature < b.feature;
                   });
  parts.resize(kPartsMax);
}

void LayeredIndex::score(Layer layer, SearchMemory& memory) const {
  std::vector<float>& scores = memory.scores[index_of(layer)];
  scores.assign(documents_, 0);
  const ImpactLayer& impacts = layers_[index_of(layer)];
  for (const Question::Part& part : memory.question.parts) impacts.prefetch(part.feature);
  for (const Question::Part& part : memory.question.parts)
    impacts.add(part.feature, part.weight, scores.data());
}

float LayeredIndex::score_without(Layer layer, std::uint32_t document, float weight,
                                  const SearchMemory& memory) const {
  float score = 0;
  for (const Question::Part& part : memory.question.parts) {
    score += static_cast<float>(
        part.weight * layers_[index_of(layer)].impact_without(part.feature, document, weight));
  }
  return score;
}

float LayeredIndex::rarity(Feature feature) const {
  const std::uint32_t number = table_.find(feature);
  return number == FeatureTable::kUnknown ? rarity_unknown_ : rarity_[number];
}

std::size_t LayeredIndex::bytes() const {
  std::size_t sum = table_.bytes() + rarity_.capacity() * sizeof(float);
  for (const ImpactLayer& layer : layers_) sum += layer.bytes();
  return sum;
}

}  // namespace svar::kb
