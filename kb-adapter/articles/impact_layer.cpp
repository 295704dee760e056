#include "kb-adapter/articles/impact_layer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace svar::kb {
namespace {

constexpr std::uint32_t kImpactBits = 8;
constexpr std::uint32_t kDenseShare =
    8;  // dense when at least every eighth document holds the feature
constexpr std::uint32_t kDenseLeast = 16;  // documents
constexpr float kHardly = 0.1F;            // of an occurrence: less is rounding

}  // namespace

ImpactLayer::ImpactLayer(const std::vector<Occurrence>& occurrences, std::uint32_t features,
                         const std::vector<float>& lengths, Saturation saturation)
    : documents_(static_cast<std::uint32_t>(lengths.size())),
      lists_(features),
      half_(lengths.size()) {
  const float sum = std::accumulate(lengths.begin(), lengths.end(), 0.0F);
  const float mean = sum > 0 ? sum / static_cast<float>(lengths.size()) : 1;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    half_[i] =
        saturation.steepness * (1 - saturation.length + saturation.length * lengths[i] / mean);
  }
  for (const Occurrence& one : occurrences) ++lists_[one.feature].holders;
  std::uint32_t listed = 0;
  std::uint32_t dense = 0;
  for (List& list : lists_) {
    std::uint32_t& end = is_dense(list.holders) ? dense : listed;
    list.begin = end;
    end += is_dense(list.holders) ? documents_ : list.holders;
  }
  postings_.resize(listed);
  dense_.resize(dense, 0);
  std::vector<std::uint32_t> filled(features, 0);
  for (const Occurrence& one : occurrences) {
    const List& list = lists_[one.feature];
    const std::uint32_t value = impact_of_count(one.count, one.document);
    if (is_dense(list.holders)) {
      dense_[list.begin + one.document] = static_cast<std::uint8_t>(value);
    } else {
      postings_[list.begin + filled[one.feature]++] = one.document << kImpactBits | value;
    }
  }
}

bool ImpactLayer::is_dense(std::uint32_t holders) const {
  return documents_ >= kDenseLeast && holders * kDenseShare >= documents_;
}

std::uint32_t ImpactLayer::impact_of_count(float count, std::uint32_t document) const {
  if (count <= 0) return 0;
  return static_cast<std::uint32_t>(std::lround(kImpactMax * count / (count + half_[document])));
}

std::uint32_t ImpactLayer::impact(std::uint32_t feature, std::uint32_t document) const {
  if (feature >= lists_.size()) return 0;
  const List list = lists_[feature];
  if (is_dense(list.holders)) return dense_[list.begin + document];
  const auto begin = postings_.begin() + list.begin;
  const auto end = begin + list.holders;
  const auto at = std::lower_bound(begin, end, document << kImpactBits);
  return at != end && *at >> kImpactBits == document ? *at & kImpactMax : 0;
}

std::uint32_t ImpactLayer::impact_without(std::uint32_t feature, std::uint32_t document,
                                          float count) const {
  const std::uint32_t now = impact(feature, document);
  if (now >= kImpactMax) return now;  // so many occurrences that a few less change nothing
  const float counted =
      half_[document] * static_cast<float>(now) / static_cast<float>(kImpactMax - now);
  const float left = counted - count;
  return left < kHardly * count ? 0 : impact_of_count(left, document);
}

void ImpactLayer::add(std::uint32_t feature, std::uint32_t weight, float* __restrict scores) const {
  if (feature >= lists_.size()) return;
  const List list = lists_[feature];
  const auto factor = static_cast<float>(weight);
  if (is_dense(list.holders)) {
    const std::uint8_t* __restrict const impacts = dense_.data() + list.begin;
    for (std::uint32_t i = 0; i < documents_; ++i)
      scores[i] += static_cast<float>(impacts[i]) * factor;
    return;
  }
  const std::uint32_t* __restrict const postings = postings_.data() + list.begin;
  for (std::uint32_t i = 0; i < list.holders; ++i) {
    const auto impact = static_cast<std::int32_t>(postings[i] & kImpactMax);
    scores[postings[i] >> kImpactBits] += static_cast<float>(impact) * factor;
  }
}

std::uint32_t ImpactLayer::holders(std::uint32_t feature) const {
  return feature < lists_.size() ? lists_[feature].holders : 0;
}

std::size_t ImpactLayer::bytes() const {
  return lists_.capacity() * sizeof(List) + postings_.capacity() * sizeof(std::uint32_t) +
         dense_.capacity() + half_.capacity() * sizeof(float);
}

}  // namespace svar::kb
