// Forms that citizens fill in: read strictly, and checked against the rest of the content.
#include "bot/service/content/check_content.h"
#include "tests/kb-adapter/content_fixture.h"

namespace svar::service {
namespace {

using test::at;
using test::content_files;
using test::found;
using test::listed;
using test::with;

const std::string kForm = "forms/feil.yaml";

std::vector<ContentFile> files() {
  auto all = content_files();
  all.push_back({kForm, R"(form: feil
articles: [boss.tommekalender]
title: {nn: Feil, nb: Feil, en: Fault}
start: {nn: Meld no, nb: Meld nå, en: Report}
intro: {nn: Eg sender det., nb: Jeg sender det., en: I send it.}
confirmation: {nn: Sendt., nb: Sendt., en: Sent.}
fields:
  - key: kind
    kind: choice
    question: {nn: "Kva?", nb: "Hva?", en: "What?"}
    label: {nn: Gjeld, nb: Gjelder, en: About}
    options:
      - {id: a, label: {nn: A, nb: A, en: A}, words: [a]}
      - {id: b, label: {nn: B, nb: B, en: B}, words: [b], articles: [boss.tommekalender]}
  - key: place
    kind: place
    optional: true
    question: {nn: "Kvar?", nb: "Hvor?", en: "Where?"}
    label: {nn: Stad, nb: Sted, en: Place}
    length_max: 80
)"});
  return all;
}

Findings read(const std::vector<ContentFile>& content) {
  return kb::parse_content(content).findings;
}

Findings check(const std::vector<ContentFile>& content) {
  return check_content(kb::parse_content(content).content, at(2026, 11, 23));
}

Findings spoilt(const std::string& from, const std::string& to) {
  auto both = read(with(files(), kForm, from, to));
  const auto checked = check(with(files(), kForm, from, to));
  both.insert(both.end(), checked.begin(), checked.end());
  return both;
}

TEST(FormParser, ReadsAForm) {
  const auto result = kb::parse_content(files());
  EXPECT_FALSE(has_errors(result.findings)) << listed(result.findings);
  ASSERT_EQ(result.content.forms.size(), 1u);
  const engine::Form& form = result.content.forms.front();
  ASSERT_EQ(form.fields.size(), 2u);
  EXPECT_EQ(form.fields[0].kind, engine::FieldKind::choice);
  EXPECT_EQ(form.fields[0].options[1].articles.front(), ArticleId{"boss.tommekalender"});
  EXPECT_EQ(form.fields[0].length_max, 500);
  EXPECT_TRUE(form.fields[1].optional);
  EXPECT_EQ(form.fields[1].length_max, 80);
  EXPECT_EQ(form.fields[1].place.line, 15);
}

TEST(FormParser, NamesEveryFaultWithItsLine) {
  struct Fault {
    const char* from;
    const char* to;
    int line;
    const char* what;
  };
  const Fault kFaults[] = {
      {"form: feil", "form: anna", 1, "must be the same"},
      {"kind: choice", "kind: chioce", 8, "the kind «chioce» must be choice, text, place"},
      {"start: {nn: Meld no, nb: Meld nå, en: Report}", "start: {nn: Meld no}", 4,
       "«nb» is missing"},
      {"intro:", "introo:", 1, "«intro» is missing"},
      {"intro:", "introo:", 0, "«introo»"},
      {"length_max: 80", "length_max: mange", 20, ""},
      {"articles: [boss.tommekalender]", "articles: [boss.finst.ikkje]", 1,
       "no article «boss.finst.ikkje»"},
      {"key: place", "key: kind", 15, "for the second time"},
      {"key: place", "key: municipality", 15, "asked for by the program"},
      {", en: A}, words: [a]}", "}, words: [a]}", 13, "English is missing"},
      {"words: [a]", "words: []", 13, "has no words"},
      {"{id: b,", "{id: a,", 14, "for the second time"},
      {"articles: [boss.tommekalender]}", "articles: [pass.bestille]}", 14,
       "not among the form's articles"},
      {"kind: place", "kind: choice", 15, "one to eight options"},
      {"kind: choice", "kind: text", 8, "for the kind choice alone"},
      {"optional: true", "begins: [ved]\n    kind2: x", 0, "«kind2»"}};
  for (const Fault& fault : kFaults) {
    const auto findings = spoilt(fault.from, fault.to);
    EXPECT_TRUE(found(findings, kForm, fault.line, fault.what)) << fault.to << "\n"
                                                                << listed(findings);
  }
}

TEST(FormParser, AChoiceNeedsOptions) {
  auto all = files();
  const std::size_t begin = all.back().bytes.find("    options:");
  all.back().bytes.erase(begin, all.back().bytes.find("  - key: place") - begin);
  EXPECT_TRUE(found(check(all), kForm, 8, "one to eight options")) << listed(check(all));
}

TEST(CheckForms, WantsTheTextsThatFormsSay) {
  EXPECT_TRUE(found(check(files()), "texts", 0, "the text «form_review» is missing"));
  EXPECT_FALSE(found(check(content_files()), "texts", 0, "form_"));
}

TEST(CheckForms, AnArticleHasOneForm) {
  auto all = files();
  ContentFile second = all.back();
  second.path = "forms/feil2.yaml";
  second.bytes.replace(0, 10, "form: feil2");
  all.push_back(second);
  EXPECT_TRUE(found(check(all), second.path, 1, "already has the form «feil»"))
      << listed(check(all));
}

TEST(CheckForms, ARuleThatStartsAFormNeedsOne) {
  const std::string intent = "intents/boss.tommekalender.yaml";
  const auto flagged =
      with(content_files(), intent, "  - name:", "  - starts_form: true\n    name:");
  EXPECT_TRUE(found(check(flagged), intent, 0, "no form names the article"))
      << listed(check(flagged));
  const auto content = kb::parse_content(flagged).content;
  ASSERT_EQ(content.reports.size(), 1u);
  EXPECT_TRUE(content.reports[0].rule.starts_with(intent + "#"));
}

}  // namespace
}  // namespace svar::service
