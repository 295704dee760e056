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

// The better spelling alone.
std::optional<std::string> mended(const Vocabulary& words, std::string_view word) {
  auto better = words.mend(word);
  if (!better) return std::nullopt;
  return std::move(better->word);
}

TEST(Vocabulary, MendsOneTypoInLongWords) {
  const Vocabulary words = some();
  EXPECT_EQ(mended(words, "biblotek"), "bibliotek");
  EXPECT_EQ(mended(words, "bibliotke"), "bibliotek");
  EXPECT_EQ(mended(words, "barnehgaen"), "barnehagen");
  EXPECT_EQ(mended(words, "dunkem"), "dunken");
}

TEST(Vocabulary, LeavesTwoTyposShortWordsAndKnownWordsAlone) {
  const Vocabulary words = some();
  EXPECT_FALSE(words.mend("bblotek"));
  EXPECT_FALSE(words.mend("bos"));
  EXPECT_FALSE(words.mend("vatnet"));
  EXPECT_FALSE(words.mend("far"));  // a word of its own
}

TEST(Vocabulary, MendsTwoTyposInLongWordsTowardsASingleGoal) {
  Vocabulary words;
  words.add_goal({"oppseiingstid", false});
  words.add_goal({"tilknyting", false});
  words.add_goal({"tilknytind", false});
  words.add_goal({"rettleiing", false});
  words.add_untouchable({"sjølvmord", true});
  words.add_goal({"sjølvmordet", false});
  words.close();
  EXPECT_EQ(mended(words, "opseiingstdi"), "oppseiingstid");
  EXPECT_EQ(mended(words, "retleiingg"), "rettleiing");
  EXPECT_EQ(mended(words, "tlknytinX"), std::nullopt);  // two are as near
  EXPECT_EQ(mended(words, "rettliinga"), "rettleiing");
  EXPECT_EQ(mended(words, "sjlvmoredt"), std::nullopt);    // to a safety word
  EXPECT_EQ(mended(words, "xpseiingstid"), std::nullopt);  // another first letter
}

TEST(Vocabulary, SaysWhatSortOfFaultItMended) {
  const Vocabulary words = some();
  EXPECT_EQ(words.mend("biblotek")->how, How::typo);
  EXPECT_EQ(words.mend("faar")->how, How::fold);
  EXPECT_EQ(words.mend("dunkenane")->how, How::inflection);
}

TEST(Vocabulary, NeverLeadsToOrFromSafetyWordsAndNames) {
  const Vocabulary words = some();
  EXPECT_FALSE(words.mend("bramnen"));  // one letter from «brannen»
  EXPECT_FALSE(words.mend("brann"));
  EXPECT_FALSE(words.mend("gulen"));
  EXPECT_EQ(mended(words, "brannsluker"), std::nullopt);
  EXPECT_EQ(mended(words, "brannslukkarr"), std::nullopt);  // right as it is, but for its ending
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

TEST(Typo, IsTwoOfThemInLongWords) {
  EXPECT_TRUE(within_two_typos(U"bibliotek", U"bbliotekk"));
  EXPECT_TRUE(within_two_typos(U"bibliotek", U"bilbiotke"));
  EXPECT_TRUE(within_two_typos(U"bibliotek", U"bibliotek"));
  EXPECT_TRUE(within_two_typos(U"bibliotek", U"bibliot"));
  EXPECT_FALSE(within_two_typos(U"bibliotek", U"bibkot"));
  EXPECT_FALSE(within_two_typos(U"bibliotek", U"xibkiotex"));
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
