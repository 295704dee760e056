#include "kb-adapter/sources/folder_source.h"

#include "tests/kb-adapter/content_fixture.h"

namespace svar::kb {
namespace {

using test::content_files;
using test::found;
using test::listed;
using test::with;

const std::string kArticle = "articles/boss.tommekalender.md";
const std::string kStrand = "municipalities/strand/municipality.yaml";
const std::string kIntent = "intents/boss.tommekalender.yaml";

TEST(FolderSource, ReadsEveryKindOfFile) {
  const auto read = FolderSource(SVAR_TEST_CONTENT).read();
  EXPECT_TRUE(read.complete()) << listed(read.findings);
  const auto& content = read.content;
  EXPECT_EQ(content.municipalities.size(), 2U);
  EXPECT_EQ(content.articles.size(), 3U);
  EXPECT_EQ(content.intents.intents.size(), 3U);
  EXPECT_EQ(content.intents.safety.size(), 1U);
  EXPECT_EQ(content.facts.size(), 3U);
  EXPECT_EQ(content.host_municipality, "strand");
  EXPECT_EQ(content.municipalities.at("fjell").municipality.facts.at("waste.company").value.nn,
            "NGIR");
  EXPECT_EQ(content.regression.size(), 4U);
}

TEST(FolderSource, TurnsMarkdownIntoPlainText) {
  const auto read = FolderSource(SVAR_TEST_CONTENT).read();
  const Article* article = nullptr;
  for (const auto& one : read.content.articles) {
    if (one.id.value == "boss.tommekalender") article = &one;
  }
  ASSERT_NE(article, nullptr);
  EXPECT_EQ(article->nn.short_answer, "{{waste.company}} hentar bosset i {{municipality.name}}.");
  ASSERT_EQ(article->nn.sections.size(), 1U);
  EXPECT_EQ(article->nn.sections[0].name, "steps");
  EXPECT_EQ(article->nn.sections[0].text,
            "1. Opne kalenderen.\n2. Skriv adressa di.\n\nSet ut dunken:\n\n– før kl. 7\n– med "
            "handtaket ut");
  EXPECT_TRUE(article->en.empty());
}

TEST(FolderSource, ShowsLinksAndNestedListsInText) {
  const auto files =
      with(content_files(), "articles/pass.bestille.md",
           "Det er politiet som gjev pass, ikkje kommunen.",
           "Sjå [politiet](https://politiet.no) og <https://x.no>.\n\n- ein\n  - to\n- tre *vekt*");
  const auto read = parse_content(files);
  EXPECT_TRUE(read.complete()) << listed(read.findings);
  for (const auto& article : read.content.articles) {
    if (article.id.value != "pass.bestille") continue;
    EXPECT_EQ(article.nn.short_answer,
              "Sjå politiet (https://politiet.no) og https://x.no.\n\n– ein\n  – to\n– tre vekt");
  }
}

TEST(FolderSource, NamesFileAndLineOfEachFault) {
  auto files = with(content_files(), kArticle, "kind: local", "kind: lokal");
  files = with(files, kArticle, "owner: teknisk", "eigar: teknisk");
  files = with(
      files, kStrand,
      "waste.company: {value: BIR, source: \"https://strand.example/boss\", checked: 2026-11-01}",
      "waste.company: {value: BIR}");
  files = with(files, kIntent, "unless:", "unles:");
  const auto read = parse_content(files);
  EXPECT_FALSE(read.complete());
  EXPECT_TRUE(found(read.findings, kArticle, 3, "the kind must be")) << listed(read.findings);
  EXPECT_TRUE(found(read.findings, kArticle, 7, "unknown key «eigar»")) << listed(read.findings);
  EXPECT_TRUE(found(read.findings, kArticle, 2, "«owner» is missing")) << listed(read.findings);
  EXPECT_TRUE(found(read.findings, kStrand, 0, "no origin")) << listed(read.findings);
  EXPECT_TRUE(found(read.findings, kIntent, 5, "unknown key «unles»")) << listed(read.findings);
}

TEST(FolderSource, ReadsExamplesOfDangerAndRefusesOneThatIsBoth) {
  constexpr const char* kFile = "intents/danger_examples.yaml";
  auto files = content_files();
  files.push_back(
      {kFile, "fire:\n  - det knitrar i veggen\nharmless:\n  - det knitrar i peisen\n"});
  const auto read = parse_content(files);
  EXPECT_TRUE(read.complete()) << listed(read.findings);
  ASSERT_EQ(read.content.danger_examples.size(), 1U);
  EXPECT_EQ(read.content.danger_examples[0].kind, SafetyKind::fire);
  EXPECT_EQ(read.content.harmless_examples, std::vector<std::string>{"det knitrar i peisen"});
  files.back().bytes = "fire:\n  - det knitrar\nharmless:\n  - det knitrar\nflood: [det stig]\n";
  const auto refused = parse_content(files).findings;
  EXPECT_TRUE(found(refused, kFile, 4, "twice")) << listed(refused);
  EXPECT_TRUE(found(refused, kFile, 5, "no kind of danger")) << listed(refused);
}

TEST(FolderSource, RefusesAKeyGivenTwice) {
  const auto files =
      with(content_files(), kArticle, "owner: teknisk", "owner: teknisk\nowner: annan");
  EXPECT_TRUE(found(parse_content(files).findings, kArticle, 8, "second time"));
}

TEST(FolderSource, TellsWhereTheYamlBreaks) {
  const auto files = with(content_files(), kStrand, "name: Strand", "name: [Strand");
  EXPECT_TRUE(found(parse_content(files).findings, kStrand, 0, "not valid YAML"));
}

TEST(FolderSource, RefusesHtmlUnclosedSlotsAndTextOutsideALanguage) {
  auto files = with(content_files(), "articles/pass.bestille.md", "# nn",
                    "Laust.\n\n# nn\n\n<b>html</b> {{open");
  const auto read = parse_content(files);
  EXPECT_TRUE(found(read.findings, "articles/pass.bestille.md", 13, "outside a language"))
      << listed(read.findings);
  EXPECT_TRUE(found(read.findings, "articles/pass.bestille.md", 17, "HTML"))
      << listed(read.findings);
  EXPECT_TRUE(found(read.findings, "articles/pass.bestille.md", 17, "not closed"))
      << listed(read.findings);
}

TEST(FolderSource, RefusesHoursThatCannotBe) {
  const auto files =
      with(content_files(), kStrand, "monday: \"09:00-15:00\"", "monday: \"15:00-09:00\"");
  EXPECT_TRUE(found(parse_content(files).findings, kStrand, 0, "hours like"));
}

TEST(FolderSource, ReportsAFileThatBelongsNowhere) {
  auto files = content_files();
  files.push_back({"artiklar/boss.md", "x"});
  EXPECT_TRUE(found(parse_content(files).findings, "artiklar/boss.md", 0, "belongs nowhere"));
}

TEST(FolderSource, ReadsFilesSavedOnWindowsAndRefusesOtherEncodings) {
  auto files = content_files();
  for (auto& file : files) {
    if (file.path != kArticle) continue;
    std::string lines = "\xEF\xBB\xBF";
    for (const char c : file.bytes) lines += c == '\n' ? "\r\n" : std::string(1, c);
    file.bytes = lines;
  }
  const auto read = parse_content(files);
  EXPECT_TRUE(read.complete()) << listed(read.findings);
  files = with(files, kStrand, "name: Strand", "name: \xD8ystrand");  // Latin-1
  EXPECT_TRUE(found(parse_content(files).findings, kStrand, 0, "not UTF-8"));
}

TEST(FolderSource, ReportsAFolderThatIsNotThere) {
  const auto read = FolderSource("/nowhere/at/all").read();
  EXPECT_FALSE(read.complete());
}

TEST(FolderSource, SurvivesDeepAndBrokenYaml) {
  auto files = content_files();
  for (const std::string& bytes :
       {std::string(100'000, '['), std::string("a: &a [*a]\n"), std::string("\xff\xfe\x00x", 4),
        std::string("? {a: b}\n: c\n"), std::string("- - - x\n")}) {
    for (const char* path : {"facts.yaml", "regression.yaml", "intents/safety.yaml"}) {
      for (auto& file : files) {
        if (file.path == path) file.bytes = bytes;
      }
    }
    EXPECT_FALSE(parse_content(files).complete());
  }
}

}  // namespace
}  // namespace svar::kb
