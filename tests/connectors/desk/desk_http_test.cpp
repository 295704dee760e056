#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/desk/console_pages.h"
#include "tests/connectors/desk/desk_client.h"

namespace svar::desk {
namespace {

using namespace std::chrono_literals;
using fakes::json;

using DeskHttp = fakes::DeskClient;
const ConversationId kOne{101};

// ---- Log-in

TEST_F(DeskHttp, LoggingInGivesAHostCookieThatScriptsCanNotRead) {
  const auto response = log_in("kari");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(json::parse(response.body)["agent"]["display_name"], "Agent kari");
  EXPECT_EQ(response.body.find("plain:"), std::string::npos);
  EXPECT_EQ(header(response, "Set-Cookie"),
            "__Host-svar=" + cookie + "; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_EQ(get("/desk/v1/me").status, 200);
}

TEST_F(DeskHttp, AWrongPasswordAndAnUnknownNameLookAlike) {
  const auto wrong = log_in("kari", "feil-feil-feil");
  const auto unknown = log_in("ingen", "feil-feil-feil");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, wrong.status);
  EXPECT_EQ(unknown.body, wrong.body);
  EXPECT_EQ(error_code(wrong), "wrong_login");
}

TEST_F(DeskHttp, TheSixthAttemptIsToldHowLongToWait) {
  for (int i = 0; i < 5; ++i) log_in("kari", "feil-feil-feil");
  const auto response = log_in("kari");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(json::parse(response.body)["error"]["retry_after_ms"], 60'000);
  EXPECT_EQ(header(response, "Retry-After"), "60");
}

TEST_F(DeskHttp, LoggingInAgainEndsTheSessionBefore) {
  log_in("kari");
  const auto first = cookie;
  log_in("kari");
  EXPECT_NE(cookie, first);
  EXPECT_EQ(get("/desk/v1/me").status, 200);
  cookie = first;
  EXPECT_EQ(get("/desk/v1/me").status, 401);
}

TEST_F(DeskHttp, ACookieSetByAnAttackerNeverBecomesASession) {
  cookie = "known-to-the-attacker";
  log_in("kari");
  EXPECT_NE(cookie, "known-to-the-attacker");
  cookie = "known-to-the-attacker";
  EXPECT_EQ(get("/desk/v1/me").status, 401);
}

TEST_F(DeskHttp, LoggingOutEndsTheSessionAndTakesTheCookie) {
  log_in("kari");
  const auto response = post("/desk/v1/logout");
  EXPECT_EQ(response.status, 204);
  EXPECT_NE(header(response, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(get("/desk/v1/me").status, 401);
}

TEST_F(DeskHttp, AnIdleSessionEndsAndSaysSoInTheAgentsLanguage) {
  log_in("kari");
  world.clock.advance(31min);
  auto asked = request("GET", "/desk/v1/me");
  asked.headers[1].second = "nb-NO,nb;q=0.9,en;q=0.8";
  const auto response = send(asked);
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(json::parse(response.body)["error"]["text"], "Du er logget ut. Logg inn på nytt.");
}

// ---- Other sites

TEST_F(DeskHttp, CallsThatChangeSomethingMustComeFromTheDeskItself) {
  log_in("kari");
  world.citizen_waits(kOne);
  const auto refused = [&](auto change) {
    auto call = request("POST", at(101, "take"), "{}");
    change(call);
    const auto response = send(call);
    return response.status == 403 && error_code(response) == "forbidden";
  };
  const auto set = [](const std::string& name, const std::string& value) {
    return [=](net::Request& call) {
      std::erase_if(call.headers, [&](const auto& header) { return header.first == name; });
      if (!value.empty()) call.headers.emplace_back(name, value);
    };
  };
  EXPECT_TRUE(refused(set("x-svar-desk", "")));
  EXPECT_TRUE(refused(set("origin", "")));
  EXPECT_TRUE(refused(set("origin", "null")));
  EXPECT_TRUE(refused(set("origin", "http://evil.example")));
  EXPECT_TRUE(refused(set("origin", "https://127.0.0.1:8080")));
  EXPECT_TRUE(refused(set("origin", "http://127.0.0.1:8080.evil.example")));
  EXPECT_TRUE(refused(set("origin", "http://127.0.0.1:8081")));
  EXPECT_TRUE(refused(set("content-type", "text/plain")));
  EXPECT_TRUE(refused(set("content-type", "application/x-www-form-urlencoded")));
  EXPECT_TRUE(refused(set("host", "")));
  EXPECT_EQ(world.view->card(fakes::agent("kari"), kOne)->owner, Owner::queue);
  EXPECT_EQ(post(at(101, "take")).status, 200);
}

TEST_F(DeskHttp, LogInIsGuardedToo) {
  auto call =
      request("POST", "/desk/v1/login", R"({"name":"kari","password":"hest-batteri-stift"})");
  std::erase_if(call.headers, [](const auto& header) { return header.first == "origin"; });
  EXPECT_EQ(send(call).status, 403);
}

TEST_F(DeskHttp, BehindTlsTheOriginIsHttps) {
  log_in("kari");
  world.citizen_waits(kOne);
  auto call = request("POST", at(101, "take"), "{}");
  call.secure = true;
  EXPECT_EQ(send(call).status, 403);
  for (auto& [name, value] : call.headers) {
    if (name == "origin") value = "https://127.0.0.1:8080";
  }
  EXPECT_EQ(send(call).status, 200);
}

// ---- Conversations

TEST_F(DeskHttp, OpensAConversationWithCardPacketAndEvents) {
  log_in("kari");
  world.citizen_waits(kOne);
  const auto response = get(at(101));
  ASSERT_EQ(response.status, 200);
  const auto body = json::parse(response.body);
  EXPECT_EQ(body["card"]["id"], "101");
  EXPECT_EQ(body["card"]["owner"], "queue");
  EXPECT_EQ(body["card"]["municipality"]["name"], "Osterøy");
  EXPECT_EQ(body["packet"]["reason"], "asked");
  EXPECT_EQ(body["packet"]["page"]["title"], "Boss");
  EXPECT_EQ(body["packet"]["municipality"]["facts"][1]["label"], "Renovasjonsselskap");
  EXPECT_EQ(body["packet"]["opened_at"], "2026-11-23T09:00:00.000Z");
  EXPECT_EQ(body["events"].back()["kind"], "handoff");
  EXPECT_EQ(body["events"].front()["kind"], "opened");
}

TEST_F(DeskHttp, TakesAnswersAndHandsBack) {
  log_in("kari");
  world.citizen_waits(kOne);
  const auto taken = post(at(101, "take"));
  ASSERT_EQ(taken.status, 200);
  EXPECT_EQ(json::parse(taken.body)["card"]["agent"]["name"], "kari");
  const auto said = post(at(101, "say"), R"({"id":"m1","text":"Hei, dette er Kari."})");
  ASSERT_EQ(said.status, 200);
  const auto again = post(at(101, "say"), R"({"id":"m1","text":"Hei, dette er Kari."})");
  EXPECT_EQ(json::parse(again.body)["seq"], json::parse(said.body)["seq"]);
  const auto events = json::parse(get(at(101)).body)["events"];
  EXPECT_EQ(events.back()["from"], "agent");
  EXPECT_EQ(events.back()["agent"], "kari");
  EXPECT_EQ(events.back()["name"], "Agent kari");
  EXPECT_EQ(post(at(101, "hand-back"), R"({"id":"h1"})").status, 200);
  EXPECT_EQ(json::parse(get(at(101)).body)["card"]["owner"], "bot");
}

TEST_F(DeskHttp, WhoComesSecondIsToldWhoHoldsIt) {
  world.citizen_waits(kOne);
  world.take(fakes::agent("ola"), kOne);
  log_in("kari");
  for (const char* verb : {"take", "say", "hand-back", "close"}) {
    const std::string body = std::string(verb) == "take"  ? "{}"
                             : std::string(verb) == "say" ? R"({"id":"m","text":"hei"})"
                                                          : R"({"id":"m"})";
    const auto response = post(at(101, verb), body);
    EXPECT_EQ(response.status, 409) << verb;
    const auto error = json::parse(response.body)["error"];
    EXPECT_EQ(error["code"], "not_yours");
    EXPECT_EQ(error["held_by"]["display_name"], "Agent ola");
  }
}

TEST_F(DeskHttp, AForeignMunicipalitysConversationIsNotFoundWhateverIsTried) {
  world.citizen_waits(kOne);
  log_in("gudrun");
  const auto missing = get(at(999));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(get(at(101)).status, 404);
  EXPECT_EQ(get(at(101)).body, missing.body);
  EXPECT_EQ(post(at(101, "take")).status, 404);
  EXPECT_EQ(post(at(101, "say"), R"({"id":"m","text":"hei"})").status, 404);
  EXPECT_EQ(post(at(101, "hand-back"), R"({"id":"m"})").status, 404);
  EXPECT_EQ(post(at(101, "close"), R"({"id":"m"})").status, 404);
}

TEST_F(DeskHttp, AnEditorIsNoAgent) {
  log_in("eva");
  EXPECT_EQ(get("/desk/v1/me").status, 200);
  EXPECT_EQ(get(at(101)).status, 403);
  EXPECT_EQ(post(at(101, "take")).status, 403);
}

TEST_F(DeskHttp, WithoutASessionEverythingIsRefused) {
  world.citizen_waits(kOne);
  EXPECT_EQ(get("/desk/v1/me").status, 401);
  EXPECT_EQ(get(at(101)).status, 401);
  EXPECT_EQ(post(at(101, "take")).status, 401);
  EXPECT_EQ(error_code(get(at(101))), "signed_out");
}

TEST_F(DeskHttp, BadBodiesAreRefusedAndStoreNothing) {
  world.citizen_waits(kOne);
  log_in("kari");
  post(at(101, "take"));
  const auto before = world.view->card(fakes::agent("kari"), kOne)->seq;
  const std::string deep(5'000, '[');
  for (const std::string& body :
       {std::string(""), std::string("{"), std::string("[]"), std::string("null"), deep,
        std::string(R"({"id":"m"})"), std::string(R"({"id":"m","text":5})"),
        std::string(R"({"id":"m","text":"a","more":1})"), std::string(R"({"id":"","text":"a"})"),
        std::string(R"({"id":"m","text":{"a":1}})"),
        std::string(R"({"id":"m","id":"n","text":"a"})"),
        std::string("{\"id\":\"m\",\"text\":\"\xff\"}")}) {
    EXPECT_EQ(post(at(101, "say"), body).status, 400) << body.substr(0, 60);
  }
  EXPECT_EQ(post(at(101, "say"), R"({"id":"m","text":"  "})").status, 422);
  EXPECT_EQ(
      post(at(101, "say"), json{{"id", "m"}, {"text", std::string(4'001, 'a')}}.dump()).status,
      422);
  EXPECT_EQ(world.view->card(fakes::agent("kari"), kOne)->seq, before);
}

TEST_F(DeskHttp, IdsThatAreNoNumbersAreNotFound) {
  log_in("kari");
  for (const char* id : {"abc", "-1", "0", "1x", "99999999999999999999", "1e3", "<script>"}) {
    EXPECT_EQ(get(std::string("/desk/v1/conversations/") + id).status, 404) << id;
  }
}

TEST_F(DeskHttp, TextThatLooksLikeMarkupPassesAsData) {
  const std::string evil = "<script>alert(1)</script>{{agent.email}}/close\xE2\x80\xAE\"'";
  world.citizen_waits(kOne);
  world.citizen_says(kOne, evil);
  log_in("kari");
  const auto body = json::parse(get(at(101)).body);
  EXPECT_EQ(body["card"]["preview"], evil);
  EXPECT_EQ(body["events"].back()["text"], evil);
  post(at(101, "take"));
  post(at(101, "say"), json{{"id", "m"}, {"text", evil}}.dump());
  EXPECT_EQ(json::parse(get(at(101)).body)["events"].back()["text"], evil);
}

// ---- The console's pages

TEST(DeskPages, RunNothingButTheirOwnFiles) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("svar-console-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "index.html") << "<!doctype html>";
  std::ofstream(folder / "app.ABCDEF12.js") << "1";
  auto files = net::AssetFolder::load(folder);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(files);
  net::Router router;
  mount_console(router, &*files);
  const auto fetch = [&](const std::string& path) {
    net::Response response;
    (*router.match("GET", path).handler)({}, [&](net::Response r) { response = std::move(r); });
    std::map<std::string, std::string> headers(response.headers.begin(), response.headers.end());
    return std::make_pair(response.status, headers);
  };
  const auto [status, page] = fetch("/desk/");
  EXPECT_EQ(status, 200);
  EXPECT_EQ(page.at("Content-Security-Policy").find("unsafe"), std::string::npos);
  EXPECT_NE(page.at("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.at("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(page.at("Cache-Control"), "no-cache");
  EXPECT_NE(fetch("/desk/app.ABCDEF12.js").second.at("Cache-Control").find("immutable"),
            std::string::npos);
  EXPECT_EQ(fetch("/desk").second.at("Location"), "/desk/");
}

TEST(DeskPages, SayWhenTheConsoleWasNotBuilt) {
  net::Router router;
  mount_console(router, nullptr);
  net::Response response;
  (*router.match("GET", "/desk/").handler)({}, [&](net::Response r) { response = std::move(r); });
  EXPECT_EQ(response.status, 503);
}

}  // namespace
}  // namespace svar::desk
