#include "bot/service/delivery/message_text.h"

#include <gtest/gtest.h>

#include <random>

#include "bot/service/delivery/channel.h"

namespace svar::service {
namespace {

using Pieces = std::vector<std::string>;

TEST(SplitText, WhatFitsIsOnePiece) {
  EXPECT_EQ(split_text("Hei på deg!", 11, TextUnit::code_points), Pieces{"Hei på deg!"});
  EXPECT_EQ(split_text("  \n ", 10, TextUnit::bytes), Pieces{});
}

TEST(SplitText, ParagraphsComeBeforeSentencesAndSentencesBeforeWords) {
  EXPECT_EQ(split_text("Ein setning. Ein til.\n\nNytt avsnitt. Slutt.", 36, TextUnit::code_points),
            (Pieces{"Ein setning. Ein til.", "Nytt avsnitt. Slutt."}));
  EXPECT_EQ(split_text("Ein setning her. Ein til kjem no.", 30, TextUnit::code_points),
            (Pieces{"Ein setning her.", "Ein til kjem no."}));
  EXPECT_EQ(split_text("berre ord utan slutt", 12, TextUnit::code_points),
            (Pieces{"berre ord", "utan slutt"}));
}

TEST(SplitText, ADateOrAnAbbreviationEndsNoSentence) {
  EXPECT_EQ(split_text("Ope til kl. 15 den 17. mai i år", 24, TextUnit::code_points),
            (Pieces{"Ope til kl. 15 den 17.", "mai i år"}));
}

TEST(SplitText, CountsBytesCodePointsOrUtf16AsThePlatformDoes) {
  EXPECT_EQ(size_in("å😀", TextUnit::bytes), 6U);
  EXPECT_EQ(size_in("å😀", TextUnit::code_points), 2U);
  EXPECT_EQ(size_in("å😀", TextUnit::utf16), 3U);
  EXPECT_EQ(split_text("ååååå", 4, TextUnit::bytes), (Pieces{"åå", "åå", "å"}));
}

TEST(SplitText, KeepsALetterAndItsMarksTogether) {
  const std::string letter = "a\u030A";
  EXPECT_EQ(split_text(letter + letter + letter, 5, TextUnit::code_points),
            (Pieces{letter + letter, letter}));
  const std::string flag = "\U0001F1F3\U0001F1F4";
  EXPECT_EQ(split_text(flag + flag + flag, 5, TextUnit::code_points), (Pieces{flag + flag, flag}));
}

std::string without_spaces(std::string_view text) {
  std::string kept;
  for (const char each : text) {
    if (each != ' ' && each != '\n') kept += each;
  }
  return kept;
}

TEST(SplitText, NoPieceIsTooLongAndNothingButSpacesIsLost) {
  std::mt19937 random(20261124);
  const Pieces parts{"å",    "ø",  "😀",      "a",        "B",    " ",
                     "\n\n", ". ", "\u030A", "👩\u200D👧", "\xFF", "\xC3"};
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    for (auto left = random() % 120; left > 0; --left) text += parts[random() % parts.size()];
    const std::size_t max = 4 + random() % 40;
    const auto unit = static_cast<TextUnit>(random() % 3);
    std::string joined;
    for (const std::string& piece : split_text(text, max, unit)) {
      EXPECT_LE(size_in(piece, unit), max) << "seed 20261124, round " << round;
      EXPECT_FALSE(piece.empty());
      joined += piece;
    }
    EXPECT_EQ(without_spaces(joined), without_spaces(text)) << "seed 20261124, round " << round;
  }
}

TEST(ChoiceKey, AShortIdIsItsOwnKeyAndALongOneIsFoundByItsHash) {
  const Choice brief{"person", "Snakk med ein person"};
  const Choice lengthy{"article:" + std::string(80, 'x'), "Noko langt"};
  const Choice other{"article:" + std::string(80, 'y'), "Noko anna"};
  EXPECT_EQ(choice_key(brief, 64), "person");
  const std::string key = choice_key(lengthy, 64);
  EXPECT_EQ(key.size(), 17U);
  const std::vector<Choice> offered{brief, other, lengthy};
  ASSERT_NE(choice_of_key(key, offered), nullptr);
  EXPECT_EQ(*choice_of_key(key, offered), lengthy);
  EXPECT_EQ(*choice_of_key("person", offered), brief);
  EXPECT_EQ(choice_of_key("#0123456789abcdef", offered), nullptr);
}

TEST(Numbered, ChoicesAreLinesThatCanBeAnsweredByNumber) {
  EXPECT_EQ(numbered("Kva gjeld det?", {{"a", "Boss"}, {"b", "Barnehage"}}),
            "Kva gjeld det?\n\n1. Boss\n2. Barnehage");
  EXPECT_EQ(numbered("Hei", {}), "Hei");
}

}  // namespace
}  // namespace svar::service
