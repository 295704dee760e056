#include "intents/normal_text.h"

#include <gtest/gtest.h>

namespace svar::intents {
namespace {

std::string normal(std::string_view text) {
  return normalise(text).text;
}

TEST(NormalText, FoldsCaseAlsoOfNorwegianLetters) {
  EXPECT_EQ(normal("NÅR ÆRE Ørsta"), "når ære ørsta");
}

TEST(NormalText, ComposesDecomposedLetters) {
  EXPECT_EQ(normal("na\xCC\x8Ar a\xCC\x8Apner"), "når åpner");
}

TEST(NormalText, TurnsPunctuationIntoOneBlank) {
  EXPECT_EQ(normal("  når,  vert… bosset – tømt?!  "), "når vert bosset tømt");
  EXPECT_EQ(normal("søppel-dunk/boss"), "søppel dunk boss");
}

TEST(NormalText, DropsInvisibleCharactersInsideWords) {
  EXPECT_EQ(normal("bo\xE2\x80\x8Bs\xC2\xADs"), "boss");  // zero-width space, soft hyphen
  EXPECT_EQ(normal("\xE2\x80\xAE"
                   "boss\xE2\x80\xAC"),
            "boss");  // right-to-left override
  EXPECT_EQ(normal("bo\x01ss"), "boss");
}

TEST(NormalText, FoldsLettersThatAreDrawnOut) {
  EXPECT_EQ(normal("heeelp"), "help");
  EXPECT_EQ(normal("brannnnnn!!!"), "brann");
  EXPECT_EQ(normal("takkkk jaaaa"), "takk ja");
  EXPECT_EQ(normal("nååååår"), "når");
}

TEST(NormalText, KeepsRowsOfDigits) {
  EXPECT_EQ(normal("99 99 99 9999"), "99 99 99 9999");
}

TEST(NormalText, SetsEmojiApart) {
  const NormalText text = normalise("takk 👍🏽 for hjelpa😊");
  EXPECT_EQ(text.text, "takk for hjelpa");
  EXPECT_EQ(text.emoji, (std::vector<std::string>{"👍", "😊"}));
}

TEST(NormalText, DropsApostrophesInsideWords) {
  EXPECT_EQ(normal("koss'n can’t"), "kossn cant");
}

TEST(NormalText, PointsBackToTheCitizensOwnBytes) {
  const std::string message = "Hei! Na\xCC\x8Ar vert BOSSET tømt?";
  const NormalText text = normalise(message);
  ASSERT_EQ(text.tokens.size(), 5u);
  const auto original = [&](std::size_t i) {
    return message.substr(text.tokens[i].original.begin,
                          text.tokens[i].original.end - text.tokens[i].original.begin);
  };
  EXPECT_EQ(original(1), "Na\xCC\x8Ar");
  EXPECT_EQ(original(3), "BOSSET");
  EXPECT_EQ(original(4), "tømt");
  EXPECT_TRUE(text.tokens[1].sentence);
  EXPECT_FALSE(text.tokens[3].sentence);
  EXPECT_TRUE(text.tokens[3].capital);
}

TEST(NormalText, SurvivesInvalidUtf8) {
  EXPECT_EQ(normal("boss\xFF\xFE no"), "boss no");
  EXPECT_EQ(normal("\xC3"), "");
  EXPECT_EQ(normal(""), "");
}

TEST(NormalText, CountsLettersOfOtherScripts) {
  const NormalText text = normalise("Коли вивозять сміття?");
  EXPECT_EQ(text.script, "Cyrillic");
  EXPECT_EQ(text.foreign_letters, text.letters);
}

TEST(NormalText, ReadsNoMoreThanItIsTold) {
  EXPECT_EQ(normalise("abc def", 5).text, "abc d");
}

TEST(NormalText, KnowsWhenSomebodyShouts) {
  EXPECT_TRUE(normalise("FÅTT INKASSOVARSEL").shouted);
  EXPECT_FALSE(normalise("Når kjem NGIR?").shouted);
}

TEST(Fold, MakesSpellingHabitsEqual) {
  EXPECT_EQ(fold("båndtvang"), fold("baandtvang"));
  EXPECT_EQ(fold("støttekontakt"), fold("stottekontakt"));
  EXPECT_EQ(fold("søke"), fold("soeke"));
  EXPECT_EQ(fold("være"), fold("vaere"));
  EXPECT_EQ(fold("kafé"), fold("kafe"));
  EXPECT_EQ(fold("bibliotekk"), fold("bibliotek"));
}

TEST(Fold, LeavesShortWordsWithOeAlone) {
  EXPECT_NE(fold("hoe"), fold("hø"));
}

}  // namespace
}  // namespace svar::intents
