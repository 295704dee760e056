// Several turns: what was offered, asked and said before decides what the next words mean.
#include <gtest/gtest.h>

#include "tests/engine/small_release.h"

namespace svar::engine {
namespace {

using fakes::Citizen;

std::string topic(const Reply& reply) {
  return reply.said.topics.empty() ? "" : reply.said.topics.front().value;
}

TEST(Dialogue, APlaceAnswersTheQuestionWhichMunicipality) {
  Citizen citizen("felles");
  citizen.says("når vert bosset tømt");
  const Reply reply = citizen.says("bur i Dalsøyra");
  EXPECT_EQ(reply.said.outcome, Outcome::answer);
  EXPECT_EQ(reply.said.text, "NGIR tømmer bosset.");
  EXPECT_EQ(reply.settled, MunicipalityId{"gulen"});
  EXPECT_EQ(citizen.says("når kjem feiaren").said.text, "Feiaren kjem til Gulen.");
}

TEST(Dialogue, APressedMunicipalityAnswersTheWaitingQuestion) {
  Citizen citizen("felles");
  citizen.says("når vert bosset tømt");
  const Reply reply = citizen.chooses("municipality:osteroy");
  EXPECT_EQ(reply.said.text, "BIR tømmer bosset.");
  EXPECT_EQ(reply.said.because.municipality_from, "choice");
  EXPECT_EQ(reply.settled, MunicipalityId{"osteroy"});
}

TEST(Dialogue, ANewQuestionIsNotTakenForAMunicipality) {
  Citizen citizen("felles");
  citizen.says("når vert bosset tømt");
  EXPECT_EQ(topic(citizen.says("pris i barnehage")), "barnehage.pris");
}

TEST(Dialogue, ANumberPicksAmongWhatWasOffered) {
  for (const char* pick : {"2", "nr 2", "den andre", "to", "alternativ 2 takk"}) {
    Citizen citizen("osteroy");
    citizen.says("barnehage");
    EXPECT_EQ(topic(citizen.says(pick)), "barnehage.pris") << pick;
  }
  Citizen last("osteroy");
  last.says("barnehage");
  EXPECT_EQ(topic(last.says("den siste")), "barnehage.pris");
}

TEST(Dialogue, OwnWordsPickAmongWhatWasOffered) {
  Citizen citizen("osteroy");
  citizen.says("barnehage");
  EXPECT_EQ(topic(citizen.says("det var prisen")), "barnehage.pris");
  Citizen other("osteroy");
  other.says("barnehage");
  EXPECT_EQ(topic(other.says("nei, når vert bosset tømt")), "boss.tommekalender");
}

TEST(Dialogue, SomethingElseAsksForOtherWordsThenOffersAPerson) {
  Citizen citizen("osteroy");
  citizen.says("barnehage");
  const Reply first = citizen.chooses("other");
  EXPECT_EQ(first.said.text, "clarify_other.nn");
  const Reply second = citizen.says("qwrt");
  EXPECT_EQ(second.said.choices.front().id, "person");
  EXPECT_EQ(second.said.text, "not_understood.nn offer_person.nn");
  EXPECT_EQ(citizen.says("ja").handoff, HandoffReason::asked);
}

TEST(Dialogue, TwoMissesLeadToAPerson) {
  Citizen citizen("osteroy");
  EXPECT_EQ(citizen.says("qwrt").said.text, "clarify_first_miss.nn");
  EXPECT_EQ(citizen.says("xyzzy").said.text, "not_understood.nn offer_person.nn");
  EXPECT_EQ(citizen.says("plugh").handoff, HandoffReason::not_understood);
}

TEST(Dialogue, NobodyAtWorkKeepsTheBotTalking) {
  Citizen citizen("osteroy", Language::nn, fakes::kClosed);
  citizen.says("qwrt");
  citizen.says("xyzzy");
  const Reply third = citizen.says("plugh");
  EXPECT_FALSE(third.handoff);
  EXPECT_EQ(third.said.choices.front().id, "person");
}

TEST(Dialogue, NoClarifyingGoesOnForEver) {
  for (const char* text : {"barnehage", "qwrt", "noko anna", "når vert bosset tømt", "dale"}) {
    Citizen citizen("felles");
    bool person_offered = false;
    for (int turn = 0; turn < 6 && !person_offered; ++turn) {
      const Reply reply = citizen.says(text);
      person_offered = reply.handoff.has_value() ||
                       (!reply.said.choices.empty() && reply.said.choices.front().id == "person");
    }
    EXPECT_TRUE(person_offered) << text;
  }
}

TEST(Dialogue, CarriesTheTopicToAnotherMunicipality) {
  for (const char* text : {"kva med Gulen då", "og i Gulen?", "enn på Dalsøyra", "Gulen"}) {
    Citizen citizen("osteroy");
    citizen.says("når vert bosset tømt");
    const Reply reply = citizen.says(text);
    EXPECT_EQ(reply.said.text, "NGIR tømmer bosset.") << text;
    EXPECT_EQ(reply.said.because.municipality_from, "text");
  }
}

TEST(Dialogue, ReadsAHalfSentenceBesideTheLastTopic) {
  Citizen citizen("osteroy");
  citizen.says("kva kostar sfo");
  EXPECT_EQ(topic(citizen.says("og barnehagen")), "barnehage.pris");
}

TEST(Dialogue, TakesTheOtherOfTwoAnswers) {
  Citizen citizen("osteroy");
  citizen.says("når er det feiing og når tømmer de septiktanken");
  EXPECT_EQ(topic(citizen.says("den andre")), "slam.tomming");
}

TEST(Dialogue, KeepsTheWaitingQuestionThroughAChangeOfLanguage) {
  Citizen citizen("felles");
  citizen.says("når vert bosset tømt");
  const Reply changed = citizen.says("bokmål takk");
  EXPECT_EQ(changed.said.outcome, Outcome::clarify_municipality);
  EXPECT_EQ(changed.said.text, "language_changed.nb ask_municipality.nb");
  EXPECT_EQ(citizen.says("Lonevåg").said.text, "Bokmål: BIR tømmer bosset.");
}

TEST(Dialogue, AnsweringAgainAfterAnAnswerCountsFromTheStart) {
  Citizen citizen("osteroy");
  citizen.says("qwrt");
  citizen.says("når vert bosset tømt");
  EXPECT_EQ(citizen.says("qwrt").said.text, "clarify_first_miss.nn");
}

}  // namespace
}  // namespace svar::engine
