// Twenty-two Norwegian spellings that rule engines commonly get wrong, and a word that only ends
// like a keyword.
#include <ctime>
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

// The same words as another keyboard, program or mood writes them.
std::string decomposed(std::string text) {
  for (const auto& [whole, parts] :
       {std::pair{"å", "a\xCC\x8A"}, std::pair{"Å", "A\xCC\x8A"}, std::pair{"é", "e\xCC\x81"}}) {
    for (std::size_t at = 0; (at = text.find(whole, at)) != text.npos;) {
      text.replace(at, std::string_view(whole).size(), parts);
    }
  }
  return text;
}

// `mark` between all code points.
std::string riddled(const std::string& text, const std::string& mark) {
  std::string out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && !out.empty()) out += mark;
    out += c;
  }
  return out;
}

// What the citizen sees marked, when these spans are.
std::string marked(const std::string& text, const std::vector<Span>& spans) {
  std::string out;
  for (const Span& span : spans)
    out += (out.empty() ? "" : "|") + text.substr(span.begin, span.end - span.begin);
  return out;
}

TEST(Writing, IsUnderstoodInComposedAndDecomposedForm) {
  const auto matcher = compiled(municipal());
  for (const char* text : {"åpningstid på måndag", "ÅPNINGSTID", "Kva er åpningstidene no?"}) {
    EXPECT_EQ(article_for(*matcher, text), "opning") << text;
    EXPECT_EQ(article_for(*matcher, decomposed(text)), "opning") << text;
  }
  const std::string text = decomposed("når er åpningstid");
  EXPECT_EQ(marked(text, matcher->match(text).hits.at(0).matched), decomposed("åpningstid"));
}

TEST(Writing, IsUnderstoodAroundEmoji) {
  const auto matcher = compiled(municipal());
  for (const char* text :
       {"🗑️søppeldunk🗑️", "søppeldunk😡😡😡", "👨‍👩‍👧 søppeldunken 🇳🇴",
        "søppel 🗑️ dunk", "1️⃣ søppeldunk ‼️"}) {
    EXPECT_EQ(article_for(*matcher, text), "boss.dunk") << text;
  }
  const std::string text = "😀søppeldunk😀";
  EXPECT_EQ(marked(text, matcher->match(text).hits.at(0).matched), "søppeldunk");
}

TEST(Writing, IsUnderstoodThroughInvisibleCharacters) {
  const auto matcher = compiled(municipal());
  // Zero-width space and joiners, a byte order mark, a soft hyphen, marks and overrides of
  // direction.
  for (const char* mark : {"\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u200E",
                           "\u200F", "\u202A", "\u202E", "\u202C", "\u2066", "\u2069"}) {
    const std::string text = riddled("søppeldunk", mark);
    const Matches matches = matcher->match("min " + text + " er full");
    ASSERT_EQ(matches.hits.size(), 1u) << text;
    EXPECT_EQ(marked("min " + text + " er full", matches.hits[0].matched), text);
  }
}

TEST(Writing, IsUnderstoodWithEveryBlankAndDash) {
  const auto matcher = compiled(municipal());
  for (const char* between :
       {" ", "  ", "\t", "\n", "\u00A0", "\u2009", "\u3000", "-", "\u2010", "\u2013", "/", ", "}) {
    const std::string text = std::string("søppel") + between + "dunk";
    EXPECT_EQ(article_for(*matcher, text), "boss.dunk") << text;
  }
}

TEST(Writing, OfFourThousandCharactersIsReadToTheEndWithTheRightSpans) {
  const auto matcher = compiled(municipal());
  std::string text;
  int characters = 0;
  for (; characters < 3'900; characters += 6) text += "blåbær";
  text += " ";
  for (const char* one : {"søppeldunk", "a\xCC\x8Apningstid"}) {
    const std::string whole = text + one;
    const Matches matches = matcher->match(whole);
    ASSERT_EQ(matches.hits.size(), 1u) << one;
    EXPECT_EQ(marked(whole, matches.hits[0].matched), one);
  }
}

TEST(Writing, OfFourThousandCharactersCostsNoMoreThanItsWords) {
  const auto matcher = compiled(municipal());
  const auto cpu_ms = [&](const std::string& text) {
    const std::clock_t begin = std::clock();
    for (int i = 0; i < 5; ++i) (void)matcher->match(text);
    return 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / 5;
  };
  const auto filled = [](std::string_view piece) {
    std::string text;
    while (text.size() + piece.size() <= 4'000) text += piece;
    return text;
  };
  // One word, words that nearly are, words that every group knows, letters drawn out, marks alone.
  for (const char* piece : {"a", "bibliotke ", "søppel dunk ", "når boss ", "heeeeeeelp ", "\u200B",
                            "å ", "barnehgaeplass", "a\xCC\x8A", "😀", "\xFF"}) {
    EXPECT_LT(cpu_ms(filled(piece)), 100) << piece;
  }
}

TEST(Compounds, AreFoundInTheirPartsWhenRulesKnowBoth) {
  IntentSources sources = municipal();
  sources.intents.push_back(intent("boss.pris", {rule("price", {{"avgift*"}, {"@waste"}})}));
  const auto matcher = compiled(sources);
  EXPECT_EQ(article_for(*matcher, "bossavgift"), "boss.pris");
  EXPECT_EQ(article_for(*matcher, "søppelavgiften"), "boss.pris");
}

}  // namespace
}  // namespace svar::intents
