#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

bool mentions(const Findings& findings, std::string_view words) {
  for (const Finding& finding : findings) {
    if (finding.what.find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(RuleChecks, FindNothingInGoodRules) {
  IntentSources sources;
  Rule good = rule("good", {{"boss*"}});
  good.examples = {"bosset", "boss dunk"};
  good.not_examples = {"bil"};
  sources.intents = {intent("boss", {good}, {"når vert bosset tømt"})};
  EXPECT_TRUE(compiled(sources)->run_rule_tests().failures.empty());
}

TEST(RuleChecks, FindExamplesThatDoNotMatchAndCounterExamplesThatDo) {
  IntentSources sources;
  Rule bad = rule("bad", {{"boss*"}});
  bad.examples = {"papir"};
  bad.not_examples = {"bossdunk"};
  sources.intents = {intent("boss", {bad})};
  const Findings findings = compiled(sources)->run_rule_tests().failures;
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NE(findings[0].what.find("papir"), std::string::npos);
  EXPECT_EQ(findings[0].place.file, "intents/boss.yaml");
  EXPECT_EQ(findings[0].place.line, 7);
  EXPECT_TRUE(mentions(findings, "bossdunk"));
}

TEST(RuleChecks, FindAnOrdinaryExampleThatSetsOffAnAlarm) {
  IntentSources sources;
  SafetyRule fire{SafetyKind::fire, rule("fire", {{"brenn*"}})};
  sources.safety = {fire};
  sources.intents = {intent("bal", {}, {"lov å brenne kvist"})};
  EXPECT_TRUE(mentions(compiled(sources)->run_rule_tests().failures, "safety rule"));
}

TEST(RuleChecks, WarnOfTheSameExampleInTwoIntents) {
  IntentSources sources;
  sources.intents = {intent("a", {}, {"bygge søknad"}), intent("b", {}, {"Byggesøknad!"})};
  EXPECT_TRUE(mentions(compiled(sources)->find_weaknesses(), "stands in a too"));
}

TEST(RuleChecks, WarnOfPatternsWithoutLiteralAndUnguardedSafetyRules) {
  IntentSources sources;
  Rule raw;
  raw.name = "raw";
  raw.when.pattern = R"(\w+ \w+)";
  sources.intents = {intent("a", {raw})};
  sources.safety = {{SafetyKind::fire, rule("fire", {{"brann"}})}};
  const Findings findings = compiled(sources)->find_weaknesses();
  EXPECT_TRUE(mentions(findings, "literal"));
  EXPECT_TRUE(mentions(findings, "neither «unless» nor «not»"));
}

TEST(RuleChecks, WarnOfARuleThatReachesIntoEverything) {
  IntentSources sources;
  std::vector<std::string> examples;
  for (int i = 0; i < 40; ++i)
    examples.push_back("korleis gjer eg ting nummer " + std::to_string(i));
  sources.intents = {intent("wide", {rule("wide", {{"korleis"}})}), intent("narrow", {}, examples)};
  EXPECT_TRUE(mentions(compiled(sources)->find_weaknesses(), "too wide"));
}

TEST(RuleChecks, WarnWhenAnExampleAlsoLeadsElsewhere) {
  IntentSources sources;
  Rule first = rule("first", {{"pris"}});
  first.examples = {"pris på sfo"};
  sources.intents = {intent("a", {first}), intent("b", {rule("second", {{"sfo"}})})};
  EXPECT_TRUE(mentions(compiled(sources)->find_weaknesses(), "also leads to b"));
}

}  // namespace
}  // namespace svar::intents
