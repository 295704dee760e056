// Forms through whole decisions: begun, filled in, corrected, interrupted, left and sent.
#include <gtest/gtest.h>

#include <random>

#include "bot/engine/form_replies.h"
#include "tests/engine/form_release.h"

namespace svar::engine {
namespace {

using fakes::FormCitizen;
using fakes::last_of;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string kReport = "septiktanken er full ved kaia";

TEST(Forms, BeginsWithAReportAndNotesWhatItSays) {
  FormCitizen citizen;
  const std::string said = citizen.says(kReport);
  for (const char* part : {"Slambilen kjem.", "Eg kan sende det.", "Gjeld: Septik",
                           "Stad: ved kaia", "Feilen: septiktanken er full ved kaia", "Kontakt?"}) {
    EXPECT_TRUE(has(said, part)) << part << " in " << said;
  }
  const auto* reply = last_of<BotReplied>(citizen);
  EXPECT_EQ(reply->outcome, Outcome::answer);
  EXPECT_EQ(reply->topics, std::vector<ArticleId>{{"slam.tomming"}});
  EXPECT_EQ(reply->form->form, "tank");
}

TEST(Forms, AQuestionIsAnsweredAndOffersTheForm) {
  FormCitizen citizen;
  citizen.says("korleis tømmer eg septiktanken?");
  EXPECT_FALSE(citizen.form_runs());
  ASSERT_TRUE(citizen.offers("form:tank"));
  for (const char* words : {"ja takk", "meld feil no", "1"}) {
    FormCitizen other;
    other.says("korleis tømmer eg septiktanken?");
    EXPECT_TRUE(has(other.says(words), "Stad?")) << words;
  }
}

TEST(Forms, TheArticleItCameFromTellsAnOption) {
  FormCitizen citizen;
  citizen.says("når kjem feiaren");
  EXPECT_TRUE(has(citizen.chooses("form:tank"), "Gjeld: Pipe"));
}

TEST(Forms, IsSentToThePeopleWithItsValues) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("Ola Prøve, 99 99 99 98"), "Kontakt: Ola Prøve, 99 99 99 98"));
  const std::string said = citizen.says("ja");
  EXPECT_TRUE(has(said, "Sendt.")) << said;
  const auto* handoff = last_of<HandoffRequested>(citizen);
  ASSERT_NE(handoff, nullptr);
  EXPECT_EQ(handoff->reason, HandoffReason::form);
  EXPECT_EQ(handoff->form->stage, FormStage::sent);
  EXPECT_EQ(handoff->form->filled.size(), 4u);
  EXPECT_FALSE(handoff->form->reference.empty());
  EXPECT_TRUE(has(said, handoff->form->reference));
  EXPECT_EQ(citizen.state.owner, Owner::queue);
}

TEST(Forms, ValuesPointIntoTheCitizensMessages) {
  FormCitizen citizen;
  citizen.says(kReport);
  const Seq report{citizen.state.last_seq.value - 1};
  const auto& place = last_of<BotReplied>(citizen)->form->filled[1];
  EXPECT_EQ(place.field, "place");
  EXPECT_EQ(place.seq, report);
  EXPECT_EQ(kReport.substr(place.span.begin, place.span.end - place.span.begin), "ved kaia");
}

TEST(Forms, AnEmptiedMessageLeavesNoValueAndIsAskedAgain) {
  FormCitizen citizen;
  citizen.says(kReport);
  const Seq report = last_of<BotReplied>(citizen)->form->filled[1].seq;
  const Redacted redacted{{report}};
  evolve(citizen.state, {Seq{citizen.state.last_seq.value + 1}, Time{}, redacted});
  for (const std::string& words : citizen.state.form->words) EXPECT_EQ(words, "");
  const std::string said = citizen.says("hopp over");
  EXPECT_FALSE(has(said, "kaia")) << said;
  EXPECT_TRUE(has(said, "Stad?")) << said;
}

TEST(Forms, SaysWhyAnAnswerIsNotTaken) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("ikkje så farleg"), "ugyldig contact"));
  FormCitizen other;
  other.says("når kjem feiaren");
  other.chooses("form:tank");
  other.says("Hauge");
  EXPECT_TRUE(has(other.says(std::string(61, 'x')), "for langt: 60"));
}

