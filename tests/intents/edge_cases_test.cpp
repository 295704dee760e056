// Twenty-two Norwegian spellings that rule engines commonly get wrong, and a word that only ends
// like a keyword.
#include <vector>

#include "tests/intents/sources.h"

namespace svar::intents {
namespace {

IntentSources municipal() {
  IntentSources sources;
  sources.groups = {{"waste", {"boss*", "søppel*", "avfall*"}, {}},
                    {"open", {"åpningstid*", "opningstid*", "opnar", "åpner"}, {}}};
  sources.equivalents = {{"når", {"ka tid", "kva tid", "ka ti"}, {}},
                         {"eg", {"jeg", "æ"}, {}},
                         {"løyve", {"tillatelse"}, {}}};
  sources.intents = {
      intent("boss", {rule("when", {{"når"}, {"@waste"}})}),
      intent("boss.dunk", {rule("bin", {{"søppeldunk*", "bossdunk*", "dunk"}})}),
      intent("opning", {rule("open", {{"@open"}})}),
      intent("bygg.soke", {rule("apply", {{"byggesøknad*"}})}, {"søke om å bygge"}),
      intent("barnehage", {rule("place", {{"barnehageplass*"}}), rule("places", {{"barnehage*"}})}),
      intent("bibliotek", {rule("library", {{"bibliotek*"}})}),
      intent("rett", {rule("right", {{"rett"}})}),
      intent("ol", {rule("beer", {{"øl"}, {"få"}})}),
      intent("bandtvang", {rule("leash", {{"båndtvang*", "bandtvang*"}})}),
      intent("stotte", {rule("contact", {{"støttekontakt*"}})}),
      intent("leggja", {rule("laying", {{"kloakk*"}})}),
  };
  return sources;
}

struct EdgeCase {
  const char* text;
  const char* article;
};

class EdgeCases : public testing::TestWithParam<EdgeCase> {};

TEST_P(EdgeCases, AreUnderstood) {
  static const auto matcher = compiled(municipal());
  EXPECT_EQ(article_for(*matcher, GetParam().text), GetParam().article) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Norwegian, EdgeCases,
    testing::Values(EdgeCase{"a\xCC\x8Apningstid", "opning"},  // decomposed å
                    EdgeCase{"åpningstid?", "opning"},         // begins with å
                    EdgeCase{"ÅPNINGSTIDER", "opning"},        // upper case
                    EdgeCase{"aapningstider", "opning"},       // aa for å
                    EdgeCase{"apningstider", "opning"},        // no ring
                    EdgeCase{"kan eg få øl her", "ol"},  // short words that end or begin with ø, å
                    EdgeCase{"stottekontakt", "stotte"},         // o for ø
                    EdgeCase{"stoettekontakt", "stotte"},        // oe for ø
                    EdgeCase{"støttekontakten", "stotte"},       // definite
                    EdgeCase{"baandtvang", "bandtvang"},         // aa, Bokmål
                    EdgeCase{"søppel dunk", "boss.dunk"},        // compound apart
                    EdgeCase{"søppel-dunk", "boss.dunk"},        // hyphen
                    EdgeCase{"søppeldunken vår", "boss.dunk"},   // joined
                    EdgeCase{"bygge søknad", "bygg.soke"},       // apart
                    EdgeCase{"bygge-søknad", "bygg.soke"},       // hyphen
                    EdgeCase{"byggjesøknad", "bygg.soke"},       // one letter more
                    EdgeCase{"barnehagar", "barnehage"},         // Nynorsk plural
                    EdgeCase{"barnehageplassane", "barnehage"},  // compound, Nynorsk plural
                    EdgeCase{"biblotek", "bibliotek"},           // a letter left out
                    EdgeCase{"bibliotke", "bibliotek"},          // two letters swapped
                    EdgeCase{"kå tid? nei: ka tid kjem bossbilen",
                             "boss"},  // dialect, several words for one
                    EdgeCase{"har eg rett", "rett"},
                    EdgeCase{"Tårett", ""},  // only ends like a keyword
                    EdgeCase{"bytårett", ""}));

TEST(Compounds, AreFoundInTheirPartsWhenRulesKnowBoth) {
  IntentSources sources = municipal();
  sources.intents.push_back(intent("boss.pris", {rule("price", {{"avgift*"}, {"@waste"}})}));
  const auto matcher = compiled(sources);
  EXPECT_EQ(article_for(*matcher, "bossavgift"), "boss.pris");
  EXPECT_EQ(article_for(*matcher, "søppelavgiften"), "boss.pris");
}

}  // namespace
}  // namespace svar::intents
