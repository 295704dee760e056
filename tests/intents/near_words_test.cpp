// A misspelt word finds the word it was meant as, and nothing else does.
#include "intents/model/near_words.h"

#include <gtest/gtest.h>

namespace svar::intents {
namespace {

const NearWords& words() {
  static const NearWords one({"barnehage", "barnehager", "feiing", "søknad", "plass", "båtplass"});
  return one;
}

TEST(NearWords, FindsTheWordOneTypingErrorAway) {
  for (const char* typo : {"barnehge", "barnehhage", "barmehage", "branehage"})
    EXPECT_EQ(words().nearest(typo), "barnehage") << typo;
  EXPECT_EQ(words().nearest("sknad"), "søknad");
  EXPECT_EQ(words().nearest("øsknad"), "søknad");
  EXPECT_EQ(words().nearest("båtplåss"), "båtplass");
}

TEST(NearWords, PrefersTheFrequentOfTwoThatAreAsNear) {
  EXPECT_EQ(words().nearest("barnehagen"), "barnehage");
  EXPECT_EQ(NearWords({"barnehager", "barnehage"}).nearest("barnehagen"), "barnehager");
}

TEST(NearWords, LeavesWhatIsKnownShortOrANumberAlone) {
  for (const char* word : {"plass", "pla", "fei", "2026", "plas5", "", "barnehus", "\xA5\xA5\xC3"})
    EXPECT_EQ(words().nearest(word), "") << word;
  EXPECT_EQ(NearWords().nearest("barnehge"), "");
}

TEST(NearWords, KeepsTheFirstLetterOfAShortWord) {
  const NearWords one({"leie"});
  EXPECT_EQ(one.nearest("leee"), "leie");
  EXPECT_EQ(one.nearest("meie"), "");
}

}  // namespace
}  // namespace svar::intents
