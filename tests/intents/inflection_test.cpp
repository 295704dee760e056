#include "intents/inflection.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace svar::intents {
namespace {

::testing::AssertionResult has_all(std::string_view word, Inflection inflection,
                                   const std::vector<std::string>& wanted) {
  const std::vector<std::string> forms = inflected(word, inflection);
  for (const std::string& one : wanted) {
    if (std::find(forms.begin(), forms.end(), one) == forms.end())
      return ::testing::AssertionFailure() << one << " is not among the forms of " << word;
  }
  return ::testing::AssertionSuccess();
}

TEST(Inflection, MakesNounsOfBothWrittenLanguages) {
  EXPECT_TRUE(has_all("dunk", Inflection::masculine,
                      {"dunk", "dunken", "dunkar", "dunkane", "dunker", "dunkene"}));
  EXPECT_TRUE(
      has_all("hage", Inflection::masculine, {"hagen", "hagar", "hagane", "hager", "hagene"}));
  EXPECT_TRUE(has_all("kalender", Inflection::masculine,
                      {"kalenderen", "kalendrar", "kalendere", "kalenderne"}));
  EXPECT_TRUE(
      has_all("sykkel", Inflection::masculine, {"sykkelen", "syklar", "sykler", "syklene"}));
  EXPECT_TRUE(has_all("tømming", Inflection::feminine,
                      {"tømminga", "tømmingen", "tømmingar", "tømmingane", "tømminger"}));
  EXPECT_TRUE(has_all("rute", Inflection::feminine, {"ruta", "ruten", "ruter", "rutene"}));
  EXPECT_TRUE(has_all("gebyr", Inflection::neuter, {"gebyret", "gebyra", "gebyrene", "gebyrer"}));
  EXPECT_TRUE(has_all("rom", Inflection::neuter, {"rommet", "romma", "rommene"}));
  EXPECT_TRUE(has_all("møbel", Inflection::neuter, {"møbelet", "møbla", "møblene", "møbler"}));
}

TEST(Inflection, MakesVerbsStrongEndingsLeftToTheEditor) {
  EXPECT_TRUE(has_all("hente", Inflection::verb,
                      {"henta", "hentar", "henter", "hentast", "hentes", "hentet", "hent"}));
  EXPECT_TRUE(has_all("tømme", Inflection::verb,
                      {"tøm", "tømmer", "tømt", "tømte", "tømd", "tømde", "tømmast"}));
  EXPECT_TRUE(has_all("søkje", Inflection::verb,
                      {"søkje", "søkjer", "søkja", "søke", "søker", "søkte", "søkt"}));
  EXPECT_TRUE(has_all("bu", Inflection::verb, {"bu", "bur", "budde", "budd"}));
}

TEST(Inflection, MakesAdjectives) {
  EXPECT_TRUE(has_all("grøn", Inflection::adjective, {"grønt", "grøne", "grønare", "grønast"}));
  EXPECT_TRUE(has_all("vakker", Inflection::adjective, {"vakkert", "vakre", "vakrare"}));
  EXPECT_TRUE(has_all("open", Inflection::adjective, {"ope", "opne", "opent"}));
}

TEST(Inflection, ChangesTheLastWordOfAPhraseAndRepeatsNothing) {
  EXPECT_TRUE(has_all("tømme dunk", Inflection::masculine, {"tømme dunk", "tømme dunken"}));
  std::vector<std::string> forms = inflected("gebyr", Inflection::neuter);
  std::sort(forms.begin(), forms.end());
  EXPECT_EQ(std::adjacent_find(forms.begin(), forms.end()), forms.end());
  EXPECT_EQ(inflected("boss", Inflection::none), (std::vector<std::string>{"boss"}));
}

TEST(Inflection, IsNamedByItsClass) {
  EXPECT_EQ(inflection_from_code("neuter"), Inflection::neuter);
  EXPECT_FALSE(inflection_from_code("noun"));
}

}  // namespace
}  // namespace svar::intents
