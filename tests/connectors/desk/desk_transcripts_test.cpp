// Finding earlier conversations, over HTTP.
#include "connectors/desk/wire_encoding.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

service::FoundTranscript transcript(int id, const char* whose) {
  service::FoundTranscript found;
  found.id = ConversationId{id};
  found.controller = MunicipalityId{whose};
  found.channel = "webchat";
  found.last_at = Time{std::chrono::seconds{1'800'000'000 - id}};
  found.topic = ArticleId{"boss.dunk"};
  found.outcome = CloseOutcome::resolved;
  found.closed = true;
  found.agents = {{AgentId{"kari"}, "Kari"}};
  return found;
}

class DeskTranscripts : public fakes::DeskClient {
 protected:
  DeskTranscripts() {
    transcripts.all = {transcript(1, "osteroy"), transcript(2, "gulen")};
    EXPECT_EQ(log_in("kari").status, 200);
  }
  net::Response search(const json& query) {
    return post("/desk/v1/transcripts/search", query.dump());
  }
  const service::TranscriptQuery& asked() const { return *transcripts.asked; }
};

TEST_F(DeskTranscripts, WhatIsFoundIsToldWithoutItsWords) {
  const auto body = json::parse(search({{"words", "boss"}}).body);
  ASSERT_EQ(body["found"].size(), 2u);
  const json& one = body["found"][0];
  EXPECT_EQ(one["id"], "1");
  EXPECT_EQ(one["municipality"]["name"], "Osterøy");
  EXPECT_EQ(one["outcome"], "resolved");
  EXPECT_EQ(one["topic"], "boss.dunk");
  EXPECT_EQ(one["agents"][0]["display_name"], "Kari");
  EXPECT_EQ(one["closed"], true);
  EXPECT_TRUE(body["before"].is_null());
  for (const auto& [key, value] : one.items())
    EXPECT_TRUE(key != "preview" && key != "text" && key != "words") << key;
}

TEST_F(DeskTranscripts, EveryFilterIsAsked) {
  const auto response = search({{"words", "boss \"ny dunk\"  knust"},
                                {"municipality", "gulen"},
                                {"topic", "boss.dunk"},
                                {"outcome", "resolved"},
                                {"agent", "ola"},
                                {"from", "2026-11-01T00:00:00.000Z"},
                                {"to", "2026-12-01T00:00:00.000Z"},
                                {"state", "closed"}});
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(asked().words, (std::vector<std::string>{"boss", "knust"}));
  EXPECT_EQ(asked().phrases, std::vector<std::string>{"ny dunk"});
  EXPECT_EQ(asked().municipality, MunicipalityId{"gulen"});
  EXPECT_EQ(asked().topic, ArticleId{"boss.dunk"});
  EXPECT_EQ(asked().outcome, CloseOutcome::resolved);
  EXPECT_EQ(asked().agent, AgentId{"ola"});
  EXPECT_EQ(iso(asked().from), "2026-11-01T00:00:00.000Z");
  EXPECT_EQ(iso(asked().to), "2026-12-01T00:00:00.000Z");
  EXPECT_TRUE(asked().closed_only);
}

TEST_F(DeskTranscripts, MunicipalitiesComeFromTheAccount) {
  EXPECT_FALSE(search(json::object()).body.empty());
  EXPECT_FALSE(asked().by) << "Kari serves all";
  cookie.clear();
  EXPECT_EQ(log_in("gudrun").status, 200);
  const auto body = json::parse(search(json::object()).body);
  ASSERT_EQ(body["found"].size(), 1u);
  EXPECT_EQ(body["found"][0]["id"], "2");
  EXPECT_EQ(asked().by, std::set<MunicipalityId>{{"gulen"}});
  EXPECT_EQ(search({{"municipality", "osteroy"}}).status, 404);
  EXPECT_EQ(search({{"municipality", "ingenstad"}}).status, 404);
  const auto choices = json::parse(get("/desk/v1/transcripts/choices").body);
  EXPECT_EQ(choices["municipalities"].size(), 1u);
  EXPECT_EQ(choices["topics"][0]["id"], "boss.dunk");
}

TEST_F(DeskTranscripts, ALongListComesInPages) {
  transcripts.all.clear();
  for (int id = 1; id <= 51; ++id) transcripts.all.push_back(transcript(id, "osteroy"));
  auto body = json::parse(search(json::object()).body);
  EXPECT_EQ(body["found"].size(), 50u);
  ASSERT_TRUE(body["before"].is_string());
  EXPECT_EQ(search({{"before", body["before"]}}).status, 200);
  ASSERT_TRUE(asked().before);
  EXPECT_EQ(asked().before->conversation, ConversationId{50});
  EXPECT_EQ(asked().before->last_at, transcript(50, "osteroy").last_at);
}

TEST_F(DeskTranscripts, WhatCannotBeMeantIsRefused) {
  for (const json& query :
       {json{{"outcome", "bra"}}, json{{"from", "i går"}}, json{{"to", "2026-02-30T00:00:00.000Z"}},
        json{{"state", "open"}}, json{{"before", "1"}}, json{{"before", "1.x"}},
        json{{"topic", std::string(65, 'x')}}}) {
    EXPECT_EQ(search(query).status, 400) << query;
  }
  EXPECT_EQ(search({{"words", "a b c d e f g h i"}}).status, 422);
  EXPECT_EQ(error_code(search({{"words", std::string(401, 'x')}})), "too_many_words");
}

TEST_F(DeskTranscripts, OnlyAgentsFindAndAFailureIsTold) {
  transcripts.failing = true;
  EXPECT_EQ(search(json::object()).status, 503);
  EXPECT_EQ(get("/desk/v1/transcripts/choices").status, 503);
  cookie.clear();
  EXPECT_EQ(log_in("eva").status, 200);
  EXPECT_EQ(search(json::object()).status, 403);
  EXPECT_EQ(get("/desk/v1/transcripts/choices").status, 403);
}

}  // namespace
}  // namespace svar::desk