TEST(Forms, TwoFailedTriesOfferAPersonAndAThirdPutsItAside) {
  FormCitizen citizen;
  citizen.says(kReport);
  citizen.says("grønt");
  EXPECT_FALSE(citizen.offers("person"));
  EXPECT_TRUE(has(citizen.says("blått"), "form_stuck"));
  EXPECT_TRUE(citizen.offers("person"));
  EXPECT_TRUE(has(citizen.says("gult"), "form_stuck_again"));
  EXPECT_FALSE(citizen.form_runs());
  EXPECT_TRUE(citizen.offers("form:tank"));
  EXPECT_TRUE(has(citizen.chooses("form:tank"), "Kontakt?"));
}

TEST(Forms, WhatWasMeantInsteadReplacesTheValue) {
  const std::pair<const char*, const char*> kCorrections[] = {
      {"nei, eg meinte Hauge kryss", "Stad: Hauge kryss"},
      {"endre stad til Hauge kryss", "Stad: Hauge kryss"},
      {"staden er Hauge kryss", "Stad: Hauge kryss"}};
  for (const auto& [words, wanted] : kCorrections) {
    FormCitizen citizen;
    citizen.says("når kjem feiaren");
    citizen.chooses("form:tank");
    citizen.says("Lonevåg");
    citizen.says(words);
    citizen.says("pipa ryk");
    EXPECT_TRUE(has(citizen.chooses("skip"), wanted)) << words;
  }
}

TEST(Forms, ANumberMeantInsteadIsTheContact) {
  FormCitizen citizen;
  citizen.says(kReport);
  citizen.says("99 99 99 98");
  EXPECT_TRUE(has(citizen.says("oi, eg meinte 99 99 99 99"), "Kontakt: 99 99 99 99"));
}

TEST(Forms, APlaceMeantInsteadIsThePlaceWhateverWasGivenLast) {
  FormCitizen citizen;
  citizen.says(kReport);
  citizen.says("eg meinte ved brua");
  EXPECT_TRUE(has(citizen.chooses("skip"), "Stad: ved brua"));
}

// The summary repeats the words: with the message it empties what the bot said too.
TEST(Forms, ANumberInTwoMessagesLeavesTheSummaryToo) {
  FormCitizen citizen;
  citizen.says(kReport);
  citizen.chooses("skip");
  citizen.says("endre skildring");
  ASSERT_TRUE(has(citizen.says("fødd 058595"), "Feilen: fødd 058595"));
  const Seq summary = citizen.state.last_seq;
  const std::string said = citizen.says("12366");
  EXPECT_FALSE(has(said, "058595")) << said;
  const auto* redacted = last_of<Redacted>(citizen);
  ASSERT_NE(redacted, nullptr);
  EXPECT_EQ(redacted->seqs.back(), summary);
}

TEST(Forms, TheSummaryAsksWhatToChange) {
  for (const char* words : {"nei", "2", "endre", "feil", "det stemmer ikkje"}) {
    FormCitizen citizen;
    citizen.says(kReport);
    citizen.chooses("skip");
    EXPECT_TRUE(has(citizen.says(words), "form_change_which")) << words;
    EXPECT_TRUE(has(citizen.says("staden"), "Stad?")) << words;
    EXPECT_TRUE(has(citizen.says("ved brua"), "Stad: ved brua")) << words;
  }
}

TEST(Forms, GoesBackAndSkipsAndIsCancelled) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("tilbake"), "Feilen?"));
  EXPECT_TRUE(has(citizen.says("tanken luktar"), "Kontakt?"));
  EXPECT_TRUE(has(citizen.says("nei takk"), "Kontakt: form_not_given"));
  EXPECT_TRUE(has(citizen.says("gløym det"), "form_cancelled"));
  EXPECT_FALSE(citizen.state.form);
  EXPECT_EQ(citizen.state.owner, Owner::bot);
}

TEST(Forms, AQuestionBesideItIsAnsweredOnceAndThenItWaits) {
  FormCitizen citizen;
  citizen.says(kReport);
  const std::string said = citizen.says("når vert bosset tømt?");
  EXPECT_TRUE(has(said, "BIR tømmer bosset.") && has(said, "Kontakt?")) << said;
  EXPECT_TRUE(has(citizen.says("kva kostar sfo?"), "form_waits"));
  EXPECT_FALSE(citizen.form_runs());
  EXPECT_TRUE(has(citizen.says("hald fram"), "Kontakt?"));
}

