#include "kb-adapter/articles/canned_reply.h"

#include <gtest/gtest.h>

namespace svar::kb {
namespace {

CannedReply reply(const std::string& id, const std::string& text, const std::string& whose = "") {
  CannedReply made;
  made.id = id;
  if (!whose.empty()) made.municipality = MunicipalityId{whose};
  made.title = {id + " nn", id + " nb", id + " en"};
  made.text = {text, text, text};
  return made;
}

Municipality fjell() {
  Municipality made;
  made.id = MunicipalityId{"fjell"};
  made.name = "Fjell";
  made.facts["waste.company"] = {{"NGIR", "NGIR", "NGIR"}, false, "", ""};
  made.facts["library.hours"] = {{"kl. 12", "kl. 12", "12 pm"}, true, "", ""};
  return made;
}

TEST(CannedReply, IsFilledWithFactsAndTheAgentsFirstName) {
  const Municipality municipality = fjell();
  const auto all = replies_for({reply("a", "{{agent.first_name}} i {{ municipality.name }}.")},
                               {&municipality, Language::nb, Language::en, "Kari Ås Nordås"});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].text, "Kari i Fjell.");
  EXPECT_EQ(all[0].title, "a en");
  EXPECT_EQ(all[0].language, Language::nb);
  EXPECT_FALSE(all[0].sample);
  EXPECT_TRUE(all[0].missing.empty());
}

TEST(CannedReply, TellsWhatIsASampleAndWhatIsMissing) {
  const Municipality municipality = fjell();
  const auto all = replies_for({reply("a", "{{library.hours}} {{no.such}} {{no.such}}")},
                               {&municipality, Language::en, Language::nn, "Kari"});
  EXPECT_EQ(all[0].text, "12 pm {{no.such}} {{no.such}}");
  EXPECT_TRUE(all[0].sample);
  EXPECT_EQ(all[0].missing, std::vector<std::string>{"no.such"});
}

TEST(CannedReply, ForACrisisComesFirstInOneAndNotAtAllOtherwise) {
  auto prepared = reply("b", "for a crisis");
  prepared.crisis = true;
  const std::vector<CannedReply> written = {reply("a", "every day"), prepared};
  const auto everyday = replies_for(written, {nullptr, Language::nn, Language::nn, "Kari", false});
  ASSERT_EQ(everyday.size(), 1u);
  EXPECT_EQ(everyday[0].id, "a");
  const auto crisis = replies_for(written, {nullptr, Language::nn, Language::nn, "Kari", true});
  ASSERT_EQ(crisis.size(), 2u);
  EXPECT_EQ(crisis[0].id, "b");
}

TEST(CannedReply, OfAnUnknownMunicipalityLacksItsFactsAlone) {
  const auto all = replies_for({reply("a", "{{agent.first_name}} {{waste.company}}")},
                               {nullptr, Language::nn, Language::nn, "Kari"});
  EXPECT_EQ(all[0].text, "Kari {{waste.company}}");
  EXPECT_EQ(all[0].missing, std::vector<std::string>{"waste.company"});
}

TEST(CannedReply, AMunicipalitysOwnStandsInThePlaceOfTheCommonOne) {
  const Municipality municipality = fjell();
  const std::vector<CannedReply> all = {reply("a", "felles a"), reply("a", "Fjell a", "fjell"),
                                        reply("b", "felles b"), reply("c", "Fjell c", "fjell"),
                                        reply("d", "Strand d", "strand")};
  const auto texts = [&](const Municipality* whose) {
    std::string joined;
    for (const auto& one : replies_for(all, {whose, Language::nn, Language::nn, "Kari"}))
      joined += one.text + "|";
    return joined;
  };
  EXPECT_EQ(texts(&municipality), "Fjell a|felles b|Fjell c|");
  EXPECT_EQ(texts(nullptr), "felles a|felles b|");
}

TEST(CannedReply, WhatAFactHoldsIsNoSlot) {
  Municipality municipality = fjell();
  municipality.facts["waste.company"].value.nn = "{{agent.first_name}}";
  const auto all = replies_for({reply("a", "{{waste.company}}")},
                               {&municipality, Language::nn, Language::nn, "Kari"});
  EXPECT_EQ(all[0].text, "{{agent.first_name}}");
}

TEST(CannedReply, WithoutATranslationIsInNynorskAndSaysSo) {
  auto untranslated = reply("a", "tekst");
  untranslated.text.en.clear();
  const auto all = replies_for({untranslated}, {nullptr, Language::en, Language::nn, "Kari"});
  EXPECT_EQ(all[0].text, "tekst");
  EXPECT_EQ(all[0].language, Language::nn);
}

}  // namespace
}  // namespace svar::kb
