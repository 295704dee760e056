#include "intents/condition.h"

#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

TEST(Condition, FillsInWordGroupsAlsoNestedOnes) {
  const std::vector<WordGroup> groups = {{"waste", {"boss*", "@bins"}, {}}, {"bins", {"dunk"}, {}}};
  const Equivalents none;
  const auto read = ConditionReader(groups, none).read({"@waste", "kasse"});
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (Alternatives{{{"boss", true}}, {{"dunk", false}}, {{"kasse", false}}}));
}

TEST(Condition, RefusesUnknownAndCircularGroups) {
  const std::vector<WordGroup> groups = {{"a", {"@b"}, {}}, {"b", {"@a"}, {}}};
  const Equivalents none;
  const ConditionReader reader(groups, none);
  EXPECT_NE(reader.read({"@nowhere"}).error().find("@nowhere"), std::string::npos);
  EXPECT_NE(reader.read({"@a"}).error().find("circle"), std::string::npos);
  EXPECT_FALSE(reader.read({"*"}));
  EXPECT_FALSE(reader.read({"he*nt"}));
  EXPECT_FALSE(reader.read({"?!"}));
  EXPECT_FALSE(reader.read({}));
}

TEST(Condition, ReadsWordsAsTheirEquivalents) {
  const Equivalents equivalents({{"ikkje", {"ikke", "itj"}, {}}, {"når", {"ka tid"}, {}}});
  const auto read = ConditionReader({}, equivalents).read({"ikke hent*", "ka tid"});
  ASSERT_TRUE(read);
  EXPECT_EQ((*read)[0], (Phrase{{"ikkje", false}, {"hent", true}}));
  EXPECT_EQ(read->back(), (Phrase{{"når", false}}));
}

TEST(Pattern, MeansWhatEditorsExpectOfBoundariesAndWordCharacters) {
  IntentSources sources;
  Rule raw;
  raw.name = "raw";
  raw.when.pattern = R"((?i)\bÅpningstid\w*\b|\bøl\b)";
  raw.place = {"intents/x.yaml", 3};
  sources.intents = {intent("x", {raw})};
  // Upper-case Norwegian letters in a pattern stay as they are: editors write normalised text.
  sources.intents[0].rules[0].when.pattern = R"((?i)\båpningstid\w*\b|\bøl\b)";
  const auto matcher = compiled(sources);
  EXPECT_EQ(article_for(*matcher, "Åpningstidene?"), "x");
  EXPECT_EQ(article_for(*matcher, "Kan eg få øl"), "x");
  EXPECT_EQ(article_for(*matcher, "søl og føl"), "");
}

TEST(Pattern, RefusesWhatCannotWorkAndSaysWhatToWrite) {
  EXPECT_NE(to_normal_expression("^boss$").error().find("example"), std::string::npos);
  EXPECT_FALSE(to_normal_expression(R"(boss\B)"));
  EXPECT_FALSE(to_normal_expression("(boss"));
}

TEST(Pattern, KnowsWhetherItHoldsALiteral) {
  EXPECT_TRUE(has_literal("boss(en|et)?"));
  EXPECT_FALSE(has_literal(R"(\w+ [a-z]+)"));
}

}  // namespace
}  // namespace svar::intents
