// Every route and the socket, as the router lists them, called with what belongs to another
// municipality. A route added later is called too; when it names something new («*»), or needs a
// body, this test fails until it is told which.
#include <map>

#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using fakes::json;

const ConversationId kForeign{101};
constexpr const char* kSecret = "kanarifugl";

// What a body must hold to be understood; «{}» for the others.
const std::map<std::string, json> kBodies = {
    {"/desk/v1/conversations/*/say", {{"id", "m1"}, {"text", "hei"}}},
    {"/desk/v1/conversations/*/hand-back", {{"id", "c1"}}},
    {"/desk/v1/conversations/*/close", {{"id", "c2"}}},
};

class DeskRights : public fakes::DeskClient {
 protected:
  DeskRights() {
    world.citizen_waits(kForeign, "osteroy");
    world.citizen_says(kForeign, kSecret);
    EXPECT_EQ(log_in("gudrun").status, 200);
  }

  // The pattern's path with a foreign id for each «*»; nothing when it isn't known what is meant.
  static std::optional<std::string> foreign_path(const std::string& pattern) {
    const std::string conversations = "/desk/v1/conversations/*";
    if (pattern.rfind(conversations, 0) != 0) return std::nullopt;
    return "/desk/v1/conversations/101" + pattern.substr(conversations.size());
  }

  net::Response call(const net::Router::Entry& route, const std::string& path) {
    if (route.method == "GET") return get(path);
    const auto body = kBodies.find(route.pattern);
    return post(path, body == kBodies.end() ? "{}" : body->second.dump());
  }

  static bool leaks(const std::string& text) {
    for (const char* word : {kSecret, "osteroy", "Osterøy"}) {
      if (text.find(word) != std::string::npos) return true;
    }
    return false;
  }
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
    const bool open = route.pattern == "/desk/v1/login" || route.pattern == "/desk/v1/logout";
    if (route.is_socket || open || route.pattern.rfind("/desk/v1/", 0) != 0) continue;
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
