// The rule language as editors write it, from the file to what is understood.
#include <algorithm>

#include "bot/service/content/check_content.h"
#include "bot/service/content/rule_sources.h"
#include "intents/intent_matcher.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using test::content_files;
using test::found;
using test::listed;
using test::with;

const std::string kIntent = "intents/boss.tommekalender.yaml";
const std::string kUnless = "    unless: [\"septik*\"]\n";

// The small content with more keys in its one rule.
std::vector<ContentFile> with_keys(const std::string& keys) {
  return with(content_files(), kIntent, kUnless, kUnless + keys);
}

Findings checked(const std::vector<ContentFile>& files) {
  auto read = kb::parse_content(files);
  Findings findings = read.findings;
  const Findings more = check_content(read.content, test::at(2026, 11, 23));
  findings.insert(findings.end(), more.begin(), more.end());
  return findings;
}

// Whether the message is definitively about waste collection.
bool hits(const std::vector<ContentFile>& files, std::string_view text,
          const intents::MatchContext& context = {}) {
  const Content content = kb::parse_content(files).content;
  const auto matcher = intents::IntentMatcher::compile(content.intents, matcher_options(content));
  EXPECT_TRUE(matcher);
  const auto all = (*matcher)->match(text, context).hits;
  return std::any_of(all.begin(), all.end(), [](const intents::Hit& hit) {
    return hit.article.value == "boss.tommekalender" && hit.kind == intents::HitKind::rule;
  });
}

TEST(RuleLanguage, KeepsGroupsWithinADistance) {
  const auto files = with_keys("    within: 1\n");
  EXPECT_TRUE(hits(files, "når vert bosset tømt"));
  EXPECT_FALSE(hits(files, "når er det de kjem med bilen så bosset vert tømt"));
  EXPECT_TRUE(found(checked(with_keys("    within: 99\n")), kIntent, 6, "50"));
}

TEST(RuleLanguage, AsksForASituation) {
  const auto files =
      with_keys("    when: {municipality: strand, channel: [webchat, sms], previous: [a, b]}\n");
  const std::vector<ArticleId> before = {{"b"}};
  EXPECT_FALSE(hits(files, "når vert bosset tømt"));
  EXPECT_TRUE(hits(files, "når vert bosset tømt", {"strand", "sms", before}));
  EXPECT_FALSE(hits(files, "når vert bosset tømt", {"strand", "telephone", before}));
  EXPECT_TRUE(found(checked(with_keys("    when: {}\n")), kIntent, 0, "previous"));
  EXPECT_TRUE(found(checked(with_keys("    when: {site: strand}\n")), kIntent, 0, "site"));
}

TEST(RuleLanguage, NamesWhatASituationAsksForAndDoesNotExist) {
  const auto findings =
      checked(with_keys("    when: {municipality: [atlantis], previous: [no.topic]}\n"));
  EXPECT_TRUE(found(findings, kIntent, 3, "no municipality «atlantis»")) << listed(findings);
  EXPECT_TRUE(found(findings, kIntent, 3, "no article «no.topic»")) << listed(findings);
}

TEST(RuleLanguage, ReadsAPriorityBetweenItsLimits) {
  const Content content = kb::parse_content(with_keys("    priority: 3\n")).content;
  const auto intent = std::find_if(
      content.intents.intents.begin(), content.intents.intents.end(),
      [](const intents::Intent& one) { return one.article.value == "boss.tommekalender"; });
  EXPECT_EQ(intent->rules.front().priority, 3);
  EXPECT_EQ(intent->rules.front().example_lines, (std::vector<int>{7, 7}));
  EXPECT_EQ(intent->example_lines.front(), 10);
  EXPECT_TRUE(found(checked(with_keys("    priority: 30\n")), kIntent, 6, "9"));
}

TEST(RuleLanguage, MakesTheFormsOfAnInflectedList) {
  const std::string list = "waste: [boss*, søppel*, avfall*]";
  const auto files = with(content_files(), "intents/words.yaml", list,
                          list + "\nbin: {inflect: masculine, words: [spann, dunk]}");
  const auto named = with(files, kIntent, "[\"@waste\"]", "[\"@waste\", \"@bin\"]");
  EXPECT_TRUE(hits(named, "når vert dunkane tømde"));
  EXPECT_FALSE(hits(named, "når vert dunkekassa tømd"));
  const auto wrong = with(content_files(), "intents/words.yaml", list,
                          list + "\nbin: {inflect: noun, words: [dunk]}");
  EXPECT_TRUE(found(checked(wrong), "intents/words.yaml", 2, "masculine, feminine"));
}

TEST(RuleLanguage, NamesTheLineOfTheExampleThatFails) {
  const auto files = with(content_files(), kIntent, "examples: [\"når vert bosset tømt\"",
                          "examples:\n      [\n      \"når vert bosset vekk\"");
  const auto findings = checked(files);
  const auto failed = std::find_if(findings.begin(), findings.end(),
                                   [](const Finding& one) { return one.kind == "example_fails"; });
  ASSERT_NE(failed, findings.end()) << listed(findings);
  EXPECT_EQ(failed->line, 8);
  EXPECT_NE(failed->what.find("«når vert bosset vekk»"), std::string::npos);
}

TEST(RuleLanguage, TellsWhichPartOfAnAnswerALanguageLacks) {
  const auto findings =
      checked(with(content_files(), "articles/boss.tommekalender.md", "## steps", "## price"));
  EXPECT_TRUE(found(findings, "articles/boss.tommekalender.md", 1, "lacks ## price under # nb"))
      << listed(findings);
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                          [](const Finding& one) { return one.kind == "missing_variant"; }));
}

}  // namespace
}  // namespace svar::service