TEST(Forms, APlaceNamedLikeATopicIsStillAPlace) {
  FormCitizen citizen;
  citizen.says("når kjem feiaren");
  citizen.chooses("form:tank");
  EXPECT_TRUE(has(citizen.says("biblioteket i Lonevåg"), "Feilen?"));
}

TEST(Forms, DangerAndPeopleGoFirst) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("det brenn i huset"), "safety_fire"));
  EXPECT_FALSE(citizen.form_runs());
  EXPECT_TRUE(has(citizen.says("hald fram"), "Kontakt?"));
  citizen.says("eg vil ha eit menneske");
  const auto* handoff = last_of<HandoffRequested>(citizen);
  ASSERT_NE(handoff, nullptr);
  EXPECT_EQ(handoff->reason, HandoffReason::asked);
  EXPECT_EQ(handoff->form->filled.size(), 3u);
}

TEST(Forms, TheButtonForAPersonTakesTheValuesAlong) {
  FormCitizen citizen;
  citizen.says(kReport);
  citizen.presses_person();
  ASSERT_NE(last_of<HandoffRequested>(citizen), nullptr);
  EXPECT_EQ(last_of<HandoffRequested>(citizen)->form->filled.size(), 3u);
}

TEST(Forms, AMaskedNumberIsNoContact) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("05859512390"), "ugyldig contact"));
  EXPECT_EQ(citizen.state.form->words.size(), 3u);
}

TEST(Forms, GoesOnInAnotherLanguage) {
  FormCitizen citizen;
  citizen.says(kReport);
  EXPECT_TRUE(has(citizen.says("english"), "Kontakt? (en)"));
  EXPECT_EQ(citizen.state.form->at.failures, 0);
}

TEST(Forms, AsksWhichMunicipalityWhenNothingTellsIt) {
  FormCitizen citizen("felles");
  citizen.says("pris i barnehage");
  citizen.state.form = RunningForm{};
  citizen.state.form->at.form = "tank";
  citizen.state.pending.choices = {{"form:tank", "Meld feil no"}};
  citizen.chooses("form:tank");
  citizen.chooses("option:septic");
  citizen.says("ved kaia");
  citizen.says("tanken er full");
  EXPECT_TRUE(has(citizen.chooses("skip"), "form_ask_municipality"));
  EXPECT_TRUE(has(citizen.says("Gulen"), "form_municipality_label: Gulen"));
  citizen.chooses("send");
  EXPECT_EQ(citizen.state.municipality, MunicipalityId{"gulen"});
}

// Whatever is said and pressed, a form that runs ends within its bound.
TEST(Forms, NoFormGoesOnForEver) {
  const std::vector<std::string> words = {kReport,
                                          "tilbake",
                                          "endre",
                                          "nei",
                                          "ja",
                                          "hopp over",
                                          "hald fram",
                                          "staden",
                                          "99 99",
                                          "når vert bosset tømt?",
                                          "2",
                                          "hei",
                                          "qwrt",
                                          "Lonevåg",
                                          "feil stad",
                                          "english",
                                          "nei, eg meinte Hauge",
                                          "endre stad til Hauge",
                                          "den siste"};
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    FormCitizen citizen;
    citizen.says(kReport);
    int in_a_row = 0;
    for (int turn = 0; turn < 120 && citizen.state.owner == Owner::bot; ++turn) {
      const auto& choices = citizen.state.pending.choices;
      const bool presses = !choices.empty() && random() % 3 == 0;
      if (presses) {
        citizen.chooses(std::string(choices[random() % choices.size()].id));
      } else {
        citizen.says(words[random() % words.size()]);
      }
      in_a_row = citizen.state.form ? in_a_row + 1 : 0;
      ASSERT_LE(citizen.state.form ? citizen.state.form->at.turns : 0, kFormTurnsMax + 1) << seed;
      ASSERT_LE(in_a_row, 3 * kFormTurnsMax) << seed;
    }
  }
}

}  // namespace
}  // namespace svar::engine
