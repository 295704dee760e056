// What is only possible: the example model's word, and how an explanation tells of it.
#include <gtest/gtest.h>

#include <limits>

#include "bot/engine/topics.h"
#include "intents/model/example_model.h"
#include "intents/training/training.h"
#include "tests/engine/small_release.h"

namespace svar::engine {
namespace {

using fakes::Citizen;

// The small release, taught a few ways of asking. Thresholds are set, because so few examples can't
// tell where they lie.
std::shared_ptr<const Release> taught(double accept, double clear) {
  intents::TrainingInput input;
  const auto teach = [&](const char* topic, std::initializer_list<const char*> texts) {
    for (const char* text : texts) input.examples.push_back({topic, text});
  };
  teach("boss.dunk", {"dunken min er knust", "treng ei ny tønne", "loket på spannet er av"});
  teach("bibliotek.opning", {"kan eg levere lånebøker", "bokutlån i kveld", "låne ei bok"});
  teach("feiing.nar", {"sot i pipa", "skorsteinen må reinskast", "pipa ryk inn"});
  intents::Thresholds thresholds;
  thresholds.accept = accept;
  thresholds.clear = clear;
  auto release = std::make_shared<Release>(*fakes::small_release());
  release->model =
      std::make_shared<const intents::ExampleModel>(intents::train(input).with(thresholds));
  return release;
}

Found find(const Release& release, std::string_view message) {
  return possible_topics(release, release.intents->match(message));
}

TEST(PossibleTopics, AreClearFromTheFittedScoreOn) {
  const Found clear = find(*taught(0, 0), "skorsteinen ryk");
  ASSERT_FALSE(clear.articles.empty());
  EXPECT_EQ(clear.articles.front()->id.value, "feiing.nar");
  EXPECT_TRUE(clear.clear);
  EXPECT_FALSE(find(*taught(0, 1), "skorsteinen ryk").clear) << "below the threshold";
}

TEST(PossibleTopics, AreNotBelievedWhenTheGateSaysThatNothingOfOursIsAsked) {
  const Found found = find(*taught(1, 0), "skorsteinen ryk");
  EXPECT_TRUE(found.articles.empty());
  EXPECT_FALSE(found.clear);
  ASSERT_FALSE(found.because.candidates.empty()) << "what was weighed is told all the same";
  EXPECT_EQ(found.because.candidates.front().lost, "unlikely");
}

TEST(PossibleTopics, TellHowSureTheGateWasAndFromWhereOnItIsBelieved) {
  const Found found = find(*taught(0.25, 0), "skorsteinen ryk");
  EXPECT_EQ(found.because.in_scope_min, 0.25);
  ASSERT_TRUE(found.because.in_scope);
  EXPECT_GE(*found.because.in_scope, 0);
  EXPECT_LE(*found.because.in_scope, 1);
}

TEST(PossibleTopics, PointAtTheCitizensOwnWordsThatDecided) {
  const std::string message = "hjelp, skorsteinen ryk";
  const Found found = find(*taught(0, 0), message);
  ASSERT_FALSE(found.because.matched.empty());
  std::string words;
  for (const Span& span : found.because.matched)
    words += message.substr(span.begin, span.end - span.begin) + " ";
  EXPECT_NE(words.find("skorsteinen"), std::string::npos) << words;
}

TEST(PossibleTopics, AreTheIndexesAloneWithoutAModel) {
  const Found found = find(*fakes::small_release(), "opningstid for å låne bøker på biblioteket");
  EXPECT_FALSE(found.because.in_scope);
  for (const Candidate& one : found.because.candidates) EXPECT_EQ(one.how, "search");
}

// The small release, taught what it is like when somebody is ill.
std::shared_ptr<const Release> taught_danger(double alarm) {
  auto release = std::make_shared<Release>(*fakes::small_release());
  intents::TrainingInput input;
  for (const char* text :
       {"ho har teke mange tablettar", "han ligg heilt stille", "far pustar tungt"})
    input.examples.push_back({"danger:medical", text});
  for (const char* text : {"dunken min er knust", "treng ei ny tønne", "loket på spannet er av"})
    input.examples.push_back({"boss.dunk", text});
  intents::Thresholds believed;
  believed.accept = believed.clear = 0;
  believed.alarm = alarm;
  release->model =
      std::make_shared<const intents::ExampleModel>(intents::train(input).with(believed));
  return release;
}

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kAlways = -kNever;

TEST(PossibleTopics, AreNeverADangerThatWasLearned) {
  const Found found = find(*taught_danger(kNever), "bror har teke tablettar og ligg stille");
  EXPECT_GT(found.danger, 0.25);
  EXPECT_FALSE(found.clear);
  for (const Candidate& one : found.because.candidates)
    EXPECT_NE(one.article.value, "danger:medical");
}

TEST(LearnedDanger, IsSpokenOfWhereItIsTheLikeliestExplanation) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(kNever));
  const Reply reply = citizen.says("bror har teke tablettar og ligg stille");
  EXPECT_EQ(reply.said.safety, SafetyKind::medical);
  EXPECT_EQ(reply.said.text, "safety_likely_medical.nn");
  ASSERT_FALSE(reply.said.choices.empty());
  EXPECT_EQ(reply.said.choices.front().id, "person");
  EXPECT_TRUE(reply.said.topics.empty()) << "no topics to choose between for somebody in need";
}

