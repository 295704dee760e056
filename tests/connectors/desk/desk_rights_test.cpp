// Every route and the socket, as the router lists them, called with what belongs to another
// municipality. A route added later is called too; when it names something new («*»), or needs a
// body, this test fails until it is told which.
#include <cstring>
#include <map>
#include <set>

#include "bot/service/people/secrets.h"
#include "bot/service/people/totp.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

const ConversationId kForeign{101};
constexpr const char* kSecret = "kanarifugl";

// What a body must hold to be understood; «{}» for the others.
const std::map<std::string, json> kBodies = {
    {"/desk/v1/conversations/*/say", {{"id", "m1"}, {"text", "hei"}}},
    {"/desk/v1/conversations/*/draft", {{"text", "hei"}}},
    {"/desk/v1/conversations/*/hand-back", {{"id", "c1"}}},
    {"/desk/v1/conversations/*/send-again", {{"seq", 1}}},
    {"/desk/v1/conversations/*/note", {{"id", "n1"}, {"text", "hei"}}},
    {"/desk/v1/conversations/*/transfer",
     {{"id", "t1"}, {"kind", "warm"}, {"to", "kari"}, {"note", "hei"}}},
    {"/desk/v1/conversations/*/invite", {{"id", "i1"}, {"colleague", "kari"}}},
    {"/desk/v1/conversations/*/park", {{"id", "p1"}}},
    {"/desk/v1/conversations/*/decline", {{"id", "d1"}}},
    {"/desk/v1/conversations/*/leave", {{"id", "l1"}}},
    {"/desk/v1/conversations/*/resume", {{"id", "r1"}}},
    {"/desk/v1/presence", {{"availability", "away"}}},
    {"/desk/v1/conversations/*/close", {{"id", "c2"}}},
    {"/desk/v1/people", {{"name", "ny"}, {"display_name", "Ny"}, {"rights", "agent:osteroy"}}},
    {"/desk/v1/people/*/rights", {{"rights", "agent:gulen"}}},
    {"/desk/v1/incidents/*/end", {{"version", 1}}},
};

// Everybody may call these; who has no business there is refused by what they are given.
const std::set<std::string> kOpenToAll = {"/desk/v1/login", "/desk/v1/logout",
                                          "/desk/v1/invitation", "/desk/v1/invitation/accept"};

class DeskRights : public fakes::DeskClient {
 protected:
  DeskRights() {
    add_person("gry", "agent:gulen,admin:gulen", service::Totp{"secret", 0, {}});
    add_person("osvald", "agent:osteroy", std::nullopt);
    world.citizen_waits(kForeign, "osteroy");
    world.citizen_says(kForeign, kSecret);
    log_in("osvald");
    EXPECT_EQ(get(at(101)).status, 200);  // which the audit log knows
    service::IncidentDraft draft;
    draft.municipality = MunicipalityId{"osteroy"};
    draft.text = {Language::nn, kSecret};
    draft.from = world.clock.now();
    draft.to = draft.from + std::chrono::hours{1};
    incidents->add(*people->account(AgentId{"osvald"}), draft, [](const auto&) {});
    world.executor.run();
    EXPECT_NE(incidents->find(1), nullptr);
    service::FoundTranscript found;
    found.id = kForeign;
    found.controller = MunicipalityId{"osteroy"};
    found.topic = ArticleId{kSecret};
    found.agents = {{AgentId{"osvald"}, "Osvald"}};
    transcripts.all = {found};
    foreign_session = service::People::handle_of(service::key_of_token(cookie));
    log_in_with_code();
  }

  void log_in_with_code() {
    const auto code = service::totp_code("secret", service::totp_step(world.clock.now()));
    const auto response =
        post("/desk/v1/login",
             json{{"name", "gry"}, {"password", fakes::kPassword}, {"code", code}}.dump());
    ASSERT_EQ(response.status, 200);
    const auto set = header(response, "Set-Cookie");
    cookie = set.substr(12, set.find(';') - 12);
  }

  // The pattern's path with a foreign id for each «*»; nothing when it isn't known what is meant.
  std::optional<std::string> foreign_path(const std::string& pattern) const {
    const std::pair<const char*, std::string> meant[] = {
        {"/conversations/*", "/conversations/101"},
        {"/people/*", "/people/osvald"},
        {"/incidents/*", "/incidents/1"},
        {"/sessions/*", "/sessions/" + foreign_session}};
    std::string path = pattern;
    for (const auto& [part, filled] : meant) {
      const auto found = path.find(part);
      if (found != std::string::npos) path.replace(found, std::strlen(part), filled);
    }
    return path.find('*') == std::string::npos ? std::optional(path) : std::nullopt;
  }

  net::Response call(const net::Router::Entry& route, const std::string& path) {
    if (route.method == "GET") return get(path);
    const auto body = kBodies.find(route.pattern);
    return post(path, body == kBodies.end() ? "{}" : body->second.dump());
  }

  static bool leaks(const std::string& text) {
    for (const char* word : {kSecret, "osteroy", "Osterøy", "osvald"}) {
      if (text.find(word) != std::string::npos) return true;
    }
    return false;
  }

