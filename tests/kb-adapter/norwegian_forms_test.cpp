#include "kb-adapter/articles/norwegian_forms.h"

#include <gtest/gtest.h>

#include "kb-adapter/articles/folding.h"
#include "kb-adapter/articles/text_features.h"

namespace svar::kb {
namespace {

std::string form(std::string_view word) {
  std::string out;
  for (const std::string& folded : fold_words(word, 100)) common_form(folded, out);
  return out;
}

TEST(NorwegianForms, NynorskAndBokmaalHaveTheSameForm) {
  const std::pair<const char*, const char*> pairs[] = {
      {"sjukeheim", "sykehjem"},
      {"skulefritidsordning", "skolefritidsordning"},
      {"søkjer", "søker"},
      {"byggje", "bygge"},
      {"byggjeløyve", "byggetillatelse"},
      {"køyretøy", "kjøretøy"},
      {"høyrselshemma", "hørselshemma"},
      {"vatn", "vann"},
      {"vassmålar", "vannmåler"},
      {"kommuneveg", "kommunevei"},
      {"avløysarar", "avløsere"},
      {"barnehagar", "barnehager"},
      {"tilskotsordning", "tilskuddsordning"},
      {"sakshandsamar", "saksbehandler"},
      {"rettleiing", "veiledning"},
      {"gjenvinningsstad", "gjenvinningssted"},
      {"kyrkje", "kirke"},
      {"symjehall", "svømmehall"},
      {"rekneskap", "regnskap"},
      {"heimeteneste", "hjemmetjeneste"},
      {"framandspråk", "fremmedspråk"},
      {"lærar", "lærer"},
  };
  for (const auto& [nn, nb] : pairs) EXPECT_EQ(form(nn), form(nb)) << nn << " – " << nb;
}

TEST(NorwegianForms, DifferentThingsKeepDifferentForms) {
  const std::pair<const char*, const char*> pairs[] = {
      {"skule", "skulder"}, {"år", "er"},       {"vatn", "vern"},   {"veg", "ved"},
      {"barn", "brann"},    {"bustad", "buss"}, {"valg", "kvalme"}, {"plan", "plass"},
  };
  for (const auto& [one, other] : pairs) EXPECT_NE(form(one), form(other)) << one << " – " << other;
}

TEST(NorwegianForms, AFormIsNeverEmptyAndLettersOfOtherScriptsStay) {
  for (const char* word : {"a", "ar", "leg", "kj", "oy", "2024", "ane"})
    EXPECT_FALSE(form(word).empty()) << word;
  EXPECT_EQ(form("коли"), "коли");
  EXPECT_EQ(form("2200"), "2200");
}

TEST(NorwegianForms, WordsThatOnlyHoldASentenceTogetherAreKnownInBothLanguages) {
  for (const char* word :
       {"korleis", "hvordan", "kva", "hva", "er", "når", "the", "how", "ikkje", "ikke", "være"}) {
    EXPECT_TRUE(is_function_word(word_feature(form(word)))) << word;
  }
  for (const char* word : {"skule", "boss", "år", "tak", "by", "vatn", "sfo", "pris"}) {
    EXPECT_FALSE(is_function_word(word_feature(form(word)))) << word;
  }
}

}  // namespace
}  // namespace svar::kb
