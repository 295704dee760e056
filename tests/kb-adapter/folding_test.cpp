#include "kb-adapter/articles/folding.h"

#include <gtest/gtest.h>

namespace svar::kb {
namespace {

using Words = std::vector<std::string>;

TEST(Folding, ReadsSpellingHabitsAlike) {
  EXPECT_EQ(fold_words("Tømmekalender, på BUSSEN", 400), (Words{"tomekalender", "pa", "busen"}));
}

TEST(Folding, LettersOfOtherScriptsStay) {
  EXPECT_EQ(fold_words("коли 日本", 400), (Words{"коли", "日本"}));
}

TEST(Folding, OneLetterWrittenInManyWaysIsOneLetter) {
  const Words soker{"soker"};
  for (const char* word : {"søker", "SØKER", "soeker", "soker", "s\xC3\xB6ker",
                           "søk\xCC\x81"
                           "er"}) {
    EXPECT_EQ(fold_words(word, 400), soker) << word;
  }
  for (const char* word : {"båt", "baat", "bat", "ba\xCC\x8At", "bæt"}) {
    EXPECT_EQ(fold_words(word, 400)[0].substr(0, 2), "ba") << word;
  }
  EXPECT_EQ(fold_words("Čiehkká", 400), (Words{"ciehka"}));
}

TEST(Folding, MarksThatNobodySeesSplitNoWord) {
  EXPECT_EQ(fold_words("barne\xE2\x80\x8Bhage\xC2\xADplass \xE2\x80\x8Fog\xEF\xBB\xBF", 400),
            (Words{"barnehageplas", "og"}));
}

TEST(Folding, EmojiSeparatesWordsAndIsNone) {
  EXPECT_EQ(fold_words("boss🙂dunk 👍", 400), (Words{"bos", "dunk"}));
}

TEST(Folding, SaysWhereEachWordStood) {
  const std::string text = "«Når» kjem\xE2\x80\x8B bu\xCC\x88ssen?";
  FoldedText folded;
  fold(text, 400, folded);
  std::vector<std::string> sources;
  for (const FoldedWord& word : folded.words) {
    sources.push_back(text.substr(word.source_begin, word.source_end - word.source_begin));
  }
  EXPECT_EQ(sources, (std::vector<std::string>{"Når", "kjem\xE2\x80\x8B", "bu\xCC\x88ssen"}));
}

TEST(Folding, WhatIsNotUtf8SeparatesWords) {
  EXPECT_EQ(fold_words("ei\xFFtt", 400), (Words{"ei", "t"})) << "no byte of UTF-8";
  EXPECT_EQ(fold_words("ei\xE2\x82tt", 400), (Words{"ei", "t"})) << "cut off";
  EXPECT_EQ(fold_words("ei\xED\xA0\x80to", 400), (Words{"ei", "to"})) << "half a surrogate pair";
  EXPECT_EQ(fold_words("ei\xE0\x81\x81to", 400), (Words{"ei", "to"})) << "«A» in three bytes";
  EXPECT_EQ(fold_words("ei\xF4\x90\x80\x80to", 400), (Words{"ei", "to"})) << "beyond Unicode";
}

}  // namespace
}  // namespace svar::kb
