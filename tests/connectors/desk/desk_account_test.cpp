// Accounts over HTTP: the way in with a second factor, invitations, sessions, administration.
#include "bot/service/people/totp.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using namespace std::chrono_literals;
using fakes::json;

constexpr const char* kPeople = "/desk/v1/people";

class DeskAccount : public fakes::DeskClient {
 protected:
  DeskAccount() {
    auto boss = fakes::agent("boss");
    boss.rights = service::rights_from_text("agent:*,system:*").value();
    people->save(boss, [](auto) {});
    world.executor.run();
  }

  static json body_of(const net::Response& response) { return json::parse(response.body); }

  static std::string from_base32(const std::string& text) {
    std::string bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char c : text) {
      held = (held << 5) | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
      bits += 5;
      if (bits >= 8) bytes += static_cast<char>(held >> (bits -= 8));
    }
    return bytes;
  }
  std::string code_of(const std::string& key) const {
    return service::totp_code(from_base32(key), service::totp_step(world.clock.now()));
  }
  // Signs the administrator in and enrols; gives the key.
  std::string enrol() {
    log_in("boss");
    const std::string key = body_of(post("/desk/v1/me/second-factor"))["key"];
    const auto confirmed =
        post("/desk/v1/me/second-factor/confirm", json{{"code", code_of(key)}}.dump());
    EXPECT_EQ(confirmed.status, 200) << confirmed.body;
    recovery = body_of(confirmed)["recovery_codes"];
    return key;
  }
  net::Response log_in_with(const std::string& code) {
    const auto response =
        post("/desk/v1/login",
             json{{"name", "boss"}, {"password", fakes::kPassword}, {"code", code}}.dump());
    const auto set = header(response, "Set-Cookie");
    if (!set.empty()) cookie = set.substr(12, set.find(';') - 12);
    return response;
  }
  net::Response invite(const std::string& name, const std::string& rights) {
    return post(kPeople,
                json{{"name", name}, {"display_name", "Ny Nysen"}, {"rights", rights}}.dump());
  }

  json recovery;
};

TEST_F(DeskAccount, AnAdministratorCanDoNothingBeforeEnrolling) {
  const auto in = log_in("boss");
  EXPECT_EQ(in.status, 200);
  EXPECT_EQ(body_of(in)["agent"]["must_enrol"], true);
  world.citizen_waits(ConversationId{101});
  for (const auto& route : router.routes()) {
    if (route.is_socket || route.pattern.rfind("/desk/v1/", 0) != 0) continue;
    std::string path = route.pattern;
    while (path.find('*') != std::string::npos) path.replace(path.find('*'), 1, "101");
    const bool way_in = path.find("/invitation") != std::string::npos || path == "/desk/v1/login" ||
                        path == "/desk/v1/logout" || path == "/desk/v1/me" ||
                        path.rfind("/desk/v1/me/second-factor", 0) == 0;
    if (way_in && path != "/desk/v1/me/second-factor/remove") continue;
    const auto response = route.method == "GET" ? get(path) : post(path);
    EXPECT_EQ(response.status, 403) << path;
    EXPECT_EQ(error_code(response), "must_enrol") << path;
  }
  EXPECT_EQ(std::get<1>(upgrade(request("GET", "/desk/v1/socket"))).status, 403);
  enrol();
  EXPECT_EQ(get(kPeople).status, 200);
  EXPECT_EQ(get(at(101)).status, 200);
}

TEST_F(DeskAccount, TheWayInAsksForACodeAfterThePassword) {
  const auto key = enrol();
  world.clock.advance(60s);
  EXPECT_EQ(error_code(log_in("boss")), "code_wanted");
  EXPECT_EQ(error_code(log_in_with("000000")), "wrong_code");
  const auto code = code_of(key);
  EXPECT_EQ(log_in_with(code).status, 200);
  EXPECT_EQ(get("/desk/v1/me").status, 200);
  EXPECT_EQ(error_code(log_in_with(code)), "wrong_code");
  EXPECT_EQ(log_in_with(recovery[3]).status, 200);
  EXPECT_EQ(body_of(get("/desk/v1/me"))["agent"]["recovery_codes_left"], 9);
}

