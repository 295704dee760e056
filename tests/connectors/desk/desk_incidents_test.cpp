#include "connectors/desk/wire_encoding.h"
#include "kb-adapter/articles/article_index.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

class DeskIncidents : public fakes::DeskClient {
 protected:
  DeskIncidents() { EXPECT_EQ(log_in("kari").status, 200); }

  json draft(std::chrono::hours from, std::chrono::hours to) {
    return {{"municipality", "osteroy"},
            {"language", "nn"},
            {"text", "Vatnet er borte på Valestrand."},
            {"second_language", "en"},
            {"second_text", "No water at Valestrand."},
            {"from", iso(world.clock.now() + from)},
            {"to", iso(world.clock.now() + to)}};
  }
  json now_draft() { return draft(std::chrono::hours{0}, std::chrono::hours{2}); }
  json listed() { return json::parse(get("/desk/v1/incidents").body)["incidents"]; }
};

TEST_F(DeskIncidents, AnAgentAddsChangesAndEndsOne) {
  const auto added = post("/desk/v1/incidents", now_draft().dump());
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_EQ(json::parse(added.body)["incident"]["phase"], "running");
  EXPECT_EQ(listed().at(0)["text"]["text"], "Vatnet er borte på Valestrand.");
  EXPECT_EQ(listed().at(0)["second"]["language"], "en");
  auto body = now_draft();
  body.erase("municipality");
  body["version"] = 1;
  body["text"] = "Vatnet kjem att kl. 14.";
  EXPECT_EQ(post("/desk/v1/incidents/1", body.dump()).status, 200);
  EXPECT_EQ(listed().at(0)["text"]["text"], "Vatnet kjem att kl. 14.");
  EXPECT_EQ(error_code(post("/desk/v1/incidents/1/end", R"({"version":1})")), "changed");
  EXPECT_EQ(post("/desk/v1/incidents/1/end", R"({"version":2})").status, 200);
  EXPECT_EQ(listed().at(0)["phase"], "ended");
}

TEST_F(DeskIncidents, ItsPhaseFollowsTheClock) {
  post("/desk/v1/incidents", draft(std::chrono::hours{1}, std::chrono::hours{2}).dump());
  EXPECT_EQ(listed().at(0)["phase"], "planned");
  world.clock.advance(std::chrono::minutes{61});
  log_in("kari");  // the session was idle for too long
  EXPECT_EQ(listed().at(0)["phase"], "running");
  world.clock.advance(std::chrono::minutes{60});
  log_in("kari");
  EXPECT_EQ(listed().at(0)["phase"], "ended");
}

TEST_F(DeskIncidents, AnotherMunicipalityCanNeitherBeReadNorWritten) {
  post("/desk/v1/incidents", now_draft().dump());
  log_in("gudrun");
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(post("/desk/v1/incidents", now_draft().dump()).status, 404);
  auto nowhere = now_draft();
  nowhere["municipality"] = "nowhere";
  EXPECT_EQ(post("/desk/v1/incidents", nowhere.dump()).status, 404);
  EXPECT_EQ(post("/desk/v1/incidents/1/end", R"({"version":1})").status, 404);
  const auto all = json::parse(get("/desk/v1/incidents").body)["municipalities"];
  EXPECT_EQ(all.size(), 1U) << all;
}

TEST_F(DeskIncidents, EveryScreenOfTheMunicipalityHearsOfAChangeAtOnce) {
  const auto heard = [](const fakes::Screen& screen) {
    return screen.socket->of_type("incidents").size();
  };
  const auto kari = open_screen();
  const std::string her_session = std::exchange(cookie, "");
  log_in("gudrun");
  const auto gudrun = open_screen();
  cookie = her_session;
  post("/desk/v1/incidents", now_draft().dump());
  EXPECT_EQ(heard(kari), 1U);
  post("/desk/v1/incidents/1/end", R"({"version":1})");
  EXPECT_EQ(heard(kari), 2U);
  EXPECT_EQ(heard(gudrun), 0U);
}

