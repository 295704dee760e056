#include "bot/service/content/check_content.h"

#include "bot/service/content/fact_matrix.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using test::at;
using test::content_files;
using test::found;
using test::listed;
using test::with;

const std::string kArticle = "articles/boss.tommekalender.md";
const std::string kStrand = "municipalities/strand/municipality.yaml";

Findings check(const std::vector<ContentFile>& files, Time now = at(2026, 11, 23)) {
  return check_content(kb::parse_content(files).content, now);
}

TEST(CheckContent, HasNothingAgainstGoodContent) {
  const auto findings = check(content_files());
  EXPECT_FALSE(has_errors(findings)) << listed(findings);
}

TEST(CheckContent, NamesTheSlotItsLineAndTheMunicipalityThatLacksIt) {
  const auto findings = check(with(content_files(), kStrand, "waste.url:", "library.url:"));
  EXPECT_TRUE(found(findings, kArticle, 10, "«{{waste.url}}» has no value in strand"))
      << listed(findings);
  EXPECT_TRUE(found(findings, kStrand, 0, "the fact «waste.url» (Tømmekalender) is missing"))
      << listed(findings);
  EXPECT_TRUE(found(findings, kStrand, 0, "«library.url» is not listed")) << listed(findings);
}

TEST(CheckContent, FindsAnEmptyValue) {
  const auto findings = check(with(content_files(), kStrand, "value: BIR", "value: \"\""));
  EXPECT_TRUE(found(findings, kStrand, 0, "is empty")) << listed(findings);
}

TEST(CheckContent, FindsASlotThatNobodyKnows) {
  const auto findings = check(with(content_files(), kArticle, "bosset i {{municipality.name}}",
                                   "bosset i {{municipality.nmae}}"));
  EXPECT_TRUE(found(findings, kArticle, 16, "not listed in facts.yaml")) << listed(findings);
}

TEST(CheckContent, FindsAShortAnswerThatGrowsTooLong) {
  const auto findings =
      check(with(content_files(), kStrand, "value: BIR", "value: " + std::string(390, 'B')));
  EXPECT_TRUE(found(findings, kArticle, 1, "in strand; at most 400")) << listed(findings);
}

TEST(CheckContent, FindsLinksThatAreNone) {
  const auto findings = check(with(content_files(), "articles/pass.bestille.md",
                                   "https://www.politiet.no", "javascript:alert(1)"));
  EXPECT_TRUE(found(findings, "articles/pass.bestille.md", 11, "is no address"))
      << listed(findings);
}

TEST(CheckContent, FindsSlotsInWhatIsTheSameEverywhere) {
  const auto findings = check(with(content_files(), "articles/pass.bestille.md", "ikkje kommunen",
                                   "ikkje {{municipality.name}}"));
  EXPECT_TRUE(found(findings, "articles/pass.bestille.md", 15, "varies: false"))
      << listed(findings);
}

TEST(CheckContent, WarnsWhenAReviewDateHasPassed) {
  const auto findings = check(content_files(), at(2027, 5, 2));
  EXPECT_TRUE(found(findings, kArticle, 1, "review date 2027-05-01 has passed"))
      << listed(findings);
  EXPECT_FALSE(has_errors(findings));
}

TEST(CheckContent, FindsMissingTextsAndLostNames) {
  auto findings =
      check(with(content_files(), "texts/system.yaml", "offer_person:", "offer_nobody:"));
  EXPECT_TRUE(found(findings, "texts", 0, "«offer_person» is missing")) << listed(findings);
  findings = check(with(content_files(), "texts/system.yaml", "notice nb {municipality}",
                        "notice nb {kommune}"));
  EXPECT_TRUE(found(findings, "texts/system.yaml", 1, "other {names} in nb")) << listed(findings);
}

TEST(CheckContent, FindsRulesWhoseOwnExamplesFail) {
  const auto findings = check(with(content_files(), "intents/boss.tommekalender.yaml",
                                   "\"når vert bosset tømt\"", "\"heilt anna\""));
  EXPECT_TRUE(found(findings, "intents/boss.tommekalender.yaml", 0, "heilt anna"))
      << listed(findings);
}

TEST(CheckContent, FindsIntentsWithoutArticleAndArticlesWithoutIntent) {
  auto files = content_files();
  for (auto& file : files) {
    if (file.path == "intents/pass.bestille.yaml") {
      file.path = "intents/pass.fornye.yaml";
      file.bytes.replace(0, std::string("article: pass.bestille").size(), "article: pass.fornye");
    }
  }
  const auto findings = check(files);
  EXPECT_TRUE(found(findings, "intents/pass.fornye.yaml", 0, "there is no article «pass.fornye»"))
      << listed(findings);
  EXPECT_TRUE(found(findings, "articles/pass.bestille.md", 0, "no rules or examples"))
      << listed(findings);
}

TEST(CheckContent, FindsOriginsColoursAndNumbersThatAreWrong) {
  auto files =
      with(content_files(), kStrand, "https://www.strand.example", "https://www.strand.example/");
  files = with(files, kStrand, "#7a1f2b", "#ffcc00");
  files = with(files, kStrand, "864338712", "864338713");
  const auto findings = check(files);
  EXPECT_TRUE(found(findings, kStrand, 0, "the origin")) << listed(findings);
  EXPECT_TRUE(found(findings, kStrand, 0, "colour")) << listed(findings);
  EXPECT_TRUE(found(findings, kStrand, 0, "organisation_number")) << listed(findings);
}

