#include "intents/occurrences.h"

#include <gtest/gtest.h>

#include <random>

namespace svar::intents {
namespace {

std::vector<std::uint32_t> firsts(const std::vector<Occurrence>& places) {
  std::vector<std::uint32_t> out;
  for (const Occurrence& one : places) out.push_back(one.first);
  return out;
}

class Arranged : public testing::Test {
 protected:
  Arranged() { found.reset(3); }
  std::vector<std::uint32_t> places(const Arrangement& wanted, std::uint32_t line = 0) {
    return firsts(arrange(found, groups, line, wanted));
  }
  using At = std::vector<std::uint32_t>;
  Occurrences found;
  const std::vector<std::uint32_t> groups{0, 1, 2};
};

TEST_F(Arranged, TakesAnyOrderAndTheLongestOfWhatBeginsTogether) {
  found.add(2, {0, 1, 1});
  found.add(0, {0, 4, 4});
  found.add(0, {0, 4, 6});
  found.add(1, {0, 1, 1});
  EXPECT_EQ(places({}), (At{4, 1, 1}));
  EXPECT_EQ(arrange(found, groups, 0, {})[0].last, 6u);
  EXPECT_EQ(places({true, {}}), At());
}

TEST_F(Arranged, KeepsTheOrderAlsoWhenTheFirstChoiceLeadsNowhere) {
  found.add(0, {0, 0, 0});
  found.add(0, {0, 9, 9});
  found.add(1, {0, 5, 5});
  found.add(1, {0, 12, 12});
  found.add(2, {0, 13, 13});
  EXPECT_EQ(places({true, {}}), (At{0, 5, 13}));
  EXPECT_EQ(places({true, 2}), (At{9, 12, 13}));
  EXPECT_EQ(places({true, 1}), At());
}

TEST_F(Arranged, KeepsNeighboursTogetherInAnyOrder) {
  found.add(0, {0, 0, 0});
  found.add(1, {0, 20, 20});
  found.add(2, {0, 22, 22});
  found.add(0, {0, 26, 27});
  EXPECT_EQ(places({false, 3}), (At{26, 20, 22}));
  EXPECT_EQ(places({false, 2}), At());
}

TEST_F(Arranged, LooksIntoOneLineAtATime) {
  found.add(0, {0, 0, 0});
  found.add(1, {0, 1, 1});
  found.add(2, {1, 4, 4});
  EXPECT_EQ(places({}), At());
  EXPECT_EQ(found.first(2)->first, 4u);
}

TEST_F(Arranged, ForgetsWhatItIsToldToForget) {
  EXPECT_TRUE(found.add(0, {0, 0, 0}));
  EXPECT_FALSE(found.add(0, {0, 1, 1}));
  found.reset(3);
  EXPECT_FALSE(found.any(0));
  EXPECT_TRUE(found.add(0, {0, 2, 2}));
}

// Against the obvious: every combination tried.
bool exists(const std::vector<std::vector<std::uint32_t>>& lists, std::size_t group, int before,
            int within) {
  if (group == lists.size()) return true;
  for (const std::uint32_t at : lists[group]) {
    const int gap = static_cast<int>(at) - before - 1;
    if (group > 0 && (gap < 0 || gap > within)) continue;
    if (exists(lists, group + 1, static_cast<int>(at), within)) return true;
  }
  return false;
}

TEST(Arrangement, FindsAnOrderedChainExactlyWhenThereIsOne) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    Occurrences found;
    found.reset(3);
    std::vector<std::vector<std::uint32_t>> lists(3);
    for (std::uint32_t word = 0; word < 12; ++word) {
      const std::uint32_t group = static_cast<std::uint32_t>(random() % 6);
      if (group > 2) continue;
      lists[group].push_back(word);
      found.add(group, {0, word, word});
    }
    const int within = static_cast<int>(random() % 4);
    const auto places = arrange(found, std::vector<std::uint32_t>{0, 1, 2}, 0, {true, within});
    EXPECT_EQ(!places.empty(), exists(lists, 0, 0, within)) << "seed 7, round " << round;
  }
}

}  // namespace
}  // namespace svar::intents
