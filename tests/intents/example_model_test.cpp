#include "intents/model/example_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "intents/normal_text.h"
#include "intents/training/training.h"

namespace svar::intents {
namespace {

// A small service: five topics, several ways to ask for each.
TrainingInput small_input() {
  TrainingInput input;
  const auto add = [&](const char* label, std::initializer_list<const char*> texts) {
    for (const char* text : texts) input.examples.push_back({label, text});
  };
  add("waste", {"når vert bosset henta", "kva dag kjem bossbilen", "tømming av avfall i vår gate",
                "kor leverer eg papir og plast", "bossdunken er ikkje tømd",
                "hentedagar for avfall", "kor ofte blir restavfall tømt", "boss tømmedag"});
  add("library", {"når opnar biblioteket", "kan eg låne bøker på nett",
                  "opningstider på biblioteket", "fornye lån av bok", "korleis får eg lånekort",
                  "biblioteket ope laurdag", "levere bøker til biblioteket", "bibliotek lånekort"});
  add("childcare",
      {"søkje barnehageplass", "kva kostar barnehage", "frist for opptak i barnehagen",
       "kan barnet mitt byte barnehage", "redusert foreldrebetaling i barnehage",
       "ledige plassar i barnehagen", "barnehageplass til toåring", "barnehage søknad"});
  add("building",
      {"søkje om å byggje garasje", "må eg søkje om løyve til terrasse",
       "kor lang tid tek ein byggjesøknad", "teikningar av huset mitt", "byggje tilbygg",
       "bruksendring av loft", "nabovarsel for garasje", "byggjesøknad gebyr"});
  add("water", {"vatnet er brunt", "er vatnet trygt å drikke", "vassmålar avlesing",
                "hardt vatn i springen", "kva kostar vatn og avløp", "vatnet er borte",
                "lekkasje på vassleidning", "melde inn vassmålar"});
  return input;
}

Ranking ask(const ExampleModel& model, std::string_view text) {
  return model.rank(normalise(text).text, 3);
}

std::string best(const ExampleModel& model, std::string_view text) {
  const Ranking ranking = ask(model, text);
  return ranking.best.empty() ? "" : model.label(ranking.best.front().label);
}

TEST(ExampleModel, FindsTheTopicOfWordsItHasNotSeenInThisOrder) {
  const ExampleModel model = train(small_input());
  EXPECT_EQ(best(model, "Når kjem dei og tømmer bossdunken?"), "waste");
  EXPECT_EQ(best(model, "låne ei bok"), "library");
  EXPECT_EQ(best(model, "har de plass i barnehagane"), "childcare");
  EXPECT_EQ(best(model, "eg vil byggje ein garasje til"), "building");
  EXPECT_EQ(best(model, "brunt vatn i springen"), "water");
}

TEST(ExampleModel, BelievesAnExampleAndNotAnotherLanguage) {
  const ExampleModel model = train(small_input());
  EXPECT_TRUE(ask(model, "når vert bosset henta").accepted);
  for (const char* foreign :
       {"Kiedy otwiera się urząd?", "متى يفتح المكتب؟", "Коли відкривається офіс?",
        "waar kan ik mijn paspoort ophalen", "xqzt wvvk"}) {
    EXPECT_FALSE(ask(model, foreign).accepted) << foreign;
  }
}

TEST(ExampleModel, ScoresAreOrderedAndSumToOneAtMost) {
  const ExampleModel model = train(small_input());
  const Ranking ranking = model.rank(normalise("kva kostar det").text, 5);
  ASSERT_EQ(ranking.best.size(), 5u);
  double sum = 0;
  for (std::size_t i = 0; i < ranking.best.size(); ++i) {
    sum += ranking.best[i].score;
    EXPECT_LE(ranking.best[i].score, ranking.best[i > 0 ? i - 1 : 0].score);
  }
  EXPECT_LE(sum, 1.0001);
  EXPECT_NEAR(sum, ranking.in_scope, 1e-6);
}

TEST(ExampleModel, WordsThatSpokeForATopicAreItsEvidence) {
  const ExampleModel model = train(small_input());
  const NormalText text = normalise("Hei, kan du seie når biblioteket opnar?");
  const Ranking ranking = model.rank(text.text, 1);
  const auto words = model.evidence(text.text, ranking.best.front().label);
  ASSERT_FALSE(words.empty());
  EXPECT_EQ(text.word(words.front().token), "biblioteket");
  for (const WordEvidence& word : words) EXPECT_LT(word.token, text.tokens.size());
}

TEST(ExampleModel, CountsWordFormsAsTheirWord) {
  TrainingInput input = small_input();
  input.forms.add("søppelbøtta", "bossdunken");
  const ExampleModel model = train(input);
  EXPECT_EQ(best(model, "søppelbøtta"), "waste");
}

TEST(ExampleModel, EqualInputGivesEqualModelsAlsoAtTheSameTime) {
  const TrainingInput input = small_input();
  TrainingInput reversed = input;
  std::reverse(reversed.examples.begin(), reversed.examples.end());
  std::string first, second;
  std::thread one([&] { first = train(input).digest(); });
  std::thread other([&] { second = train(reversed).digest(); });
  one.join();
  other.join();
  EXPECT_EQ(first, second);
  EXPECT_EQ(first, train(input).digest());
  TrainingInput changed = input;
  changed.examples.back().text += " no";
  EXPECT_NE(first, train(changed).digest());
}

TEST(ExampleModel, NoExamplesAtAllAcceptNothing) {
  EXPECT_TRUE(ask(ExampleModel(), "når opnar biblioteket").best.empty());
  EXPECT_TRUE(ask(train(TrainingInput{}), "når opnar biblioteket").best.empty());
  TrainingInput input;
  input.out_of_scope = {"kva er klokka"};
  EXPECT_FALSE(ask(train(input), "kva er klokka").accepted);
}

TEST(ExampleModel, OneAndTwoExamplesAreEnoughToRank) {
  TrainingInput input;
  input.examples = {{"library", "når opnar biblioteket"}};
  EXPECT_EQ(best(train(input), "biblioteket"), "library");
  input.examples.push_back({"waste", "når vert bosset tømt"});
  const ExampleModel model = train(input);
  EXPECT_EQ(best(model, "bosset"), "waste");
  EXPECT_EQ(best(model, "biblioteket"), "library");
  EXPECT_FALSE(fit_thresholds(input).fitted);
}

TEST(ExampleModel, EmptyAndEndlessMessagesAreRanked) {
  const ExampleModel model = train(small_input());
  EXPECT_FALSE(ask(model, "").accepted);
  std::string endless;
  for (int i = 0; i < 2'000; ++i) endless += "vatn" + std::to_string(i) + " ";
  EXPECT_EQ(ask(model, endless).best.size(), 3u);
  EXPECT_EQ(ask(model, std::string(4'000, 'x')).best.size(), 3u);
}

}  // namespace
}  // namespace svar::intents