TEST_F(DeskIncidents, TheTopicsToChooseFromAreTheContents) {
  kb::Article water;
  water.id = ArticleId{"vatn.borte"};
  water.topic = {"Vatnet er borte", "Vannet er borte", "No water"};
  auto release = std::make_shared<engine::Release>(*world.release);
  release->articles = kb::ArticleIndex::build({water}, {});
  world.release = std::move(release);
  const auto topics = json::parse(get("/desk/v1/incidents/topics").body)["topics"];
  EXPECT_EQ(topics, json::parse(R"([{"id":"vatn.borte","title":"Vatnet er borte"}])"));
  auto body = now_draft();
  body["topic"] = "vatn.borte";
  const auto added = json::parse(post("/desk/v1/incidents", body.dump()).body)["incident"];
  EXPECT_EQ(added["topic_title"], "Vatnet er borte");
}

TEST_F(DeskIncidents, AnAgentIsOfferedNoCrisisAndCannotDeclareOne) {
  EXPECT_TRUE(json::parse(get("/desk/v1/incidents").body)["crisis"].empty());
  auto body = now_draft();
  body["crisis"] = 1;
  EXPECT_EQ(error_code(post("/desk/v1/incidents", body.dump())), "not_allowed");
  EXPECT_TRUE(listed().empty());
}

TEST_F(DeskIncidents, ACrisisPutsThePreparedRepliesFirst) {
  auto release = std::make_shared<engine::Release>(*world.release);
  const kb::Localised words = {"Ring 112.", "Ring 112.", "Call 112."};
  release->replies = {{"hei", std::nullopt, words, words, {}},
                      {"crisis", std::nullopt, words, words, {}, true}};
  world.release = std::move(release);
  world.citizen_waits(ConversationId{1}, "osteroy");
  const auto ids = [&] {
    std::vector<std::string> found;
    const json replies = json::parse(get(at(1, "replies")).body)["replies"];
    for (const json& reply : replies) found.push_back(reply["id"]);
    return found;
  };
  EXPECT_EQ(ids(), std::vector<std::string>{"hei"});
  service::IncidentDraft draft;
  draft.municipality = MunicipalityId{"osteroy"};
  draft.text = {Language::nn, "Krise."};
  draft.from = world.clock.now();
  draft.to = draft.from + std::chrono::hours{1};
  draft.crisis = true;
  auto admin = *people->account(AgentId{"kari"});
  admin.rights.add({service::Role::administrator, draft.municipality});
  incidents->add(admin, draft, [](const auto&) {});
  world.executor.run();
  EXPECT_EQ(ids(), (std::vector<std::string>{"crisis", "hei"}));
}

TEST_F(DeskIncidents, WhatCantBeMeantIsRefusedWithAReason) {
  const auto refused_as = [&](const char* field, const json& value) {
    auto body = now_draft();
    body[field] = value;
    return error_code(post("/desk/v1/incidents", body.dump()));
  };
  EXPECT_EQ(refused_as("from", "i dag"), "bad_request");
  EXPECT_EQ(refused_as("to", "2026-02-30T10:00:00.000Z"), "bad_request");
  EXPECT_EQ(refused_as("to", iso(world.clock.now())), "bad_time");
  EXPECT_EQ(refused_as("text", ""), "empty");
  EXPECT_EQ(refused_as("second_language", "nn"), "bad_request");
  EXPECT_EQ(refused_as("topic", "finst.ikkje"), "unknown_topic");
  EXPECT_EQ(refused_as("text", std::string(501, 'a')), "too_long");
  incident_store.failing = true;
  EXPECT_EQ(refused_as("text", "Vatnet er borte."), "unavailable");
  EXPECT_TRUE(listed().empty());
}

}  // namespace
}  // namespace svar::desk
