#include "kb-adapter/articles/impact_layer.h"

#include <gtest/gtest.h>

#include <random>

namespace svar::kb {
namespace {

constexpr Saturation kPlain{1, 0};

std::vector<float> scores_of(const ImpactLayer& layer, std::uint32_t feature,
                             std::size_t documents) {
  std::vector<float> scores(documents, 0);
  layer.add(feature, 1, scores.data());
  return scores;
}

TEST(ImpactLayer, EachFurtherOccurrenceAddsLess) {
  const ImpactLayer layer({{0, 0, 1}, {0, 1, 2}, {0, 2, 3}}, 1, {9, 9, 9}, kPlain);
  EXPECT_EQ(scores_of(layer, 0, 3), (std::vector<float>{128, 170, 191}));
}

TEST(ImpactLayer, AnOccurrenceInALongDocumentCountsLess) {
  const ImpactLayer layer({{0, 0, 1}, {0, 1, 1}}, 1, {10, 30}, {1, 0.5F});
  const auto scores = scores_of(layer, 0, 2);
  EXPECT_GT(scores[0], scores[1]);
}

TEST(ImpactLayer, AFeatureThatItHasNeverSeenAddsNothing) {
  const ImpactLayer layer({{0, 0, 1}}, 1, {1}, kPlain);
  EXPECT_EQ(scores_of(layer, 7, 1), (std::vector<float>{0}));
  EXPECT_EQ(layer.holders(7), 0U);
}

// What many documents hold is stored in another way than what few do: nobody must be able to tell.
TEST(ImpactLayer, CommonAndRareFeaturesAreCountedAlike) {
  constexpr std::uint32_t kDocuments = 200;
  constexpr std::uint32_t kFeatures = 40;
  std::mt19937 random(3);
  std::vector<Occurrence> occurrences;
  std::vector<float> expected(kDocuments * kFeatures, 0);
  for (std::uint32_t document = 0; document < kDocuments; ++document) {
    for (std::uint32_t feature = 0; feature < kFeatures; ++feature) {
      if (random() % kFeatures > feature) continue;  // the first is rare, the last is everywhere
      const auto count = static_cast<float>(1 + random() % 5);
      occurrences.push_back({feature, document, count});
      expected[feature * kDocuments + document] = count;
    }
  }
  const ImpactLayer layer(occurrences, kFeatures, std::vector<float>(kDocuments, 10), kPlain);
  for (std::uint32_t feature = 0; feature < kFeatures; ++feature) {
    const auto scores = scores_of(layer, feature, kDocuments);
    for (std::uint32_t document = 0; document < kDocuments; ++document) {
      const float count = expected[feature * kDocuments + document];
      EXPECT_NEAR(scores[document], 255 * count / (count + 1), 0.51) << feature << ' ' << document;
    }
  }
}

TEST(ImpactLayer, LeavesOutWhatAPhraseHadAdded) {
  const ImpactLayer layer({{0, 0, 1}, {1, 0, 4}}, 2, {9}, kPlain);
  EXPECT_EQ(layer.impact_without(0, 0, 1), 0U);
  EXPECT_NEAR(layer.impact_without(1, 0, 1), 191, 1);  // of four, three are left
  EXPECT_EQ(layer.impact_without(9, 0, 1), 0U);
}

}  // namespace
}  // namespace svar::kb
