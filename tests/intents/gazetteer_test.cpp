#include "intents/gazetteer.h"

#include <gtest/gtest.h>

namespace svar::intents {
namespace {

using Kind = PlaceMention::Kind;

const Gazetteer& places() {
  static const Gazetteer gazetteer({{"Osterøy", {"osteroy"}, "", true},
                                    {"Gulen", {"gulen"}, "", true},
                                    {"Fedje", {"fedje"}, "", true},
                                    {"Modalen", {"modalen"}, "", true},
                                    {"Vaksdal", {"vaksdal"}, "", true},
                                    {"Lonevåg", {"osteroy"}, "", false},
                                    {"Dalsøyra", {"gulen"}, "", false},
                                    {"Brekke", {"gulen"}, "", false},
                                    {"Mo", {"modalen"}, "", false},
                                    {"Haus", {"osteroy"}, "", false},
                                    {"Tysse", {"osteroy"}, "Samnanger", false},
                                    {"Dale", {"vaksdal"}, "Sunnfjord", false},
                                    {"Eksingedalen", {"vaksdal"}, "", false},
                                    {"Eksingedalen", {"modalen"}, "", false}});
  return gazetteer;
}

PlaceMention find(std::string_view text) {
  return places().find(normalise(text));
}

std::string settled(std::string_view text) {
  const PlaceMention mention = find(text);
  return mention.kind == Kind::settled ? mention.municipalities.front().value : "";
}

TEST(Gazetteer, SettlesByMunicipalityAndPlace) {
  EXPECT_EQ(settled("når vert bosset henta i Dalsøyra"), "gulen");
  EXPECT_EQ(settled("bibliotek Lonevåg"), "osteroy");
  EXPECT_EQ(settled("ferja te Fedje, ka ti går an"), "fedje");
  EXPECT_EQ(settled("FEDJE"), "fedje");
  EXPECT_EQ(settled("Har Gulens kommunestyre møte"), "gulen");
}

TEST(Gazetteer, ReadsSpellingsWithoutNorwegianLetters) {
  EXPECT_EQ(settled("nav osteroy telefon"), "osteroy");
  EXPECT_EQ(settled("bur i lonevaag"), "osteroy");
  EXPECT_EQ(settled("dalsoeyra"), "gulen");
}

TEST(Gazetteer, NeverLooksInsideOtherWords) {
  EXPECT_EQ(find("gulengen").kind, Kind::none);
  EXPECT_EQ(find("motor og modalverb").kind, Kind::none);
  EXPECT_EQ(find("hausten").kind, Kind::none);
}

TEST(Gazetteer, TrustsShortNamesAndOrdinaryWordsOnlyWithCare) {
  EXPECT_EQ(settled("bur på Mo"), "modalen");
  EXPECT_EQ(settled("mo"), "modalen");
  EXPECT_EQ(settled("er det mo å få feiing"), "");
  EXPECT_EQ(settled("legekontoret på Mo i Rana"), "");
  EXPECT_EQ(settled("brekke beinet på isen i dag"), "");
  EXPECT_EQ(settled("har slått meg te ro i Brekke no"), "gulen");
  EXPECT_EQ(settled("har flytta til Haus, kvar melder eg det"), "osteroy");
}

TEST(Gazetteer, AsksWhenANameAlsoIsElsewhereOrInTwoMunicipalities) {
  const PlaceMention tysse = find("Tysse, når er det feiing der?");
  EXPECT_EQ(tysse.kind, Kind::ambiguous);
  EXPECT_EQ(tysse.elsewhere, "Samnanger");
  const PlaceMention valley = find("barnehage i Eksingedalen");
  EXPECT_EQ(valley.kind, Kind::ambiguous);
  EXPECT_EQ(valley.municipalities.size(), 2u);
}

TEST(Gazetteer, LetsASureNameTellWhichOfTheAmbiguous) {
  EXPECT_EQ(settled("biblioteket på Dale i Vaksdal"), "vaksdal");
  EXPECT_EQ(settled("Eksingedalen i Modalen kommune"), "modalen");
}

TEST(Gazetteer, SeesSeveralMunicipalities) {
  EXPECT_EQ(find("frå Gulen til Fedje").kind, Kind::several);
}

TEST(Gazetteer, KnowsWhenThePlaceIsAllThatIsSaid) {
  EXPECT_TRUE(find("bur i Lonevåg").alone);
  EXPECT_TRUE(find("Fedje").alone);
  EXPECT_TRUE(find("nei, eg meinte på Fedje").alone);
  EXPECT_FALSE(find("bossdunk i Lonevåg").alone);
  EXPECT_TRUE(find("kva med Gulen då").about_other);
  EXPECT_TRUE(find("ka me Gulen då, hytta ligg der").about_other);
  EXPECT_FALSE(find("kva kostar sfo i Gulen").about_other);
}

TEST(Gazetteer, PointsToTheNameInTheMessage) {
  const std::string text = "bibliotek på Dalsøyra";
  const PlaceMention mention = find(text);
  ASSERT_EQ(mention.spans.size(), 1u);
  EXPECT_EQ(text.substr(mention.spans[0].begin, mention.spans[0].end - mention.spans[0].begin),
            "Dalsøyra");
}

}  // namespace
}  // namespace svar::intents
