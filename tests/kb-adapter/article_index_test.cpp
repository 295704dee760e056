#include "kb-adapter/articles/article_index.h"

#include <gtest/gtest.h>

#include <algorithm>
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

TEST(ArticleIndex, ReadsHiddenMarksEmojiAndOneTypoAway) {
  const auto index = small_index();
  EXPECT_EQ(best(*index, "barne\xE2\x80\x8Bhage🙂plass"), "barnehage.soke");
  EXPECT_EQ(best(*index, "bibiloteket"), "bibliotek.opning");  // two letters swapped
  EXPECT_EQ(best(*index, "barnehageplas"), "barnehage.soke");
  EXPECT_EQ(best(*index, "byggjesknad"), "bygg.soke");
}

TEST(ArticleIndex, FindsABokmaalTextByANynorskQuestionAndTheOtherWay) {
  const auto index =
      ArticleIndex::build({titled("sjukeheim", "", "Hvordan får jeg plass på sykehjem?"),
                           titled("loyve", "", "Når trenger jeg byggetillatelse?"),
                           titled("vatn", "Kven les av vassmålaren?", ""),
                           titled("rekneskap", "Kvar er rekneskapen til kommunen?", "")},
                          {});
  EXPECT_EQ(best(*index, "sjukeheimsplass"), "sjukeheim");
  EXPECT_EQ(best(*index, "byggjeløyve"), "loyve");
  EXPECT_EQ(best(*index, "vannmåleren"), "vatn");
  EXPECT_EQ(best(*index, "regnskap"), "rekneskap");
}

TEST(ArticleIndex, FindsAnArticleByWhatItSays) {
  Article article = titled("boss.kalender", "Når vert bosset henta?", "");
  article.nn.short_answer = "Sjå kalenderen hos {{waste.zzyzx}}.";
  article.nn.sections = {{"steps", "Set dunken fram til vegkanten kvelden før."}};
  const auto index =
      ArticleIndex::build({article, titled("vatn.borte", "Kvifor er vatnet borte?", "")}, {});
  EXPECT_EQ(best(*index, "vegkant"), "boss.kalender");
  EXPECT_TRUE(index->search("zzyzx", 3).empty()) << "a slot's name is no word of the answer";
}

TEST(ArticleIndex, NeverFindsAnArticleByWhatOnlyAgentsMayRead) {
  Article article = titled("boss.kalender", "Når vert bosset henta?", "");
  article.agent_note = {"Nøkkelordet xylofon", "", ""};
  const auto index = ArticleIndex::build({article}, {});
  EXPECT_TRUE(index->search("xylofon", 3).empty());
  ASSERT_EQ(index->search_with_notes("xylofon", 3).size(), 1U);
}

TEST(ArticleIndex, GivesTheSameAnswersWhicheverOrderArticlesComeIn) {
  std::vector<Article> articles;
  for (int i = 0; i < 200; ++i) {
    articles.push_back(
        titled("a" + std::to_string(i), "Spørsmål om sak " + std::to_string(i % 7), "Sak"));
  }
  const auto forwards = ArticleIndex::build(articles, {});
  std::reverse(articles.begin(), articles.end());
  const auto backwards = ArticleIndex::build(articles, {});
  const auto one = forwards->search("spørsmål sak 3", 50);
  const auto other = backwards->search("spørsmål sak 3", 50);
  ASSERT_GT(one.size(), 20U);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].article->id, other[i].article->id);
    EXPECT_EQ(one[i].score, other[i].score);
  }
}

TEST(ArticleIndex, TakesALongMessageOneWordAndNothing) {
  const auto index = small_index();
  std::string essay = "Når vert bosset henta hos meg?";
  while (essay.size() < 4'000) essay += " ja og så lurer eg på det";
  EXPECT_EQ(best(*index, essay), "boss.kalender");
  EXPECT_EQ(best(*index, "bibliotek"), "bibliotek.opning");
  EXPECT_EQ(best(*index, "   \n"), "");
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
