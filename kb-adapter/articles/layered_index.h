// The inverted index behind ArticleIndex: documents by number, in three layers. Pure.
//
// Threads: immutable once made.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kb-adapter/articles/impact_layer.h"
#include "kb-adapter/articles/search_query.h"

namespace svar::kb {

enum class Layer : std::size_t {
  headline,  // what a document is called
  body,      // what it says
  notes,     // what only agents may read
};
constexpr std::size_t kLayers = 3;

// How a text asks the index: known features with whole weights, which sum up to at most kWeightSum,
// unknown ones included.
struct Question {
  struct Part {
    std::uint32_t feature = 0;
    std::uint32_t weight = 0;
  };
  static constexpr std::uint32_t kWeightSum = 0xFFFF;
  std::vector<Part> parts;
};

// Memory of a search; kept per thread.
struct SearchMemory {
  SearchQuery query;
  std::vector<std::uint32_t> numbers;
  Question question;
  std::array<std::vector<float>, kLayers> scores;  // by document; whole numbers
};

// A share of what a question asks for: the sum of a layer's scores over all that it could be.
inline float share_of(float score) {
  return score / (static_cast<float>(Question::kWeightSum) * ImpactLayer::kImpactMax);
}

class LayeredIndex {
 public:
  // Documents are added one after another, each in any number of texts; then the index is made.
  class Builder {
   public:
    void begin_document();
    // `weight`: how much a word of this text counts beside a word of weight 1.
    void add(Layer layer, std::string_view text, float weight);
    LayeredIndex finish() &&;

   private:
    struct Counts {
      std::vector<float> by_feature;       // of the document at hand; 0 elsewhere
      std::vector<std::uint32_t> touched;  // its features, in order of appearance
      std::vector<float> lengths;          // by document
      std::vector<Occurrence> occurrences;
    };
    void end_document();
    void count(Counts& counts, Feature feature, float weight);

    std::uint32_t documents_ = 0;
    FeatureTable table_;
    std::array<Counts, kLayers> counts_;
    SearchQuery memory_;
  };

  // Fills memory.question from a text.
  void ask(std::string_view text, std::size_t letters_max, SearchMemory& memory) const;

  // Fills memory.scores[layer]: for each document the sum of weight × impact.
  void score(Layer layer, SearchMemory& memory) const;

  // What the question's score of a document would be in the layer, had a text not been added to it
  // there: the question must be that text's own. `weight` is what it was added with.
  float score_without(Layer layer, std::uint32_t document, float weight,
                      const SearchMemory& memory) const;

  float rarity(Feature feature) const;
  std::uint32_t documents() const { return documents_; }
  std::size_t bytes() const;

 private:
  std::uint32_t documents_ = 0;
  FeatureTable table_;
  std::vector<float> rarity_;  // by feature
  float rarity_unknown_ = 1;
  std::array<ImpactLayer, kLayers> layers_;
};

}  // namespace svar::kb