  std::string foreign_session;
};

TEST_F(DeskRights, WhatIsForeignIsUnknownOnEveryRoute) {
  int foreign = 0;
  for (const auto& route : router.routes()) {
    if (route.is_socket || route.pattern.rfind("/desk/v1/", 0) != 0) continue;
    if (route.pattern.find('*') == std::string::npos) continue;
    const auto path = foreign_path(route.pattern);
    ASSERT_TRUE(path) << "say what a foreign id of " << route.pattern << " is";
    const auto response = call(route, *path);
    EXPECT_EQ(response.status, 404) << route.method << ' ' << route.pattern << response.body;
    EXPECT_FALSE(leaks(response.body)) << route.pattern << response.body;
    ++foreign;
  }
  EXPECT_GE(foreign, 5);
  EXPECT_EQ(world.view->card(fakes::agent("kari"), kForeign)->owner, Owner::queue);
}

TEST_F(DeskRights, NoRouteAnswersSomebodyWhoIsNotSignedIn) {
  cookie.clear();
  for (const auto& route : router.routes()) {
    if (route.is_socket || kOpenToAll.count(route.pattern) != 0 ||
        route.pattern.rfind("/desk/v1/", 0) != 0)
      continue;
    const auto response = call(route, foreign_path(route.pattern).value_or(route.pattern));
    EXPECT_EQ(response.status, 401) << route.method << ' ' << route.pattern;
    EXPECT_FALSE(leaks(response.body)) << route.pattern << response.body;
  }
  EXPECT_EQ(std::get<1>(upgrade(request("GET", "/desk/v1/socket"))).status, 401);
}

TEST_F(DeskRights, NothingForeignIsToldWithoutBeingAskedFor) {
  for (const auto& route : router.routes()) {
    if (route.is_socket || route.method != "GET" || route.pattern.rfind("/desk/v1/", 0) != 0)
      continue;
    if (route.pattern.find('*') != std::string::npos) continue;
    const auto response = call(route, route.pattern);
    EXPECT_FALSE(leaks(response.body)) << route.pattern << response.body;
  }
}

TEST_F(DeskRights, AForeignMunicipalityCanBeNamedNowhere) {
  for (const char* path :
       {"/desk/v1/audit?municipality=osteroy", "/desk/v1/audit?municipality=no"}) {
    auto asked = request("GET", "/desk/v1/audit");
    asked.query = {{"municipality", std::string(path).substr(27)}};
    EXPECT_EQ(send(asked).status, 404) << path;
  }
  EXPECT_EQ(post("/desk/v1/transcripts/search", R"({"municipality":"osteroy"})").status, 404);
  const auto all = post("/desk/v1/transcripts/search");
  EXPECT_EQ(all.status, 200);
  EXPECT_FALSE(leaks(all.body)) << all.body;
  EXPECT_EQ(post("/desk/v1/people", kBodies.at("/desk/v1/people").dump()).status, 404);
  EXPECT_EQ(post("/desk/v1/people/gudrun/rights", R"({"rights":"agent:osteroy"})").status, 404);
  EXPECT_EQ(post("/desk/v1/people/gudrun/rights", R"({"rights":"editor:gulen"})").status, 200);
}

TEST_F(DeskRights, TheAuditLogIsReadByTheMunicipalitysAdministratorAlone) {
  const auto mine = json::parse(get("/desk/v1/audit").body)["entries"];
  ASSERT_FALSE(mine.empty());
  EXPECT_EQ(mine[0]["kind"], "signed_in");
  EXPECT_EQ(mine[0]["who"], "gry");
  add_person("osk", "admin:osteroy", service::Totp{"secret", 0, {}});
  const auto code = service::totp_code("secret", service::totp_step(world.clock.now()));
  cookie.clear();
  const auto in =
      post("/desk/v1/login",
           json{{"name", "osk"}, {"password", fakes::kPassword}, {"code", code}}.dump());
  const auto set = header(in, "Set-Cookie");
  cookie = set.substr(12, set.find(';') - 12);
  auto asked = request("GET", "/desk/v1/audit");
  asked.query = {{"kind", "conversation_opened"}};
  const auto theirs = json::parse(send(asked).body)["entries"];
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_EQ(theirs[0]["who"], "osvald");
  EXPECT_EQ(theirs[0]["conversation"], "101");
  EXPECT_EQ(theirs[0]["why"], "waiting");
}

TEST_F(DeskRights, TheSocketTellsNothingForeign) {
  auto screen = open_screen();
  for (const char* type : {"watch", "unwatch", "typing"}) {
    json frame = {{"type", type}, {"conversation", "101"}};
    if (std::string(type) == "watch") frame["after"] = 0;
    screen.send(frame);
    world.executor.run();
    world.citizen_says(kForeign, std::string("meir ") + kSecret);
  }
  for (const auto& frame : screen.socket->frames) EXPECT_FALSE(leaks(frame.dump())) << frame;
}

}  // namespace
}  // namespace svar::desk