TEST(LearnedDanger, IsAHintAlongWithTheTopicsWhereItIsOnlyPossible) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(kNever));
  const Reply reply = citizen.says("tablettar i spannet");
  EXPECT_EQ(reply.said.safety, std::nullopt) << "a hint is no alarm";
  EXPECT_TRUE(reply.said.text.starts_with("danger_hint.nn")) << reply.said.text;
}

TEST(LearnedDanger, IsNoGuessBesideAWishThatExplainsTheMessage) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(kNever));
  EXPECT_EQ(citizen.says("han ligg stille, eg vil snakke med eit menneske").said.safety,
            std::nullopt);
}

TEST(LearnedDanger, OutweighsARuleInALongMessageAndNeverInAShortOne) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(kNever));
  const Reply reply =
      citizen.says("bror skulle feie pipa, har teke tablettar, pustar tungt og ligg heilt stille");
  EXPECT_EQ(reply.said.safety, SafetyKind::medical) << reply.said.text;
  EXPECT_EQ(citizen.says("når kjem feiaren").said.safety, std::nullopt);
}

// Explained by the rule of another topic than the whole message is about.
TEST(Doubt, AsksWhereALongMessageIsLikelyAboutSomethingElseThanItsRule) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught(0, 1));
  const Reply reply =
      citizen.says("loket på dunken min er knust, treng ei ny tønne når vert bosset henta");
  EXPECT_EQ(reply.said.outcome, Outcome::clarify) << reply.said.text;
  ASSERT_GE(reply.said.topics.size(), 2U);
  EXPECT_EQ(citizen.says("når vert bosset henta").said.outcome, Outcome::answer) << "short";
}

TEST(LearnedDanger, AnswersFromItsThresholdOnAndSaysThatTheModelThoughtSo) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(0.1));
  const std::string message = "bror har teke tablettar og ligg stille";
  const Reply reply = citizen.says(message);
  EXPECT_EQ(reply.said.outcome, Outcome::safety);
  EXPECT_EQ(reply.said.safety, SafetyKind::medical);
  EXPECT_EQ(reply.said.text, "safety_likely_medical.nn");
  EXPECT_EQ(reply.said.because.how, "model");
  EXPECT_TRUE(reply.said.because.rule.empty());
  EXPECT_FALSE(reply.said.because.matched.empty()) << "the citizen's words that spoke for it";
  EXPECT_LE(reply.said.confidence, 1);
  EXPECT_EQ(citizen.says("treng ei ny tønne til bosset").said.safety, std::nullopt);
}

TEST(LearnedDanger, NeverDoubtsWhatARuleHasExplained) {
  Citizen citizen("osteroy", Language::nn, fakes::kOpen, taught_danger(kAlways));
  EXPECT_EQ(citizen.says("når vert bosset henta").said.outcome, Outcome::answer);
  EXPECT_EQ(citizen.says("det brenn i løa").said.because.how, "safety");
  EXPECT_EQ(citizen.says("Lonevåg").said.safety, std::nullopt) << "a place alone";
}