TEST(CheckContent, CountsTheSamplesOfEachMunicipality) {
  const auto samples = count_samples(kb::parse_content(content_files()).content);
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].facts, 3);
  EXPECT_EQ(samples[0].sample_slots, std::vector<std::string>{"library.hours"});
  EXPECT_TRUE(samples[0].hours_sample);
}

TEST(CheckContent, NamesTheStateOfEveryValueInEveryMunicipality) {
  const auto files = with(content_files(), kStrand, "waste.url:", "waste.uri:");
  const FactMatrix matrix = fact_matrix(kb::parse_content(files).content);
  EXPECT_EQ(matrix.municipalities, (std::vector<std::string>{"fjell", "strand"}));
  std::map<std::string, std::vector<FactState>> rows;
  for (const FactRow& row : matrix.rows) rows[row.slot] = row.states;
  using enum FactState;
  EXPECT_EQ(rows.at("waste.url"), (std::vector{established, missing}));
  EXPECT_EQ(rows.at("library.hours"), (std::vector{sample, sample}));
  EXPECT_EQ(rows.at("hours"), (std::vector{sample, sample}));
  EXPECT_EQ(rows.size(), 4U);
}

TEST(CheckContent, FindsLinksToHostsThatNobodyIsKnownToOwn) {
  const std::string pass = "articles/pass.bestille.md";
  auto findings =
      check(with(content_files(), pass, "https://www.politiet.no", "https://www.passhjelp.no"));
  EXPECT_TRUE(found(findings, pass, 11, "nobody is known to own «www.passhjelp.no»"))
      << listed(findings);
  findings = check(with(content_files(), pass, "https://www.politiet.no", "https://www.x.example"));
  EXPECT_TRUE(found(findings, pass, 11, "nobody is known to own «www.x.example»"))
      << listed(findings);
  findings = check(with(content_files(), pass, "ikkje kommunen", "på passhjelp.no"));
  EXPECT_TRUE(found(findings, pass, 0, "nobody is known to own «passhjelp.no»"))
      << listed(findings);
}

TEST(CheckContent, LetsFactsNameTheMunicipalitysOwnHostsAndMarkedSamplesAlone) {
  const std::string calendar = "value: \"https://strand.example/kalender\", source";
  const auto told = [&](const std::string& value) {
    return check(with(content_files(), kStrand, calendar, value));
  };
  auto findings = told("value: \"https://boss.no/kalender\", source");
  EXPECT_TRUE(found(findings, kStrand, 0, "«waste.url»: nobody is known to own «boss.no»"))
      << listed(findings);
  findings = told("value: \"https://fjell.example/kalender\", source");
  EXPECT_TRUE(found(findings, kStrand, 0, "mark it sample: true")) << listed(findings);
  findings = told("value: \"https://fjell.example/kalender\", sample: true, source");
  EXPECT_FALSE(has_errors(findings)) << listed(findings);
  findings = check(
      with(with(content_files(), kStrand, calendar, "value: \"https://boss.no/kalender\", source"),
           kStrand, "places:", "hosts: {boss.no: Bossfolket}\nplaces:"));
  EXPECT_FALSE(has_errors(findings)) << listed(findings);
}

TEST(CheckContent, RefusesAHostWithoutAnOwnerAndWhatIsNoHost) {
  const auto findings =
      kb::parse_content(with(content_files(), "hosts.yaml",
                             "www.politiet.no:", "https://x.no: Nokon\nwww.y.no:\nwww.z.no:"))
          .findings;
  EXPECT_TRUE(found(findings, "hosts.yaml", 1, "is no host")) << listed(findings);
  EXPECT_TRUE(found(findings, "hosts.yaml", 0, "«www.y.no» has no owner")) << listed(findings);
}

TEST(CheckContent, FindsShortAnswersThatWouldFitAnotherQuestion) {
  const std::string library = "articles/bibliotek.opningstid.md";
  const auto findings =
      check(with(content_files(), library, "Biblioteket er ope {{library.hours}}.",
                 "Det er politiet som gjev pass, ikkje biblioteket."));
  EXPECT_TRUE(found(findings, library, 1, "(nn) shares")) << listed(findings);
  EXPECT_TRUE(found(findings, library, 1, "with that of pass.bestille")) << listed(findings);
  EXPECT_FALSE(found(check(content_files()), library, 0, "of its words"));
}

TEST(CheckContent, FindsShortAnswersThatAreMostlyTelephoneNumbers) {
  const std::string library = "articles/bibliotek.opningstid.md";
  auto files = with(content_files(), "facts.yaml", "library.hours:",
                    "library.phone: {label: {nn: Telefon, nb: Telefon}, kind: phone, owner: kultur}"
                    "\nlibrary.hours:");
  files = with(files, library, "er ope {{library.hours}}.",
               "er ope {{library.hours}}. Ring {{library.phone}}. Eller ring {{library.phone}}.");
  const auto findings = check(files);
  EXPECT_TRUE(found(findings, library, 1, "(nn) has 2 sentences with telephone numbers"))
      << listed(findings);
  EXPECT_FALSE(found(findings, library, 0, "(nb) has")) << listed(findings);
}

}  // namespace
}  // namespace svar::service