TEST_F(DeskAccount, TheSecretIsInNoOtherAnswer) {
  const auto key = enrol();
  for (const auto* path :
       {"/desk/v1/me", kPeople, "/desk/v1/audit", "/desk/v1/people/boss/sessions"})
    EXPECT_EQ(get(path).body.find(key), std::string::npos) << path;
  EXPECT_NE(body_of(post("/desk/v1/me/second-factor",
                         json{{"password", fakes::kPassword}}.dump()))["key"],
            key);
}

TEST_F(DeskAccount, SomebodyWhoBecomesAdministratorMustEnrolAtOnce) {
  log_in("kari");
  auto screen = open_screen();
  people->change(
      AgentId{"kari"},
      [](auto& kari) {
        kari.rights.add({service::Role::administrator, MunicipalityId{"gulen"}});
      },
      [](auto) {});
  world.executor.run();
  connector->sweep();
  EXPECT_TRUE(screen.socket->closed_with);
  EXPECT_EQ(error_code(get("/desk/v1/me/sessions")), "must_enrol");
}

TEST_F(DeskAccount, AnInvitedPersonChoosesAPasswordAndSignsIn) {
  enrol();
  const auto invited = invite("ny", "agent:gulen");
  ASSERT_EQ(invited.status, 200) << invited.body;
  const std::string token = body_of(invited)["token"];
  EXPECT_EQ(body_of(invited)["person"]["has_password"], false);
  cookie.clear();
  const auto shown = post("/desk/v1/invitation", json{{"token", token}}.dump());
  EXPECT_EQ(body_of(shown)["name"], "ny");
  const auto accept = [&](const std::string& password) {
    return post("/desk/v1/invitation/accept",
                json{{"token", token}, {"password", password}}.dump());
  };
  EXPECT_EQ(error_code(accept("passord12345")), "password_common");
  EXPECT_EQ(accept("eit heilt nytt passord").status, 200);
  EXPECT_EQ(accept("eit heilt nytt passord").status, 404);
  EXPECT_EQ(post("/desk/v1/invitation", json{{"token", token}}.dump()).status, 404);
  EXPECT_EQ(log_in("ny", "eit heilt nytt passord").status, 200);
  EXPECT_EQ(body_of(get("/desk/v1/me"))["agent"]["municipalities"], json::array({"gulen"}));
}

TEST_F(DeskAccount, InvitationsAreGuardedAgainstOtherSites) {
  for (const char* path : {"/desk/v1/invitation", "/desk/v1/invitation/accept"}) {
    auto call = request("POST", path, R"({"token":"x","password":"y"})");
    std::erase_if(call.headers, [](const auto& header) { return header.first == "origin"; });
    EXPECT_EQ(send(call).status, 403) << path;
  }
}

TEST_F(DeskAccount, SessionsAreListedWithTheirDeviceAndEnded) {
  log_in("kari");
  const auto first = cookie;
  cookie.clear();
  auto call = request("POST", "/desk/v1/login",
                      json{{"name", "kari"}, {"password", fakes::kPassword}}.dump());
  call.headers.emplace_back("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0");
  const auto set = header(send(call), "Set-Cookie");
  cookie = set.substr(12, set.find(';') - 12);
  const auto listed = get("/desk/v1/me/sessions");
  const auto sessions = body_of(listed)["sessions"];
  ASSERT_EQ(sessions.size(), 2u);
  EXPECT_EQ(listed.body.find("192.0.2.7"), std::string::npos);
  const auto here = sessions[0]["this"] == true ? sessions[0] : sessions[1];
  const auto other = sessions[0]["this"] == true ? sessions[1] : sessions[0];
  EXPECT_EQ(here["device"], "Firefox, Linux");
  EXPECT_EQ(post("/desk/v1/me/sessions/" + std::string(other["id"]) + "/end").status, 204);
  cookie = first;
  EXPECT_EQ(get("/desk/v1/me").status, 401);
}

