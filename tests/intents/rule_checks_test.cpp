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

// The first finding of this kind; an empty one when there is none.
Finding first(const Findings& findings, std::string_view kind) {
  for (const Finding& finding : findings) {
    if (finding.kind == kind) return finding;
  }
  return {};
}

TEST(RuleChecks, NameWhoHijacksAnExampleAndWhere) {
  IntentSources sources;
  Rule small = rule("small", {{"barnehage"}});
  small.examples = {"pris i barnehage"};
  small.example_lines = {12};
  Rule large = rule("large", {{"pris"}, {"barnehage"}});
  sources.intents = {intent("a", {small}), intent("b", {large})};
  sources.intents[1].rules[0].place.line = 31;
  const Finding found = first(compiled(sources)->run_rule_tests().failures, "hijacked");
  EXPECT_EQ(found.severity, Finding::Severity::error);
  EXPECT_EQ(found.place.file, "intents/a.yaml");
  EXPECT_EQ(found.place.line, 12);
  EXPECT_EQ(found.other.file, "intents/b.yaml");
  EXPECT_EQ(found.other.line, 31);
  EXPECT_NE(found.what.find("«large» (intents/b.yaml:31)"), std::string::npos) << found.what;
}

TEST(RuleChecks, NameTheHigherPriorityThatBlocks) {
  IntentSources sources;
  Rule plain = rule("plain", {{"vatn"}});
  plain.examples = {"vatn lekk"};
  Rule high = rule("high", {{"lekk"}});
  high.priority = 3;
  sources.intents = {intent("a", {plain}), intent("b", {high})};
  const Finding found = first(compiled(sources)->run_rule_tests().failures, "blocked");
  EXPECT_EQ(found.other.file, "intents/b.yaml");
  EXPECT_NE(found.what.find("higher priority"), std::string::npos) << found.what;
}

TEST(RuleChecks, NameTheSpeechActThatTakesAnExampleFirst) {
  IntentSources sources;
  SpeechActRule person{"person", rule("person", {{"snakke med"}})};
  person.rule.place = {"intents/speech_acts.yaml", 3};
  sources.speech_acts = {person, {"thanks", rule("thanks", {{"takk"}})}};
  sources.intents = {intent("a", {}, {"snakke med lege", "takk for hjelpa"})};
  const auto tests = compiled(sources)->run_rule_tests();
  EXPECT_EQ(tests.count, 2u);
  ASSERT_EQ(tests.failures.size(), 1u);
  EXPECT_EQ(tests.failures[0].kind, "blocked");
  EXPECT_EQ(tests.failures[0].other.file, "intents/speech_acts.yaml");
  EXPECT_EQ(tests.failures[0].other.line, 3);
}

TEST(RuleChecks, TryExamplesInTheSituationThatTheirRuleAsksFor) {
  IntentSources sources;
  Rule follow = rule("follow", {{"kostar"}});
  follow.when.situation = {{{"gulen"}}, {"webchat"}, {{"b"}}};
  follow.examples = {"kva kostar det"};
  sources.intents = {intent("a", {follow})};
  EXPECT_TRUE(compiled(sources)->run_rule_tests().failures.empty());
}

TEST(RuleChecks, WarnOfTheSameExampleInTwoIntents) {
  IntentSources sources;
  sources.intents = {intent("a", {}, {"bygge søknad"}), intent("b", {}, {"Byggesøknad!"})};
  const Findings findings = compiled(sources)->find_weaknesses();
  EXPECT_NE(first(findings, "same_example").what.find("stands in a too (intents/a.yaml:1)"),
            std::string::npos);
  EXPECT_EQ(first(findings, "near_duplicate").kind, "");
}

TEST(RuleChecks, WarnOfNearlyTheSameExampleInTwoIntents) {
  for (const char* twin : {"sende søknaden på byggjesak", "byggjesak: sende søknaden",
                           "kan eg sende søknaden i byggjesak", "sende søknadem byggjesak"}) {
    IntentSources sources;
    sources.intents = {intent("a", {}, {"sende søknaden for byggjesak"}), intent("b", {}, {twin})};
    const Finding found = first(compiled(sources)->find_weaknesses(), "near_duplicate");
    EXPECT_EQ(found.place.file, "intents/b.yaml") << twin;
    EXPECT_EQ(found.other.file, "intents/a.yaml") << twin;
  }
}

