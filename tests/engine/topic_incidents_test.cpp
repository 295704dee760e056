#include "bot/engine/topic_incidents.h"

#include <gtest/gtest.h>

#include "tests/engine/small_release.h"

namespace svar::engine {
namespace {

using fakes::Citizen;
using std::chrono::hours;

const MunicipalityId kOsteroy{"osteroy"};

TopicIncident no_lorry() {
  return {"4",
          kOsteroy,
          {"boss.tommekalender"},
          fakes::kOpen - hours{1},
          fakes::kOpen + hours{1},
          {{Language::nn, "Bossbilen står."}, {Language::en, "The lorry has broken down."}}};
}

std::string told(const TopicIncidents& incidents, Language language, Time now = fakes::kOpen) {
  return notice_of(incidents, kOsteroy, {"boss.tommekalender"}, language, now).text;
}

TEST(TopicIncidents, GoBeforeTheAnswerAndAreNamedByIt) {
  Citizen citizen("osteroy");
  citizen.out_of_order = {no_lorry()};
  const Reply reply = citizen.says("når vert bosset tømt");
  EXPECT_EQ(reply.said.text, "Bossbilen står.\n\nBIR tømmer bosset.");
  EXPECT_EQ(reply.said.incident, "4");
  EXPECT_EQ(reply.said.topic_title, "Tømmekalender");
}

TEST(TopicIncidents, ConcernTheirMunicipalityAndTheirTopicAlone) {
  Citizen citizen("osteroy");
  citizen.out_of_order = {no_lorry()};
  const Reply elsewhere = citizen.says("når vert bosset tømt i Dalsøyra");
  EXPECT_EQ(elsewhere.said.text, "NGIR tømmer bosset.");
  EXPECT_FALSE(elsewhere.said.incident);
  EXPECT_FALSE(citizen.says("pris i barnehage").said.incident);
}

TEST(TopicIncidents, WaitOnTheCommonSiteUntilTheMunicipalityIsKnown) {
  Citizen citizen("felles");
  citizen.out_of_order = {no_lorry()};
  EXPECT_FALSE(citizen.says("når vert bosset tømt").said.incident);
  EXPECT_EQ(citizen.chooses("municipality:osteroy").said.incident, "4");
}

TEST(TopicIncidents, GoBeforeWhatIsNotKnownToo) {
  Citizen citizen("vaksdal");
  TopicIncident incident = no_lorry();
  incident.municipality = {"vaksdal"};
  incident.topic = {"bibliotek.opning"};
  citizen.out_of_order = {incident};
  const Reply reply = citizen.says("når er biblioteket ope");
  EXPECT_EQ(reply.said.text, "Bossbilen står.\n\nmanglar: Opningstid på biblioteket");
}

TEST(TopicIncidents, RunFromTheirBeginningUntilBeforeTheirEnd) {
  const TopicIncidents incidents{no_lorry()};
  const TopicIncident& one = incidents.front();
  const std::chrono::milliseconds tick{1};
  EXPECT_TRUE(told(incidents, Language::nn, one.from - tick).empty());
  EXPECT_EQ(told(incidents, Language::nn, one.from), "Bossbilen står.");
  EXPECT_EQ(told(incidents, Language::nn, one.to - tick), "Bossbilen står.");
  EXPECT_TRUE(told(incidents, Language::nn, one.to).empty());
}

TEST(TopicIncidents, AreToldInTheReadersLanguageWhereSomebodyWroteIt) {
  EXPECT_EQ(told({no_lorry()}, Language::en), "The lorry has broken down.");
  EXPECT_EQ(told({no_lorry()}, Language::nb), "Bossbilen står.");
  TopicIncident english = no_lorry();
  std::swap(english.words.front(), english.words.back());
  EXPECT_EQ(told({english}, Language::nb), "Bossbilen står.");
  english.words.pop_back();
  EXPECT_EQ(told({english}, Language::nb), "The lorry has broken down.");
}

TEST(TopicIncidents, AreSaidToBeOverForSomeHours) {
  Citizen citizen("osteroy");
  TopicIncident over = no_lorry();
  over.to = fakes::kOpen - std::chrono::minutes{10};
  citizen.out_of_order = {over};
  const Reply reply = citizen.says("når vert bosset tømt");
  EXPECT_TRUE(reply.said.text.starts_with("incident_over Osterøy\n\n")) << reply.said.text;
  EXPECT_FALSE(reply.said.incident) << "its words are gone";
}

TEST(TopicIncidents, AreOverOnlyWhenTheyHaveBegunAndNoOtherRuns) {
  const ArticleId topic = no_lorry().topic;
  TopicIncident over = no_lorry();
  over.to = fakes::kOpen - std::chrono::minutes{10};
  EXPECT_TRUE(ended_lately({over}, kOsteroy, topic, fakes::kOpen));
  EXPECT_FALSE(ended_lately({over, no_lorry()}, kOsteroy, topic, fakes::kOpen));
  EXPECT_FALSE(ended_lately({over}, {"vaksdal"}, topic, fakes::kOpen));
  EXPECT_FALSE(ended_lately({over}, kOsteroy, topic, over.to + kTopicIncidentTold));
  TopicIncident called_off = no_lorry();
  called_off.from = fakes::kOpen + hours{5};
  called_off.to = fakes::kOpen;
  EXPECT_FALSE(ended_lately({called_off}, kOsteroy, topic, fakes::kOpen + hours{6}));
}

TEST(TopicIncidents, AreSaidNotToBeKnownOfWhereTheSameIsAskedNext) {
  Citizen citizen("osteroy");
  citizen.out_of_order = {no_lorry()};
  EXPECT_TRUE(citizen.says("når vert bosset tømt").said.incident);
  const Reply elsewhere = citizen.says("og i Dalsøyra");
  EXPECT_EQ(elsewhere.said.text, "incident_elsewhere Gulen\n\nNGIR tømmer bosset.");
}

TEST(TopicIncidents, AreAllToldWhenThereAreSeveralTheOldestFirst) {
  TopicIncident second = no_lorry();
  second.id = "7";
  second.words = {{Language::nn, "Dunkane er fulle."}};
  const IncidentNotice notice =
      notice_of({no_lorry(), second}, kOsteroy, no_lorry().topic, Language::nn, fakes::kOpen);
  EXPECT_EQ(notice.text, "Bossbilen står.\n\nDunkane er fulle.");
  EXPECT_EQ(notice.id, "4");
}

}  // namespace
}  // namespace svar::engine
