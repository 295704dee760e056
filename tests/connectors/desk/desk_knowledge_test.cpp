#include "kb-adapter/articles/article_index.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

kb::Article article(const std::string& id, kb::ArticleKind kind, const std::string& title,
                    const std::string& answer) {
  kb::Article out;
  out.id = ArticleId{id};
  out.kind = kind;
  out.title = out.topic = {title, title, title};
  out.nn.short_answer = out.nb.short_answer = out.en.short_answer = answer;
  return out;
}

class DeskKnowledge : public fakes::DeskClient {
 protected:
  DeskKnowledge() {
    auto bins = article("boss.dunk", kb::ArticleKind::local, "Ny bossdunk",
                        "{{waste.company}} byter dunken din. Ring dei.");
    bins.agent_note = {"Spør etter tømmenummeret.", "Spør etter tømmenummeret.", "Ask for it."};
    auto hours = article("bibliotek.opning", kb::ArticleKind::local, "Når er biblioteket ope?",
                         "Biblioteket er ope {{library.hours}}.");
    auto own = article("bygg.status", kb::ArticleKind::personal, "Kor langt har byggjesaka komme?",
                       "Ein sakshandsamar må sjå i saka di.");
    auto release = std::make_shared<engine::Release>(*world.release);
    release->articles = kb::ArticleIndex::build({bins, hours, own}, {});
    world.release = std::move(release);
    EXPECT_EQ(log_in("kari").status, 200);
  }

  json search(const std::string& text, const std::string& municipality) {
    const auto response =
        post("/desk/v1/articles/search",
             json{{"text", text}, {"municipality", municipality}, {"language", "nn"}}.dump());
    EXPECT_EQ(response.status, 200) << response.body;
    return json::parse(response.body)["articles"];
  }
};

TEST_F(DeskKnowledge, AnAgentFindsTheAnswerWithTheMunicipalitysFacts) {
  const json found = search("kan eg få ny bossdunk", "osteroy").at(0);
  EXPECT_EQ(found["id"], "boss.dunk");
  EXPECT_EQ(found["answer"], "BIR byter dunken din. Ring dei.");
  EXPECT_EQ(found["note"], "Spør etter tømmenummeret.");
  EXPECT_EQ(found["sample"], false);
  EXPECT_EQ(found["may_send"], true);
}

TEST_F(DeskKnowledge, ThePassageShowsWhatWasFound) {
  const json found = search("bossdunk dunken", "osteroy").at(0);
  std::string whole;
  bool any = false;
  for (const auto& piece : found["passage"]) {
    whole += piece["text"].get<std::string>();
    any = any || piece["found"].get<bool>();
  }
  EXPECT_TRUE(any) << found["passage"];
  EXPECT_NE(whole.find("dunken"), std::string::npos) << whole;
}

TEST_F(DeskKnowledge, WhatNoMunicipalityHasConfirmedIsASample) {
  EXPECT_EQ(search("når er biblioteket ope", "osteroy").at(0)["sample"], true);
}

TEST_F(DeskKnowledge, AnAnswerWithAMissingFactCantBeSent) {
  const json found = search("når er biblioteket ope", "gulen").at(0);
  EXPECT_EQ(found["may_send"], false);
  EXPECT_EQ(found["missing"], json::array({"library.hours"}));
}

TEST_F(DeskKnowledge, TheCitizensOwnCaseIsNeverAnsweredByATextAlone) {
  EXPECT_EQ(search("kor langt har byggjesaka komme", "osteroy").at(0)["may_send"], false);
}

TEST_F(DeskKnowledge, AnotherMunicipalityIsUnknown) {
  EXPECT_EQ(log_in("gudrun").status, 200);
  const auto response = post("/desk/v1/articles/search",
                             json{{"text", "bossdunk"}, {"municipality", "osteroy"}}.dump());
  EXPECT_EQ(response.status, 404);
}

TEST_F(DeskKnowledge, TextOrLanguageThatIsNoneIsRefused) {
  EXPECT_EQ(post("/desk/v1/articles/search", "{}").status, 400);
  EXPECT_EQ(
      post("/desk/v1/articles/search", json{{"text", "a"}, {"language", "tlh"}}.dump()).status,
      400);
}

}  // namespace
}  // namespace svar::desk