TEST(RuleChecks, LeaveExamplesApartThatDifferInAWordThatMatters) {
  for (const char* other : {"sende søknaden for barnehage", "når sende søknaden for byggjesak",
                            "ikkje sende søknaden for byggjesak", "sende søknaden"}) {
    IntentSources sources;
    sources.intents = {intent("a", {}, {"sende søknaden for byggjesak"}), intent("b", {}, {other})};
    EXPECT_EQ(first(compiled(sources)->find_weaknesses(), "near_duplicate").kind, "") << other;
  }
}

TEST(RuleChecks, FindATopicThatNothingReaches) {
  IntentSources sources;
  Rule all = rule("all", {{"pris"}, {"barnehage"}});
  all.examples = {"pris barnehage"};
  Rule part = rule("part", {{"barnehage"}});
  part.examples = {"pris barnehage"};
  sources.intents = {intent("a", {all}), intent("b", {part}), intent("c", {})};
  const Findings findings = compiled(sources)->find_weaknesses();
  EXPECT_TRUE(mentions(findings, "examples of b leads to it"));
  EXPECT_TRUE(mentions(findings, "examples of c leads to it"));
  EXPECT_FALSE(mentions(findings, "examples of a leads to it"));
  EXPECT_EQ(first(findings, "topic_not_reached").severity, Finding::Severity::error);
}

TEST(RuleChecks, WarnOfARuleThatNothingHitsOrThatHasNoExample) {
  IntentSources sources;
  sources.intents = {
      intent("a", {rule("dead", {{"svevebane"}}), rule("bare", {{"boss*"}})}, {"bosset"})};
  const auto matcher = compiled(sources);
  EXPECT_TRUE(mentions(matcher->find_weaknesses(), "«dead» is hit by no example"));
  EXPECT_TRUE(mentions(matcher->find_weaknesses(), "«bare» has no example of its own"));
  EXPECT_FALSE(mentions(matcher->find_weaknesses({"når går svevebane"}), "is hit by no example"));
}

TEST(RuleChecks, WarnOfAnAlarmAnsweredByAnother) {
  IntentSources sources;
  Rule fire = rule("fire", {{"røyk"}}, {"sigarett"});
  Rule breath = rule("breath", {{"pustar røyk"}}, {"sigarett"});
  breath.examples = {"ho pustar røyk"};
  sources.safety = {{SafetyKind::fire, fire}, {SafetyKind::medical, breath}};
  EXPECT_TRUE(mentions(compiled(sources)->find_weaknesses(), "is answered by «fire»"));
}

TEST(RuleChecks, WarnOfACostlyExpressionByItsSizeAndByTheClock) {
  IntentSources sources;
  Rule large;
  large.name = "large";
  large.when.pattern = R"(dunk(\w{0,40} \w{0,40}){8})";
  Rule fine;
  fine.name = "fine";
  fine.when.pattern = R"(spann\w*)";
  sources.intents = {intent("a", {large}), intent("b", {fine})};
  const auto matcher = compiled(sources);
  const Findings findings = matcher->find_weaknesses();
  EXPECT_TRUE(mentions(findings, "«large» has a pattern of"));
  EXPECT_FALSE(mentions(findings, "«fine» has a pattern of"));
  std::int64_t now = 0;
  const std::vector<std::string> messages(10, "dunk og spann");
  const auto slow = matcher->time_rules(messages, [&] { return now += 1'000'000; });
  EXPECT_TRUE(mentions(slow.findings, "«fine» has a pattern that takes 100 µs"));
  EXPECT_TRUE(mentions(slow.findings, "together take 100 µs"));
  EXPECT_GT(slow.ordinary_ns, 0);
  EXPECT_TRUE(matcher->time_rules(messages, [&] { return now; }).findings.empty());
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
