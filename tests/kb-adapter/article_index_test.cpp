#include "kb-adapter/articles/article_index.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace svar::kb {
namespace {

Article titled(const std::string& id, const std::string& nn, const std::string& nb) {
  Article article;
  article.id = {id};
  article.title = {nn, nb, ""};
  return article;
}

std::shared_ptr<const ArticleIndex> small_index() {
  return ArticleIndex::build(
      {titled("boss.kalender", "Når vert bosset henta hos meg?", "Når tømmes søppelet hos meg?"),
       titled("bibliotek.opning", "Når er biblioteket ope?", "Når er biblioteket åpent?"),
       titled("barnehage.soke", "Korleis søkjer eg barnehageplass?",
              "Hvordan søker jeg barnehageplass?"),
       titled("vatn.borte", "Kvifor er vatnet borte?", "Hvorfor er vannet borte?"),
       titled("bygg.soke", "Korleis søkjer eg om byggjeløyve?",
              "Hvordan søker jeg om byggetillatelse?")},
      {{{"boss.kalender"}, {"tømmekalender", "bosstømming", "når kjem bossbilen"}},
       {{"bygg.soke"}, {"byggesøknad", "bygge garasje"}},
       {{"finst.ikkje"}, {"ukjend"}}});
}

std::string best(const ArticleIndex& index, std::string_view text) {
  const auto hits = index.search(text, 1);
  return hits.empty() ? "" : hits[0].article->id.value;
}

TEST(ArticleIndex, FindsAnArticleById) {
  const auto index = small_index();
  ASSERT_NE(index->find({"vatn.borte"}), nullptr);
  EXPECT_EQ(index->find({"vatn.borte"})->title.nn, "Kvifor er vatnet borte?");
  EXPECT_EQ(index->find({"finst.ikkje"}), nullptr);
  EXPECT_EQ(index->all().size(), 5U);
}

TEST(ArticleIndex, FindsOtherInflectionsSpellingsAndCompounds) {
  const auto index = small_index();
  EXPECT_EQ(best(*index, "BARNEHAGEPLASSAR"), "barnehage.soke");
  EXPECT_EQ(best(*index, "barnhageplass"), "barnehage.soke");
  EXPECT_EQ(best(*index, "tømme kalender"), "boss.kalender");
  EXPECT_EQ(best(*index, "tommekalender"), "boss.kalender");
  EXPECT_EQ(best(*index, "bygge søknad"), "bygg.soke");
  EXPECT_EQ(best(*index, "biblotekets opningstid"), "bibliotek.opning");
}

TEST(ArticleIndex, ReadsDecomposedLettersLikeComposedOnes) {
  const auto index = small_index();
  EXPECT_EQ(best(*index, "bibliotek a\xCC\x8Apent"),
            "bibliotek.opning");  // «å» as «a» and a ring above
}

TEST(ArticleIndex, GivesTheEditorsOwnPhraseAHighScoreAndForeignWordsNone) {
  const auto index = small_index();
  const auto known = index->search("tømmekalender", 3);
  ASSERT_FALSE(known.empty());
  EXPECT_GT(known[0].score, 0.9);
  EXPECT_TRUE(index->search("xyzzy qqq", 3).empty());
  EXPECT_TRUE(index->search("", 3).empty());
}

TEST(ArticleIndex, GivesScoresFromZeroToOneBestFirst) {
  const auto index = small_index();
  const auto hits = index->search("søke plass", 5);
  ASSERT_GE(hits.size(), 2U);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    EXPECT_GE(hits[i].score, 0);
    EXPECT_LE(hits[i].score, 1);
    if (i > 0) {
      EXPECT_LE(hits[i].score, hits[i - 1].score);
    }
  }
}

TEST(ArticleIndex, TakesAnyBytes) {
  const auto index = small_index();
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 256);
    for (const ArticleHit& hit : index->search(bytes, 3)) EXPECT_NE(hit.article, nullptr);
  }
  EXPECT_NO_FATAL_FAILURE((void)index->search(std::string(100'000, 'x'), 3));
}

TEST(ArticleIndex, WorksWithoutAnyArticle) {
  const auto index = ArticleIndex::build({}, {});
  EXPECT_TRUE(index->search("boss", 3).empty());
  EXPECT_TRUE(index->all().empty());
}

}  // namespace
}  // namespace svar::kb
