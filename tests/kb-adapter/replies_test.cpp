// What agents often say: read strictly, and checked against the rest of the content.
#include "bot/service/content/build_release.h"
#include "bot/service/content/check_content.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using test::at;
using test::content_files;
using test::found;
using test::listed;
using test::with;

const std::string kCommon = "replies/contact_centre.yaml";
const std::string kOwn = "municipalities/fjell/replies.yaml";

std::vector<ContentFile> files() {
  auto all = content_files();
  all.push_back({kCommon, R"(greeting:
  title: {nn: Helsing, nb: Hilsen, en: Greeting}
  text: {nn: "Hei, {{agent.first_name}} her.", nb: "Hei, {{agent.first_name}} her.", en: "{{agent.first_name}} here."}
waste:
  title: {nn: Boss, nb: Avfall, en: Waste}
  text: {nn: "Ring {{waste.company}}.", nb: "Ring {{waste.company}}.", en: "Call {{waste.company}}."}
)"});
  all.push_back({kOwn, R"(greeting:
  title: {nn: Helsing, nb: Hilsen, en: Greeting}
  text: {nn: "Sjå www.fjell.example.", nb: "Se www.fjell.example.", en: "See www.fjell.example."}
)"});
  return all;
}

Findings check(const std::vector<ContentFile>& files) {
  return check_content(kb::parse_content(files).content, at(2026, 11, 23));
}

TEST(Replies, AreReadAsCommonAndAsAMunicipalitysOwn) {
  const auto read = kb::parse_content(files());
  EXPECT_TRUE(read.complete()) << listed(read.findings);
  const auto release = build_release(read.content, at(2026, 11, 23), {}, nullptr);
  ASSERT_TRUE(release);
  const auto& replies = (*release)->replies;
  ASSERT_EQ(replies.size(), 3u);
  EXPECT_EQ(replies[0].id, "greeting");
  EXPECT_EQ(replies[1].text.en, "Call {{waste.company}}.");
  EXPECT_EQ(replies[2].municipality, MunicipalityId{"fjell"});
  EXPECT_FALSE(has_errors(check(files()))) << listed(check(files()));
}

TEST(Replies, WithASlotThatNobodyKnowsAreFound) {
  const auto findings = check(
      with(files(), kCommon, "nn: \"Ring {{waste.company}}.\"", "nn: \"Ring {{waste.compny}}.\""));
  EXPECT_TRUE(found(findings, kCommon, 5, "«{{waste.compny}}»")) << listed(findings);
  EXPECT_TRUE(found(findings, kCommon, 5, "in nb has other slots")) << listed(findings);
}

TEST(Replies, WithoutALanguageOrTooLongAreFound) {
  auto findings = check(with(files(), kCommon, ", en: Waste}", "}"));
  EXPECT_TRUE(found(findings, kCommon, 5, "«waste» in en is missing")) << listed(findings);
  findings = check(with(files(), kCommon, "nn: Boss", "nn: " + std::string(61, 'B')));
  EXPECT_TRUE(found(findings, kCommon, 5, "more than 60")) << listed(findings);
  findings = check(with(files(), kCommon, "nn: \"Ring", "nn: \"" + std::string(1'001, 'B')));
  EXPECT_TRUE(found(findings, kCommon, 5, "more than 1,000")) << listed(findings);
}

TEST(Replies, OfTheSameNameOrOfNoMunicipalityAreFound) {
  auto twice = files();
  twice.push_back({"replies/more.yaml", twice[twice.size() - 2].bytes});
  EXPECT_TRUE(found(check(twice), "replies/more.yaml", 2, "written twice"));
  auto nowhere = files();
  nowhere.push_back({"municipalities/nowhere/replies.yaml", nowhere.back().bytes});
  EXPECT_TRUE(found(check(nowhere), "municipalities/nowhere/replies.yaml", 2,
                    "there is no municipality «nowhere»"));
}

TEST(Replies, NameHostsThatSomebodyOwns) {
  const auto findings = check(with(files(), kCommon, "Ring {{waste.company}}.\", nb",
                                   "Ring {{waste.company}} eller sjå bossfolket.no.\", nb"));
  EXPECT_TRUE(found(findings, kCommon, 5, "«bossfolket.no»")) << listed(findings);
}

TEST(Replies, WithAFieldTooManyAreRefused) {
  const auto read = kb::parse_content(with(files(), kCommon, "  text:", "  tekst: x\n  text:"));
  EXPECT_FALSE(read.complete());
}

}  // namespace
}  // namespace svar::service
