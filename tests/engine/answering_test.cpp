#include <gtest/gtest.h>

#include "tests/engine/small_release.h"

namespace svar::engine {
namespace {

using fakes::Citizen;

std::vector<std::string> ids(const std::vector<ArticleId>& topics) {
  std::vector<std::string> out;
  for (const ArticleId& topic : topics) out.push_back(topic.value);
  return out;
}

using Topics = std::vector<std::string>;

TEST(Answering, GivesTheMunicipalitysOwnAnswer) {
  Citizen citizen("osteroy");
  const Reply reply = citizen.says("når vert bosset tømt");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  EXPECT_EQ(reply.said.text, "BIR tømmer bosset.");
  EXPECT_EQ(reply.said.topic_title, "Tømmekalender");
  EXPECT_EQ(reply.said.municipality, MunicipalityId{"osteroy"});
  EXPECT_EQ(reply.said.because.municipality_from, "site");
  EXPECT_EQ(reply.said.because.how, "rule");
  EXPECT_EQ(reply.said.because.rule, "intents/x.yaml#when");
  EXPECT_EQ(reply.said.release, ReleaseNumber{7});
  EXPECT_GT(reply.said.confidence, 0.9);
  EXPECT_EQ(Citizen("gulen").says("når vert bosset tømt").said.text, "NGIR tømmer bosset.");
}

TEST(Answering, LetsAPlaceInTheTextGoBeforeTheSite) {
  const Reply reply = Citizen("osteroy").says("når vert bosset tømt i Dalsøyra");
  EXPECT_EQ(reply.said.text, "NGIR tømmer bosset.");
  EXPECT_EQ(reply.said.because.municipality_from, "text");
}

TEST(Answering, AsksWhichMunicipalityOnTheCommonSiteOnlyWhenItMatters) {
  Citizen citizen("felles");
  const Reply asked = citizen.says("når vert bosset tømt");
  EXPECT_EQ(asked.said.outcome, Outcome::clarify_municipality);
  EXPECT_EQ(asked.said.choices.size(), 3u);
  EXPECT_EQ(ids(asked.waiting_articles), Topics{"boss.tommekalender"});
  EXPECT_FALSE(asked.said.municipality);
  EXPECT_EQ(Citizen("felles").says("pris i barnehage").said.outcome, Outcome::answer);
  EXPECT_EQ(Citizen("felles").says("når vert bosset tømt i Lonevåg").said.text,
            "BIR tømmer bosset.");
}

TEST(Answering, AsksWhenAPlaceNameAlsoIsElsewhere) {
  Citizen citizen("felles");
  const Reply asked = citizen.says("feiing på Dale");
  EXPECT_EQ(asked.said.outcome, Outcome::clarify_municipality);
  EXPECT_EQ(asked.said.text, "Dale: Vaksdal eller Sunnfjord?");
  EXPECT_EQ(asked.said.choices.front().id, "municipality:vaksdal");
  EXPECT_EQ(citizen.says("ja, den første").said.text, "Feiaren kjem til Vaksdal.");
}

TEST(Answering, TakesAnAmbiguousNameForTheSitesOwn) {
  EXPECT_EQ(Citizen("vaksdal").says("feiing på Dale").said.text, "Feiaren kjem til Vaksdal.");
}

TEST(Answering, AsksAmongSeveralMunicipalitiesNamed) {
  const Reply reply = Citizen("felles").says("feiing i Gulen eller på Osterøy");
  EXPECT_EQ(reply.said.outcome, Outcome::clarify_municipality);
  EXPECT_EQ(reply.said.choices.size(), 2u);
}

TEST(Answering, ClarifiesBetweenSeveralDefinitiveHits) {
  const Reply reply = Citizen("osteroy").says("barnehage");
  EXPECT_EQ(reply.said.outcome, Outcome::clarify);
  EXPECT_EQ(ids(reply.said.topics), (Topics{"barnehage.soke", "barnehage.pris"}));
  ASSERT_EQ(reply.said.choices.size(), 4u);
  EXPECT_EQ(reply.said.choices[0].label, "Søkje barnehageplass");
  EXPECT_EQ(reply.said.choices[2].id, "other");
  EXPECT_EQ(reply.said.choices[3].id, "person");
}

TEST(Answering, AnswersBothOfTwoQuestionsInOneMessage) {
  const Reply two = Citizen("osteroy").says("når er det feiing og når tømmer de septiktanken");
  EXPECT_EQ(two.said.outcome, Outcome::answer);
  EXPECT_EQ(ids(two.said.topics), (Topics{"feiing.nar", "slam.tomming"}));
  EXPECT_EQ(two.said.text, "Feiaren kjem til Osterøy.\n\nSlambilen kjem.");
  const Reply shared = Citizen("osteroy").says("pris på barnehage og sfo?");
  EXPECT_EQ(ids(shared.said.topics), (Topics{"barnehage.pris", "sfo.pris"}));
}

TEST(Answering, NeverShowsAnAnswerWithAGap) {
  const Reply reply = Citizen("gulen").says("når er biblioteket ope");
  EXPECT_EQ(reply.said.text, "manglar: Opningstid på biblioteket");
  EXPECT_EQ(reply.said.choices.front().id, "person");
  const Reply sample = Citizen("osteroy").says("når er biblioteket ope");
  EXPECT_EQ(sample.said.text, "Ope 10–15.");
  EXPECT_TRUE(sample.said.sample);
}

TEST(Answering, RemindsWhoeverTellsOfIllnessAndOffersAPersonBesideTheAnswer) {
  Citizen citizen("osteroy");
  const Reply reply = citizen.says("eg har kreft, når er biblioteket ope");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  EXPECT_TRUE(reply.said.text.starts_with("health_reminder.nn")) << reply.said.text;
  EXPECT_EQ(reply.said.choices.back().id, "person");
}

TEST(Answering, LeavesIllnessWithoutAQuestionToAPerson) {
  EXPECT_EQ(Citizen("osteroy").says("eg har kreft").handoff, HandoffReason::sensitive);
}

TEST(Answering, AnswersTheAngryToTheQuestionAndOffersAPerson) {
  Citizen citizen("osteroy");
  const Reply reply = citizen.says("idiotar, når er biblioteket ope");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  EXPECT_EQ(reply.said.choices.back().id, "person");
  EXPECT_FALSE(reply.said.text.starts_with("health_reminder"));
}

TEST(Answering, HandsOverOnWishAnger_AndPersonalCases) {
  EXPECT_EQ(Citizen("osteroy").says("eg vil snakke med eit menneske").handoff,
            HandoffReason::asked);
  EXPECT_EQ(Citizen("osteroy").says("udugelege idiotar").handoff, HandoffReason::angry);
  EXPECT_EQ(Citizen("osteroy").says("kor langt er saka mi komen").handoff, HandoffReason::personal);
  const Reply status = Citizen("osteroy").says("status i byggesaka");
  EXPECT_EQ(status.handoff, HandoffReason::personal);
  EXPECT_EQ(ids(status.said.topics), Topics{"bygg.status"});
}

TEST(Answering, AnswersAnAngryCitizensQuestion) {
  EXPECT_EQ(Citizen("osteroy").says("idiotar, når vert bosset tømt").said.outcome, Outcome::answer);
}

TEST(Answering, OffersAPersonBesideSensitiveAnswers) {
  const Reply reply = Citizen("osteroy").says("krisesenter");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  ASSERT_FALSE(reply.said.choices.empty());
  EXPECT_EQ(reply.said.choices.back().id, "person");
}

TEST(Answering, MakesSmallTalkOnlyWhenThereIsNoQuestion) {
  EXPECT_EQ(Citizen("osteroy").says("hei").said.outcome, Outcome::smalltalk);
  EXPECT_EQ(Citizen("osteroy").says("👍").said.text, "smalltalk_thanks.nn");
  EXPECT_EQ(Citizen("osteroy").says("takk, ha det").said.text, "smalltalk_goodbye.nn");
  EXPECT_EQ(Citizen("osteroy").says("er du ein robot?").said.text, "smalltalk_about_bot.nn");
  EXPECT_EQ(Citizen("osteroy").says("hei, når vert bosset tømt").said.outcome, Outcome::answer);
}

TEST(Answering, TellsHowToDeleteAndWhoIsResponsible) {
  EXPECT_EQ(Citizen("gulen").says("slett samtalen").said.text, "delete_how.nn");
  EXPECT_EQ(Citizen("gulen").says("kven har ansvaret for dette").said.text, "Gulen kommune 30");
}

TEST(Answering, SaysWhatItIsNotFor) {
  EXPECT_EQ(Citizen("gulen").says("oppskrift på lefse").said.outcome, Outcome::offtopic);
}

TEST(Answering, AnswersOtherLanguagesHonestlyWithAPersonAtHand) {
  const Reply reply = Citizen("osteroy").says("Коли вивозять сміття?");
  EXPECT_EQ(reply.said.outcome, Outcome::language);
  EXPECT_EQ(reply.said.text, "Вибачте.");
  EXPECT_EQ(reply.said.choices.front().id, "person");
}

TEST(Answering, ChangesLanguageOnWishAloneAndWithAQuestion) {
  Citizen citizen("osteroy");
  const Reply wish = citizen.says("kan du svare på bokmål?");
  EXPECT_EQ(wish.said.outcome, Outcome::language);
  EXPECT_EQ(wish.language_wish, Language::nb);
  EXPECT_EQ(wish.said.text, "language_changed.nb");
  EXPECT_EQ(wish.said.because.language_from, "wish");
  const Reply both = Citizen("osteroy").says("når vert bosset tømt? svar på bokmål");
  EXPECT_EQ(both.said.outcome, Outcome::answer);
  EXPECT_EQ(both.said.text, "Bokmål: BIR tømmer bosset.");
  EXPECT_EQ(both.language_wish, Language::nb);
}

TEST(Answering, GivesTheLanguageThatTheAnswerReallyIsIn) {
  EXPECT_EQ(Citizen("osteroy", Language::en).says("når vert bosset tømt").said.language,
            Language::nn);
}

TEST(Answering, FindsByMeaningWhatNoRuleKnows) {
  const Reply reply = Citizen("osteroy").says("dunken vår er knust");
  EXPECT_NE(reply.said.because.how, "none");
  ASSERT_FALSE(reply.said.topics.empty());
  EXPECT_EQ(reply.said.topics.front().value, "boss.dunk");
}

TEST(Answering, AcceptsAnyWords) {
  for (const char* text : {"", "   ", "?", "\xFF\xFE", "1", "«»", "<script>alert(1)</script>"}) {
    EXPECT_FALSE(Citizen("felles").says(text).said.text.empty()) << text;
  }
}

}  // namespace
}  // namespace svar::engine
