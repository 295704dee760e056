// What an agent puts into a draft and what is kept of it, over HTTP.
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

const ConversationId kOne{1};

class DeskDrafts : public fakes::DeskClient {
 protected:
  DeskDrafts() {
    auto release = std::make_shared<engine::Release>(*world.release);
    const kb::Localised title{"Helsing", "Hilsen", "Greeting"};
    const std::string text = "Hei, eg er {{agent.first_name}}. Ring {{waste.company}}.";
    release->replies.push_back({"hei", std::nullopt, title, {text, text, text}, {}});
    release->replies.push_back(
        {"gulen", MunicipalityId{"gulen"}, title, {"berre i Gulen", "", ""}, {}});
    world.release = std::move(release);
    world.citizen_waits(kOne);
    EXPECT_EQ(log_in("kari").status, 200);
    EXPECT_EQ(get(at(1)).status, 200);
  }
  net::Response keep(const std::string& text) {
    return post(at(1, "draft"), json{{"text", text}}.dump());
  }
  std::string draft() { return json::parse(get(at(1)).body)["draft"]; }
};

TEST_F(DeskDrafts, TheEditorsRepliesComeFilledForTheCitizensMunicipality) {
  const auto response = get(at(1, "replies"));
  EXPECT_EQ(response.status, 200);
  const auto replies = json::parse(response.body)["replies"];
  ASSERT_EQ(replies.size(), 1u) << "another municipality's own are not there";
  EXPECT_EQ(replies[0]["title"], "Helsing");
  EXPECT_EQ(replies[0]["text"], "Hei, eg er Agent. Ring BIR.");
  EXPECT_EQ(replies[0]["missing"], json::array());
}

TEST_F(DeskDrafts, ADraftIsKeptForWhoHoldsTheConversation) {
  EXPECT_EQ(error_code(keep("Hei")), "not_yours");
  EXPECT_EQ(post(at(1, "take")).status, 200);
  EXPECT_EQ(draft(), "");
  EXPECT_EQ(keep("Hei, eg ser på").status, 204);
  EXPECT_EQ(draft(), "Hei, eg ser på");
  cookie.clear();
  EXPECT_EQ(log_in("ola").status, 200);
  EXPECT_EQ(draft(), "");
  EXPECT_EQ(error_code(keep("Eg òg")), "not_yours");
}

TEST_F(DeskDrafts, WhatWasSaidIsNoDraftAnyMore) {
  EXPECT_EQ(post(at(1, "take")).status, 200);
  EXPECT_EQ(keep("Hei!").status, 204);
  EXPECT_EQ(post(at(1, "say"), json{{"id", "m1"}, {"text", "Hei!"}}.dump()).status, 200);
  EXPECT_EQ(draft(), "");
}

TEST_F(DeskDrafts, ADraftWithoutWordsIsRefusedAndAnEmptyOneForgets) {
  EXPECT_EQ(post(at(1, "take")).status, 200);
  EXPECT_EQ(keep("Hei!").status, 204);
  EXPECT_EQ(post(at(1, "draft")).status, 400);
  EXPECT_EQ(keep("").status, 204);
  EXPECT_EQ(draft(), "");
}

}  // namespace
}  // namespace svar::desk
