#include "kb-adapter/articles/compose.h"

#include <gtest/gtest.h>

namespace svar::kb {
namespace {

Municipality osteroy() {
  Municipality municipality;
  municipality.id = {"osteroy"};
  municipality.name = "Osterøy";
  municipality.full_name = {"Osterøy kommune", "Osterøy kommune", "Osterøy municipality"};
  municipality.council = {"heradsstyret", "herredsstyret", ""};
  municipality.facts["waste.company"] = {{"BIR", "BIR", ""}, false, "https://bir.no", "2026-11-01"};
  municipality.facts["library.hours"] = {{"måndag", "mandag", "Monday"}, true, "", ""};
  municipality.facts["empty"] = {{"", "", ""}, false, "", ""};
  return municipality;
}

Article article_saying(const std::string& text) {
  Article article;
  article.id = {"a"};
  article.nn.short_answer = text;
  return article;
}

TEST(Compose, FillsLocalFactsIntoTheCommonText) {
  const auto municipality = osteroy();
  const auto composed =
      compose(article_saying("{{waste.company}} hentar i {{ municipality.name }}."), &municipality,
              Language::nn);
  EXPECT_EQ(composed.text, "BIR hentar i Osterøy.");
  EXPECT_TRUE(composed.complete());
  EXPECT_FALSE(composed.sample);
}

TEST(Compose, PutsTheShortAnswerBeforeTheSections) {
  Article article = article_saying("Kort.");
  article.nn.sections = {{"steps", "1. Ein\n2. To"}, {"price", "Gratis."}};
  const auto composed = compose(article, nullptr, Language::nn);
  EXPECT_EQ(composed.short_answer, "Kort.");
  EXPECT_EQ(composed.text, "Kort.\n\n1. Ein\n2. To\n\nGratis.");
}

TEST(Compose, MarksTheWholeAnswerWhenOneShownValueIsASample) {
  const auto municipality = osteroy();
  EXPECT_TRUE(
      compose(article_saying("Ope {{library.hours}}."), &municipality, Language::nn).sample);
  Article linked = article_saying("Sjå her.");
  linked.links.push_back({{"{{library.hours}}", "", ""}, {"https://x.example", "", ""}, {}});
  const auto composed = compose(linked, &municipality, Language::nn);
  EXPECT_TRUE(composed.sample);
  EXPECT_TRUE(composed.links[0].sample);
}

TEST(Compose, NamesEveryMissingSlotOnce) {
  const auto municipality = osteroy();
  const auto composed =
      compose(article_saying("{{a}} {{b}} {{a}} {{empty}}"), &municipality, Language::nn);
  EXPECT_EQ(composed.missing, (std::vector<std::string>{"a", "b", "empty"}));
  EXPECT_FALSE(composed.complete());
}

TEST(Compose, MissesEverySlotWithoutAMunicipality) {
  EXPECT_FALSE(compose(article_saying("{{municipality.name}}"), nullptr, Language::nn).complete());
  EXPECT_TRUE(compose(article_saying("Same for alle."), nullptr, Language::nn).complete());
}

TEST(Compose, SaysHonestlyWhichLanguageItFellBackTo) {
  Article article = article_saying("Nynorsk.");
  article.nb.short_answer = "Bokmål.";
  EXPECT_EQ(compose(article, nullptr, Language::nb).text, "Bokmål.");
  const auto english = compose(article, nullptr, Language::en);
  EXPECT_EQ(english.text, "Nynorsk.");
  EXPECT_EQ(english.language, Language::nn);
}

TEST(Compose, LeavesAnUnclosedSlotAndStrayBracesAlone) {
  EXPECT_EQ(compose(article_saying("a {{b } c {d}"), nullptr, Language::nn).text, "a {{b } c {d}");
}

TEST(Compose, NeverFillsWhatAFactItselfSays) {
  auto municipality = osteroy();
  municipality.facts["waste.company"].value.nn = "{{library.hours}}";
  EXPECT_EQ(compose(article_saying("{{waste.company}}"), &municipality, Language::nn).text,
            "{{library.hours}}");
}

}  // namespace
}  // namespace svar::kb