TEST(LearnedDanger, HoldsAlsoWhereTheBotIsSilent) {
  const std::string message = "bror har teke tablettar og ligg stille";
  const auto shown = safety(message, Language::nb, std::nullopt, *taught_danger(0.1));
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->text, "safety_likely_medical.nb");
  EXPECT_FALSE(safety(message, Language::nb, std::nullopt, *taught_danger(kNever)));
}

TEST(Explanation, NamesTheDefinitiveHitThatAnotherOneCovered) {
  intents::Matches matches;
  matches.hits = {{{"barnehage.pris"}, intents::HitKind::rule, "b#price", 1, {{0, 4}, {5, 14}}}};
  matches.outdone = {{{{"barnehage.soke"}, intents::HitKind::rule, "b#word", 0.9, {{5, 14}}},
                      "b#price",
                      {"barnehage.pris"},
                      intents::Outdoing::covers_more}};
  const Explanation because = because_hits(matches);
  EXPECT_EQ(because.how, "rule");
  EXPECT_EQ(because.rule, "b#price");
  ASSERT_EQ(because.candidates.size(), 2U);
  EXPECT_EQ(because.candidates[0].lost, "");
  EXPECT_EQ(because.candidates[1].lost, "covered");
}

TEST(Explanation, TellsWhatAWordWasReadAs) {
  intents::Matches matches;
  matches.hits = {{{"boss.dunk"}, intents::HitKind::rule, "d#broken", 0.92, {{0, 7}}}};
  matches.hits.front().readings = {{{0, 7}, "bossdunk", intents::How::typo}};
  const Explanation because = because_hits(matches);
  ASSERT_EQ(because.readings.size(), 1U);
  EXPECT_EQ(because.readings.front().as, "bossdunk");
  EXPECT_EQ(because.readings.front().how, "typo");
}

TEST(SeveralQuestions, AreAnsweredInTheCitizensOrder) {
  const Reply reply = Citizen("osteroy").says("Kva er pris på SFO? Og når kjem feiaren?");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  ASSERT_EQ(reply.said.topics.size(), 2U);
  EXPECT_EQ(reply.said.topics[0].value, "sfo.pris");
  EXPECT_EQ(reply.said.topics[1].value, "feiing.nar");
}

TEST(SeveralQuestions, LeaveTheCitizensOwnCaseToAPersonAndAnswerTheOther) {
  const Reply reply = Citizen("osteroy").says("Når kjem feiaren? Og kor langt er saka mi komen?");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  ASSERT_EQ(reply.said.topics.size(), 1U);
  EXPECT_EQ(reply.said.topics[0].value, "feiing.nar");
  ASSERT_FALSE(reply.said.choices.empty());
  EXPECT_EQ(reply.said.choices.front().id, "person");
}

TEST(SeveralQuestions, AreNoneInAStoryAboutOneThing) {
  const Reply reply =
      Citizen("osteroy").says("Me flytta hit i fjor. Huset er gammalt. Når kjem feiaren?");
  EXPECT_EQ(reply.said.topics.size(), 1U);
}

TEST(Dialogue, TheListStandsWhileItsTopicsAreGivenOneByOne) {
  Citizen citizen("osteroy");
  citizen.says("barnehage");
  EXPECT_EQ(citizen.says("2").said.topics.front().value, "barnehage.pris");
  EXPECT_EQ(citizen.says("nr 1 òg").said.topics.front().value, "barnehage.soke");
  EXPECT_EQ(citizen.says("når kjem feiaren").said.topics.front().value, "feiing.nar");
}

TEST(Dialogue, ALeaningHalfSentenceAsksOnceMoreAboutTheLastTopic) {
  Citizen citizen("osteroy");
  citizen.says("når er biblioteket ope");
  const Reply again = citizen.says("og på laurdagar?");
  EXPECT_EQ(again.said.outcome, Outcome::answer);
  EXPECT_EQ(again.said.topics.front().value, "bibliotek.opning");
  EXPECT_EQ(again.said.because.how, "follow-up");
}

}  // namespace
}  // namespace svar::engine
