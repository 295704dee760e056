#include "kb-adapter/articles/passages.h"

#include <gtest/gtest.h>

#include <random>

namespace svar::kb {
namespace {

std::vector<Article> articles() {
  Article waste;
  waste.id = {"boss.kalender"};
  waste.title = {"Når vert bosset henta?", "Når blir søppelet hentet?", ""};
  waste.topic = {"Tømmekalender", "Tømmekalender", ""};
  waste.nn.short_answer = "{{waste.company}} hentar bosset. Søk på adressa di i tømmekalenderen.";
  waste.nb.short_answer =
      "{{waste.company}} henter søppelet. Søk på adressen din i tømmekalenderen.";
  waste.nn.sections = {
      {"missed",
       "Vart ikkje dunken tømd? Lat han stå framme til kl. 16.00 neste dag, og meld frå."},
      {"steps", "1. Opne kalenderen.\n2. Skriv inn adressa di.\n3. Set dunken fram til vegen."}};
  waste.agent_note = {"Spør alltid om gardsnummer før du ringjer sjåføren.", "", ""};
  waste.slots = {{"waste.company", {}}};
  Article kindergarten;
  kindergarten.id = {"barnehage.pris"};
  kindergarten.title = {"Kva kostar barnehage?", "Hva koster barnehage?", ""};
  kindergarten.topic = {"Pris i barnehage", "Pris i barnehage", ""};
  kindergarten.nn.short_answer =
      "Ein heil plass kostar 1 200 kroner i månaden. Søsken får mindre pris.";
  kindergarten.nb.short_answer =
      "En hel plass koster 1 200 kroner i måneden. Søsken får lavere pris.";
  return {waste, kindergarten};
}

Municipality osteroy() {
  Municipality out;
  out.id = {"osteroy"};
  out.name = "Osterøy";
  out.facts["waste.company"] = {{"BIR – bossøymd", "BIR – bossøymd", ""}, true, "", ""};
  return out;
}

std::vector<std::string> found_words(const Passage& passage) {
  std::vector<std::string> words;
  for (const Span& span : passage.found)
    words.push_back(passage.text.substr(span.begin, span.end - span.begin));
  return words;
}

class Passages : public testing::Test {
 protected:
  std::vector<Passage> search(std::string_view query, Language language = Language::nn) const {
    return passages(*index_, query, &municipality_, language, 5);
  }
  Municipality municipality_ = osteroy();
  std::shared_ptr<const ArticleIndex> index_ =
      ArticleIndex::build(articles(), {}, {&municipality_});
};

TEST_F(Passages, ShowTheSentenceThatAnswersWithItsWordsMarked) {
  const auto hits = search("dunken ikkje tømd");
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits[0].article->id.value, "boss.kalender");
  EXPECT_EQ(hits[0].field, Field::section);
  EXPECT_EQ(hits[0].section, "missed");
  EXPECT_EQ(found_words(hits[0]), (std::vector<std::string>{"dunken", "tømd"}));
}

TEST_F(Passages, FillInTheMunicipalitysFactsAndSayThatTheyAreSamples) {
  const auto hits = search("kven hentar bosset");
  ASSERT_FALSE(hits.empty());
  EXPECT_TRUE(hits[0].text.starts_with("BIR – bossøymd hentar bosset.")) << hits[0].text;
  EXPECT_TRUE(hits[0].sample);
  EXPECT_TRUE(passages(*index_, "kven hentar bosset", nullptr, Language::nn, 1)[0].text.starts_with(
      "{{waste.company}}"));
}

TEST_F(Passages, AnArticleIsFoundByWhatAMunicipalityCallsThings) {
  EXPECT_EQ(search("BIR")[0].article->id.value, "boss.kalender");
  EXPECT_EQ(found_words(search("BIR")[0]), (std::vector<std::string>{"BIR"}));
}

TEST_F(Passages, MarkRelativesOfTheWordsInTheTextsOwnBytes) {
  const auto hits = search("tømme kalender på Å", Language::nb);
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits[0].language, Language::nb);
  EXPECT_EQ(found_words(hits[0]), (std::vector<std::string>{"tømmekalenderen"}));
}

TEST_F(Passages, FindWhatOnlyAgentsMayReadAndSearchForCitizensDoesNot) {
  const auto hits = search("gardsnummer");
  ASSERT_FALSE(hits.empty());
  EXPECT_TRUE(hits[0].for_agents_only());
  EXPECT_EQ(found_words(hits[0]), (std::vector<std::string>{"gardsnummer"}));
  for (const ArticleHit& hit : index_->search("gardsnummer", 5)) EXPECT_LT(hit.score, 0.05);
  EXPECT_TRUE(index_->search("xgardsnummerx sjåføren", 5).empty() ||
              index_->search("sjåføren", 5)[0].score < 0.05);
}

TEST_F(Passages, KeepWholeSentencesThroughAbbreviationsAndListNumbers) {
  EXPECT_NE(search("lat dunken stå framme")[0].text.find("kl. 16.00 neste dag"), std::string::npos);
  EXPECT_EQ(search("opne kalenderen")[0].text.rfind("1. Opne", 0), 0U)
      << search("opne kalenderen")[0].text;
}

TEST_F(Passages, AreTheSameTwiceAndTakeAnyBytes) {
  for (const std::string& query :
       {std::string("barnehage pris"), std::string(), std::string("\xFF\xC3"),
        std::string(4'000, 'x'), std::string("🙂 🙂"),
        std::string("barnehage\xCC\x8A \xE2\x80\x8Bpris")}) {
    const auto once = search(query);
    const auto again = search(query);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
      EXPECT_EQ(once[i].text, again[i].text);
      EXPECT_EQ(once[i].found, again[i].found);
      for (const Span& span : once[i].found) EXPECT_LE(span.end, once[i].text.size());
    }
  }
}

bool is_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// What agents write, put together at random of words, pieces of words, marks and broken letters.
TEST_F(Passages, MarkWholeLettersInOrderWhateverIsSearchedFor) {
  const std::vector<std::string> parts = {
      "dunken", "tøm",  "BIR", "bossøymd", "\xC3",         "\xCC\x8A", " ", "1 200",
      "kalen",  "søsk", "på",  "🙂",     "\xE2\x80\x8B", "{{",       "-", "gards"};
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    std::string query;
    for (std::size_t count = random() % 8; count > 0; --count)
      query += parts[random() % parts.size()];
    for (const Passage& passage : search(query, random() % 2 == 0 ? Language::nn : Language::nb)) {
      std::size_t end = 0;
      for (const Span& span : passage.found) {
        ASSERT_LE(end, span.begin) << query;
        ASSERT_LT(span.begin, span.end) << query;
        ASSERT_TRUE(is_border(passage.text, span.begin) && is_border(passage.text, span.end))
            << query;
        end = span.end;
      }
      ASSERT_LE(end, passage.text.size()) << query;
    }
  }
}

}  // namespace
}  // namespace svar::kb
