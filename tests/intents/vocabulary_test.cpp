#include "intents/vocabulary.h"

#include <gtest/gtest.h>

namespace svar::intents {
namespace {

Vocabulary some() {
  Vocabulary words;
  words.add_goal({"bibliotek", true});
  words.add_goal({"barnehage", true});
  words.add_goal({"dunken", false});
  words.add_goal({"boss", true});
  words.add_goal({"plass", true});
  words.add_goal({"brannslukkar", true});
  words.add_goal({"brannen", false});
  words.add_goal({"får", false});
  words.add_untouchable({"brann", true});
  words.add_untouchable({"gulen", false});
  words.add_known("vatnet");
  words.add_seen("far");
  words.close();
  return words;
}

TEST(Vocabulary, MendsOneTypoInLongWords) {
  const Vocabulary words = some();
  EXPECT_EQ(words.mend("biblotek"), "bibliotek");
  EXPECT_EQ(words.mend("bibliotke"), "bibliotek");
  EXPECT_EQ(words.mend("barnehgaen"), "barnehagen");
  EXPECT_EQ(words.mend("dunkem"), "dunken");
}

TEST(Vocabulary, LeavesTwoTyposShortWordsAndKnownWordsAlone) {
  const Vocabulary words = some();
  EXPECT_FALSE(words.mend("bblotek"));
  EXPECT_FALSE(words.mend("bos"));
  EXPECT_FALSE(words.mend("vatnet"));
  EXPECT_FALSE(words.mend("far"));  // a word of its own
}

TEST(Vocabulary, NeverLeadsToOrFromSafetyWordsAndNames) {
  const Vocabulary words = some();
  EXPECT_FALSE(words.mend("bramnen"));  // one letter from «brannen»
  EXPECT_FALSE(words.mend("brann"));
  EXPECT_FALSE(words.mend("gulen"));
  EXPECT_EQ(words.mend("brannsluker"), std::nullopt);
  EXPECT_EQ(words.mend("brannslukkarr"), std::nullopt);  // right as it is, but for its ending
}

TEST(Vocabulary, SplitsWhereBothPartsAreKnownAndTheWholeIsNot) {
  const Vocabulary words = some();
  const auto parts = words.split("barnehageplassen");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->first, "barnehage");
  EXPECT_EQ(parts->second, "plassen");
  EXPECT_FALSE(words.split("barnehage"));
  EXPECT_FALSE(words.split("bossmann"));
}

TEST(Vocabulary, JoinsOnlyToWordsThatRulesKnow) {
  const Vocabulary words = some();
  EXPECT_TRUE(words.joins("barne", "hagen"));
  EXPECT_TRUE(words.joins("biblio", "tek"));
  EXPECT_FALSE(words.joins("boss", "bil"));
}

TEST(Typo, IsOneLetterOrOneSwap) {
  EXPECT_TRUE(within_one_typo(U"bibliotek", U"biblotek"));
  EXPECT_TRUE(within_one_typo(U"bibliotek", U"bibliotke"));
  EXPECT_TRUE(within_one_typo(U"bibliotek", U"bibliotek"));
  EXPECT_TRUE(within_one_typo(U"bibliotek", U"biblioter"));
  EXPECT_FALSE(within_one_typo(U"bibliotek", U"bibloter"));
  EXPECT_FALSE(within_one_typo(U"ab", U"ba c"));
}

}  // namespace
}  // namespace svar::intents
