#include "intents/normal_expression.h"

#include "intents/pattern_set.h"
#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

Rule raw_rule(std::string pattern) {
  Rule raw;
  raw.name = "raw";
  raw.when.pattern = std::move(pattern);
  raw.place = {"intents/x.yaml", 3};
  return raw;
}

std::shared_ptr<const IntentMatcher> matcher_of(std::string pattern) {
  IntentSources sources;
  sources.intents = {intent("x", {raw_rule(std::move(pattern))})};
  return compiled(sources);
}

std::string advice(std::string_view pattern) {
  const auto translated = to_normal_expression(pattern);
  return translated ? "" : translated.error();
}

TEST(Pattern, MeansWhatEditorsExpectOfBoundariesAndWordCharacters) {
  const auto matcher = matcher_of(R"((?i)\bÅpningstid\w*\b|\bøl\b)");
  EXPECT_EQ(article_for(*matcher, "Åpningstidene?"), "x");
  EXPECT_EQ(article_for(*matcher, "Kan eg få øl"), "x");
  EXPECT_EQ(article_for(*matcher, "søl og føl"), "");
}

TEST(Pattern, FindsNeighboursWhateverBorderIsWrittenBetweenThem) {
  for (const char* pattern : {R"(\bny\b.*\bdunk\b)", R"(\bny\s+dunk\b)", R"(\bny\b \bdunk\b)",
                              R"(\bny dunk\b)", R"(\bny\W+dunk\b)", R"(\bny\b\s*\bdunk\b)"}) {
    const auto matcher = matcher_of(pattern);
    EXPECT_EQ(article_for(*matcher, "eg treng ny dunk no"), "x") << pattern;
    EXPECT_EQ(article_for(*matcher, "eg treng ny dunkane"), "") << pattern;
  }
}

TEST(Pattern, TakesAnOptionalBlankForACompoundWrittenApart) {
  const auto matcher = matcher_of(R"(\bbygge\s*søknad)");
  EXPECT_EQ(article_for(*matcher, "sende bygge-søknaden"), "x");
  EXPECT_EQ(article_for(*matcher, "byggesøknad"), "x");
}

TEST(Pattern, ReadsComposedCapitalAndClassedLetters) {
  EXPECT_EQ(article_for(*matcher_of("ÅPNINGSTID"), "åpningstid"), "x");
  EXPECT_EQ(article_for(*matcher_of("a\xCC\x8Apning"), "åpning"), "x");
  EXPECT_EQ(article_for(*matcher_of(R"(\bgebyr[a-z]+\b)"), "gebyrøkt"), "x");
  EXPECT_EQ(article_for(*matcher_of(R"(\b\p{L}+tøming\b)"), "bosstøming"), "x");
}

TEST(Pattern, RefusesWhatCannotWorkAndSaysWhatToWrite) {
  EXPECT_NE(advice("^boss$").find("example"), std::string::npos);
  EXPECT_NE(advice(R"(boss\B)").find("hent*"), std::string::npos);
  EXPECT_NE(advice("boss(?!dunk)").find("unless"), std::string::npos);
  EXPECT_NE(advice(R"((boss) \1)").find("back-references"), std::string::npos);
  EXPECT_NE(advice("[[:alpha:]]+").find("\\w"), std::string::npos);
  EXPECT_NE(advice("(boss").find("not valid"), std::string::npos);
  EXPECT_EQ(advice(R"((?i:boss)[^\w]\d{2,3})"), "");
}

TEST(Pattern, KnowsWhetherItHoldsALiteral) {
  EXPECT_TRUE(has_literal("boss(en|et)?"));
  EXPECT_FALSE(has_literal(R"(\w+ [a-z]+)"));
}

TEST(PatternSet, KnowsWhatHasAGap) {
  EXPECT_TRUE(has_gap("boss.*dunk"));
  EXPECT_TRUE(has_gap("boss[a-z]+"));
  EXPECT_TRUE(has_gap("boss.{2,}"));
  EXPECT_FALSE(has_gap("boss(en|et)?.{3}"));
  EXPECT_FALSE(has_gap(R"(boss\*[*+])"));
}

TEST(PatternSet, NamesEveryPatternThatMatchesOfBothSorts) {
  PatternSet set;
  set.add(" boss ");
  set.add(" ny .* dunk ");
  set.add("[a-z]+ingar");  // an open stem
  set.add("[a-z ]+");      // without a literal part
  ASSERT_TRUE(set.compile(8 << 20));
  std::vector<int> numbers;
  EXPECT_EQ(set.find("\n ny  grøn  dunk \n", numbers), PatternSet::Room::enough);
  EXPECT_EQ(numbers, (std::vector<int>{1, 3}));
  EXPECT_EQ(set.find("\n boss \n", numbers), PatternSet::Room::enough);
  EXPECT_EQ(numbers, (std::vector<int>{0, 3}));
}

TEST(PatternSet, StillMatchesWhatItHasNoRoomForTogether) {
  MatcherOptions options;
  options.automaton_bytes_max = 1 << 16;
  IntentSources sources;
  for (int i = 0; i < 12; ++i) {
    sources.intents.push_back(
        intent("x" + std::to_string(i), {raw_rule("dunk.{8}n" + std::to_string(i) + "z")}));
  }
  auto result = IntentMatcher::compile(sources, options);
  while (!result) {  // up to the least that compiles at all
    options.automaton_bytes_max += 1 << 13;
    ASSERT_LT(options.automaton_bytes_max, 64 << 20);
    result = IntentMatcher::compile(sources, options);
  }
  EXPECT_EQ(article_for(**result, "dunk 123456n7z"), "x7");
}

}  // namespace
}  // namespace svar::intents