TEST_F(DeskAccount, ADisabledAgentsSocketClosesAtTheNextSweep) {
  log_in("kari");
  auto screen = open_screen();
  cookie.clear();
  enrol();
  EXPECT_EQ(post("/desk/v1/people/kari/disable").status, 200);
  connector->sweep();
  EXPECT_EQ(screen.socket->of_type("signed_out").size(), 1u);
  EXPECT_EQ(screen.socket->closed_with, 1008);
}

TEST_F(DeskAccount, AnAdministratorEndsASessionAndItsSocketCloses) {
  log_in("kari");
  auto screen = open_screen();
  cookie.clear();
  enrol();
  const auto sessions = body_of(get("/desk/v1/people/kari/sessions"))["sessions"];
  ASSERT_EQ(sessions.size(), 1u);
  EXPECT_EQ(post("/desk/v1/people/kari/sessions/" + std::string(sessions[0]["id"]) + "/end").status,
            200);
  connector->sweep();
  EXPECT_TRUE(screen.socket->closed_with);
}

TEST_F(DeskAccount, OnlyAdministratorsSeePeopleAndTheAuditLog) {
  log_in("kari");
  EXPECT_EQ(get(kPeople).status, 403);
  EXPECT_EQ(get("/desk/v1/audit").status, 403);
  EXPECT_EQ(invite("ny", "agent:gulen").status, 403);
  EXPECT_EQ(post("/desk/v1/people/ola/disable").status, 404);
}

TEST_F(DeskAccount, WhatCannotBeDoneIsRefusedWithItsReason) {
  enrol();
  EXPECT_EQ(error_code(invite("kari", "agent:gulen")), "name_taken");
  EXPECT_EQ(error_code(invite("Ny Nysen", "agent:gulen")), "bad_name");
  EXPECT_EQ(error_code(invite("ny", "boss:gulen")), "bad_rights");
  EXPECT_EQ(error_code(post("/desk/v1/people/boss/disable")), "yourself");
  EXPECT_EQ(error_code(post("/desk/v1/people/nobody/disable")), "not_found");
  EXPECT_EQ(post("/desk/v1/people/kari/rights", R"({"rights":7})").status, 400);
  EXPECT_EQ(post("/desk/v1/me/password", R"({"password":"a"})").status, 400);
}

// ---- The audit log

TEST_F(DeskAccount, AConversationThatCouldNotBeLoggedIsNotShown) {
  world.citizen_waits(ConversationId{101});
  log_in("kari");
  audit_store.failing = true;
  const auto response = get(at(101));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body.find("bosset"), std::string::npos);
}

TEST_F(DeskAccount, FollowingAConversationOnTheSocketIsAnOpeningToo) {
  world.citizen_waits(ConversationId{101});
  log_in("kari");
  auto screen = open_screen();
  audit_store.failing = true;
  screen.send({{"type", "watch"}, {"conversation", "101"}, {"after", 0}});
  world.executor.run();
  EXPECT_TRUE(screen.socket->of_type("event").empty());
  audit_store.failing = false;
  connector->sweep();
  world.executor.run();
  EXPECT_FALSE(screen.socket->of_type("event").empty());
  EXPECT_EQ(audit_store.entries.back().kind, service::AuditKind::conversation_opened);
  const auto logged = audit_store.entries.size();
  auto again = open_screen();
  again.send({{"type", "watch"}, {"conversation", "101"}, {"after", 0}});
  world.executor.run();
  EXPECT_EQ(audit_store.entries.size(), logged);  // by the same log-in: it has opened it
}

}  // namespace
}  // namespace svar::desk
