// What is shipped, as citizens of every municipality read it; and an eighth municipality, which is
// one more folder.
#include <gtest/gtest.h>

#include "bot/engine/answering.h"
#include "bot/service/content/build_release.h"
#include "bot/service/content/check_content.h"
#include "kb-adapter/articles/compose.h"
#include "kb-adapter/sources/folder_source.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar {
namespace {

using test::at;
using test::listed;

constexpr std::size_t kShortAnswerCodePointsMax = 400;
const std::string kEighth = "municipalities/lavangsvik/municipality.yaml";

const kb::FolderContent& shipped() {
  static const kb::FolderContent kContent = kb::FolderSource(SVAR_SHIPPED_CONTENT).read();
  return kContent;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// What must never be seen on a screen: an unfilled slot or name, an empty link, a doubled blank or
// a stop without a word before it, as an empty value leaves them.
void expect_whole(const kb::Composed& composed, const std::string& where) {
  EXPECT_TRUE(composed.complete()) << where << " lacks " << composed.missing.front();
  EXPECT_FALSE(composed.short_answer.empty()) << where;
  EXPECT_LE(code_points(composed.short_answer), kShortAnswerCodePointsMax) << where;
  std::string shown = composed.text;
  for (const Link& link : composed.links) {
    EXPECT_FALSE(link.label.empty() || link.url.empty()) << where;
    shown += "\n" + link.label + "\n" + link.url;
  }
  for (const char* gap : {"{", "}", "  ", " .", " ,", "()", ": \n"}) {
    EXPECT_EQ(shown.find(gap), std::string::npos) << where << ": «" << gap << "» in\n" << shown;
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t found = text.find(from); found != std::string::npos;
       found = text.find(from, found + to.size())) {
    text.replace(found, from.size(), to);
  }
  return text;
}

// Modalen's folder under another name, as config/content/README.md tells to begin.
std::vector<service::ContentFile> with_an_eighth() {
  std::vector<service::ContentFile> files = shipped().content.files;
  const auto model = std::find_if(files.begin(), files.end(), [](auto& file) {
    return file.path == "municipalities/modalen/municipality.yaml";
  });
  std::string text = replaced(model->bytes, "Modalen", "Lavangsvik");
  text = replaced(text, "modalen", "lavangsvik");
  text = replaced(text, "\"4629\"", "\"9998\"");
  text = replaced(text, "\"964969302\"", "\"999999999\"");
  const std::size_t places = text.find("\nplaces:") + 1;
  const std::size_t hours = text.find("\nhours:") + 1;
  text.replace(places, hours - places, "places:\n  - Lavangsneset\n");
  files.push_back({kEighth, text});
  return files;
}

TEST(ShippedContent, IsReadWithoutAFault) {
  EXPECT_TRUE(shipped().complete()) << listed(shipped().findings);
  EXPECT_EQ(shipped().content.municipalities.size(), 7U);
  EXPECT_EQ(shipped().content.articles.size(), 118U);
}

TEST(ShippedContent, ComposesEveryTopicForEveryMunicipalityInBothWrittenLanguages) {
  const service::Content& content = shipped().content;
  int composed = 0;
  for (const kb::Article& article : content.articles) {
    for (const auto& [id, one] : content.municipalities) {
      for (const Language language : {Language::nn, Language::nb}) {
        ASSERT_EQ(article.spoken(language), language) << article.id.value;
        const std::string where = article.id.value + " " + id + " " + std::string(code(language));
        expect_whole(kb::compose(article, &one.municipality, language), where);
        ++composed;
      }
    }
  }
  EXPECT_EQ(composed, 118 * 7 * 2);
}

TEST(ShippedContent, AnswersForAMunicipalityWhoseFolderWasAdded) {
  auto read = kb::parse_content(with_an_eighth());
  ASSERT_TRUE(read.complete()) << listed(read.findings);
  const Time now = at(2026, 11, 24, 9);
  const auto findings = service::check_content(read.content, now);
  EXPECT_FALSE(service::has_errors(findings)) << listed(findings);
  const auto release = service::build_release(read.content, now);
  ASSERT_TRUE(release) << listed(release.error());
  const auto asked = [&](const char* site, const char* text) {
    const SiteId at_site{site};
    std::optional<MunicipalityId> municipality;
    if (at_site != kCommonSite) municipality = MunicipalityId{site};
    const Pending pending;
    const std::vector<ArticleId> last_topics;
    const engine::Question question{text, at_site, municipality, Language::nn, pending, last_topics,
                                    0,    0};
    return engine::answer(question, **release, now).said;
  };
  const MunicipalityId eighth{"lavangsvik"};
  const BotReplied here = asked("lavangsvik", "når er biblioteket ope");
  EXPECT_EQ(here.outcome, Outcome::answer);
  EXPECT_EQ(here.municipality, eighth);
  EXPECT_TRUE(here.sample);
  EXPECT_NE(here.text.find("Lavangsvik"), std::string::npos) << here.text;
  EXPECT_EQ(asked("felles", "kven feiar pipa på Lavangsneset").municipality, eighth);
  const BotReplied where = asked("felles", "når er biblioteket ope");
  EXPECT_EQ(where.outcome, Outcome::clarify_municipality);
  EXPECT_EQ(where.choices.size(), 8U);
}

}  // namespace
}  // namespace svar
