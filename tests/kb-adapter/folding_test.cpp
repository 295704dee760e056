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

TEST(Folding, WhatIsNotUtf8SeparatesWords) {
  EXPECT_EQ(fold_words("ei\xFFtt", 400), (Words{"ei", "t"})) << "no byte of UTF-8";
  EXPECT_EQ(fold_words("ei\xE2\x82tt", 400), (Words{"ei", "t"})) << "cut off";
  EXPECT_EQ(fold_words("ei\xED\xA0\x80to", 400), (Words{"ei", "to"})) << "half a surrogate pair";
  EXPECT_EQ(fold_words("ei\xE0\x81\x81to", 400), (Words{"ei", "to"})) << "«A» in three bytes";
  EXPECT_EQ(fold_words("ei\xF4\x90\x80\x80to", 400), (Words{"ei", "to"})) << "beyond Unicode";
}

}  // namespace
}  // namespace svar::kb
