#include "bot/service/content/build_release.h"
#include "intents/intent_matcher.h"
#include "kb-adapter/articles/article_index.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using test::at;
using test::content_files;
using test::listed;
using test::with;

std::shared_ptr<const engine::Release> release_at(Time now) {
  const auto built = build_release(kb::parse_content(content_files()).content, now, {7});
  EXPECT_TRUE(built) << listed(built.error());
  return *built;
}

TEST(Release, KnowsItsSitesTextsAndArticles) {
  const auto release = release_at(at(2026, 11, 23));
  EXPECT_EQ(release->number.value, 7);
  EXPECT_TRUE(release->knows_site({"strand"}));
  EXPECT_TRUE(release->knows_site(kCommonSite));
  EXPECT_FALSE(release->knows_site({"oslo"}));
  EXPECT_EQ(release->municipality({"oslo"}), nullptr);
  EXPECT_NE(release->articles->find({"boss.tommekalender"}), nullptr);
  EXPECT_EQ(release->intents->match("når vert bosset tømt").hits.at(0).article.value,
            "boss.tommekalender");
}

TEST(Release, FillsItsTexts) {
  const auto release = release_at(at(2026, 11, 23));
  EXPECT_EQ(
      release->text("notice", Language::nb, {{"municipality", "Strand kommune"}, {"days", "30"}}),
      "notice nb Strand kommune 30");
  EXPECT_EQ(release->text("no_such_key", Language::nn), "no_such_key");
  EXPECT_EQ(release->text("handoff_closed", Language::nn), "handoff_closed nn {opens}");
}

TEST(Release, KnowsWhenTheDeskIsOpen) {
  const auto release = release_at(at(2026, 11, 23));  // a Monday
  EXPECT_FALSE(release->is_open({"strand"}, at(2026, 11, 23, 7, 59)));
  EXPECT_TRUE(release->is_open({"strand"}, at(2026, 11, 23, 8)));
  EXPECT_FALSE(release->is_open({"strand"}, at(2026, 11, 23, 14)));
  EXPECT_EQ(release->next_opening({"strand"}, at(2026, 11, 27, 15)), at(2026, 11, 30, 8));
  EXPECT_EQ(release->next_opening({"strand"}, at(2026, 12, 24, 12)), at(2026, 12, 28, 8));
  EXPECT_FALSE(release->is_open({"oslo"}, at(2026, 11, 23, 9)));
  EXPECT_FALSE(release->next_opening({"strand"}, at(2029, 1, 1)).has_value());
}

TEST(Release, KnowsTheHoursThatAClockSetBackComesTo) {
  const auto release = release_at(at(2026, 11, 25));  // a Wednesday
  EXPECT_TRUE(release->is_open({"strand"}, at(2026, 11, 24, 9)));
}

TEST(Release, CanBeGivenTheHoursOfAnotherYear) {
  const auto content = kb::parse_content(content_files()).content;
  const auto release = build_release(content, at(2026, 11, 23));
  ASSERT_TRUE(release);
  const auto renewed = renew_hours(**release, content, at(2029, 1, 1));
  ASSERT_TRUE(renewed);
  EXPECT_TRUE((*renewed)->is_open({"strand"}, at(2029, 1, 2, 9)));
  EXPECT_EQ((*renewed)->intents, (*release)->intents);
}

TEST(Release, IsNotBuiltOfBrokenRules) {
  const auto files = with(content_files(), "intents/boss.tommekalender.yaml", "@waste", "@unknown");
  const auto built = build_release(kb::parse_content(files).content, at(2026, 11, 23));
  ASSERT_FALSE(built);
  EXPECT_TRUE(test::found(built.error(), "intents/boss.tommekalender.yaml", 0, "unknown"))
      << listed(built.error());
}

TEST(Digest, ChangesWithEveryByteAndNotWithTheMachine) {
  const auto files = content_files();
  const auto digest = content_digest(files);
  EXPECT_EQ(digest.size(), 64U);
  EXPECT_EQ(content_digest(content_files()), digest);
  EXPECT_NE(content_digest(with(files, "facts.yaml", "teknisk", "Teknisk")), digest);
  EXPECT_NE(content_digest({{"ab", "c"}}), content_digest({{"a", "bc"}}));
}

}  // namespace
}  // namespace svar::service
