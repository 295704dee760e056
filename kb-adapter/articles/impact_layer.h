// One layer of an inverted index: which documents hold which feature, and how much that counts
// there (an impact, 0…1, in 255 steps, by BM25: each further occurrence adds less, and less in a
// long document).
//
// Threads: immutable once made. No allocation while it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace svar::kb {

// How often a document holds a feature; a fraction when a field counts more than another.
struct Occurrence {
  std::uint32_t feature = 0;
  std::uint32_t document = 0;
  float count = 0;
};

// BM25's two constants.
struct Saturation {
  float steepness;  // k1: how many occurrences count half
  float length;     // b, 0…1: how much a long document's occurrences count less
};

class ImpactLayer {
 public:
  static constexpr std::uint32_t kImpactMax = 255;
  static constexpr std::uint32_t kDocumentsMax = 1U << 24;

  ImpactLayer() = default;
  // Precondition: the occurrences of each feature come with rising documents, each at most once;
  // fewer than kDocumentsMax documents. `lengths` is how long each document is, one for each.
  ImpactLayer(const std::vector<Occurrence>& occurrences, std::uint32_t features,
              const std::vector<float>& lengths, Saturation saturation);

  // scores[document] += weight × impact, for every document that holds the feature. A feature that
  // the layer has never seen adds nothing. Everything is a whole number: as long as a sum stays
  // below 2^24 it is exact, in whatever order it came about; floats only because a processor
  // multiplies them fastest.
  void add(std::uint32_t feature, std::uint32_t weight, float* scores) const;

  // How many documents hold it.
  std::uint32_t holders(std::uint32_t feature) const;

  // The impact that a feature would have in a document had it occurred `count` times less there; 0
  // when hardly anything is left. Exact but for the rounding of impacts.
  std::uint32_t impact_without(std::uint32_t feature, std::uint32_t document, float count) const;

  // Brings a feature's list near before add() asks for it.
  void prefetch(std::uint32_t feature) const {
    if (feature < lists_.size()) __builtin_prefetch(&lists_[feature]);
  }
  std::size_t bytes() const;

 private:
  // A feature that many documents hold has one byte for every document, which a processor adds up
  // in one stride; others have a list.
  struct List {
    std::uint32_t begin = 0;  // in postings_, or in dense_
    std::uint32_t holders = 0;
  };
  bool is_dense(std::uint32_t holders) const;
  std::uint32_t impact_of_count(float count, std::uint32_t document) const;
  std::uint32_t impact(std::uint32_t feature, std::uint32_t document) const;

  std::uint32_t documents_ = 0;
  std::vector<List> lists_;              // by feature
  std::vector<std::uint32_t> postings_;  // document << 8 | impact
  std::vector<std::uint8_t> dense_;
  std::vector<float> half_;  // by document: the count that gives half of the greatest impact
};

}  // namespace svar::kb
