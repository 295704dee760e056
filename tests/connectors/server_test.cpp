#include "connectors/net/server.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/net/asset_folder.h"
#include "tests/connectors/io_thread.h"
#include "tests/connectors/wire_client.h"

namespace svar::net {
namespace {

using tests::ask;
using tests::WireClient;
using namespace std::chrono_literals;

std::string get(std::string_view path, std::string_view headers = {}) {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: a.no\r\n" + std::string{headers} + "\r\n";
}

std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string{path} + " HTTP/1.1\r\nHost: a.no\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    router.add("GET", "/hello", [](const Request&, const Respond& respond) {
      respond(text_response(200, "hello"));
    });
    router.add(
        "POST", "/echo",
        [](const Request& request, const Respond& respond) {
          respond(text_response(200, request.body));
        },
        100);
    router.add("GET", "/who", [](const Request& request, const Respond& respond) {
      respond(text_response(200, request.remote_address + (request.secure ? " secure" : " plain")));
    });
    router.add("GET", "/throws",
               [](const Request&, const Respond&) { throw std::runtime_error("secret path"); });
    router.add("GET", "/later",
               [this](const Request&, const Respond& respond) { held = respond; });
  }
  ~ServerTest() override {
    thread.stop();
    held = nullptr;
    server.reset();
  }

  void start(ServerOptions options = {}) {
    options.sweep_period = 20ms;
    server = std::make_unique<Server>(thread.io(), router, options);
    port = thread.run([this] { return server->listen().value(); });
  }

  // Waits until the handler of /later has been called.
  void wait_until_held() {
    while (!thread.run([this] { return static_cast<bool>(held); })) std::this_thread::yield();
  }

  ServerCounters counters() {
    return thread.run([this] { return server->counters(); });
  }

  Router router;
  Respond held;  // of /later; on the I/O thread
  tests::IoThread thread;
  std::unique_ptr<Server> server;
  std::uint16_t port = 0;
};

TEST_F(ServerTest, AnswersWithSecurityHeaders) {
  start();
  const auto answer = ask(port, get("/hello"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
  EXPECT_NE(answer.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_NE(answer.header("Date"), "");
}

TEST_F(ServerTest, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
  start();
  WireClient client{port};
  client.send(post("/echo", "one") + post("/echo", "two") + get("/hello"));
  EXPECT_EQ(client.read_answer()->body, "one");
  EXPECT_EQ(client.read_answer()->body, "two");
  EXPECT_EQ(client.read_answer()->body, "hello");
  EXPECT_EQ(counters().accepted, 1u);
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
  start();
  WireClient client{port};
  for (const char c : post("/echo", "slow")) client.send(std::string_view{&c, 1});
  EXPECT_EQ(client.read_answer()->body, "slow");
}

TEST_F(ServerTest, AnswersHeadWithoutTheBody) {
  start();
  WireClient client{port};
  client.send("HEAD /hello HTTP/1.1\r\nHost: a.no\r\n\r\n" + get("/hello"));
  const auto head = client.read_answer(true);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("Content-Length"), "5");
  EXPECT_EQ(client.read_answer()->body, "hello");
}

TEST_F(ServerTest, TellsUnknownPathsFromWrongMethods) {
  start();
  EXPECT_EQ(ask(port, get("/nothing")).status, 404);
  const auto wrong = ask(port, post("/hello", ""));
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD");
}

TEST_F(ServerTest, RefusesABodyOverTheRoutesLimitBeforeReadingIt) {
  start();
  EXPECT_EQ(ask(port, post("/echo", std::string(100, 'a'))).status, 200);
  const auto refused = ask(port, post("/echo", std::string(101, 'a')));
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(refused.header("Connection"), "close");
  EXPECT_EQ(ask(port, "POST /echo HTTP/1.1\r\nHost: a.no\r\nContent-Length: 999999999999\r\n\r\n").status,
            413);
}

TEST_F(ServerTest, ClosesAfterMalformedFramingAndStaysAlive) {
  start();
  const std::pair<std::string, int> cases[] = {
      {"POST /echo HTTP/1.1\r\nHost: a.no\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"GET /hello HTTP/1.1\r\n\r\n", 400},
      {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET /hello HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {"\x16\x03\x01 not plain at all \r\n\r\n", 400},
      {get("/hello", "X: " + std::string(9000, 'x') + "\r\n"), 431},
      {std::string(20'000, 'x'), 431},
  };
  for (const auto& [request, status] : cases) {
    WireClient client{port};
    client.send(request);
    client.send(get("/hello"));  // smuggled behind it: never answered
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer) << request.substr(0, 40);
    EXPECT_EQ(answer->status, status) << request.substr(0, 40);
    EXPECT_TRUE(client.is_closed());
  }
  EXPECT_EQ(ask(port, get("/hello")).status, 200);
  EXPECT_GE(counters().refused, 7u);
}

TEST_F(ServerTest, InvitesABodyThatWaitsForIt) {
  start();
  WireClient client{port};
  client.send("POST /echo HTTP/1.1\r\nHost: a.no\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer()->status, 100);
  client.send("hi");
  EXPECT_EQ(client.read_answer()->body, "hi");
}

TEST_F(ServerTest, SaysNothingOfWhatAHandlerThrew) {
  start();
  const auto answer = ask(port, get("/throws"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST_F(ServerTest, CutsOffHeadersAndBodiesThatDoNotCome) {
  ServerOptions options;
  options.header_time = options.body_time = options.idle_time = 100ms;
  start(options);
  WireClient half_head{port};
  half_head.send("GET /hello HTTP/1.1\r\nHo");
  WireClient half_body{port};
  half_body.send("POST /echo HTTP/1.1\r\nHost: a.no\r\nContent-Length: 50\r\n\r\nhalf");
  WireClient silent{port};
  WireClient idle{port};
  idle.send(get("/hello"));
  EXPECT_TRUE(idle.read_answer());
  EXPECT_TRUE(half_head.is_closed());
  EXPECT_TRUE(half_body.is_closed());
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(idle.is_closed());
}

TEST_F(ServerTest, TurnsAwayWhatIsOverTheCap) {
  ServerOptions options;
  options.connections_max = 2;
  start(options);
  WireClient one{port};
  WireClient two{port};
  one.send(get("/hello"));
  two.send(get("/hello"));
  EXPECT_TRUE(one.read_answer());
  EXPECT_TRUE(two.read_answer());
  WireClient three{port};
  const auto refused = three.read_answer();
  EXPECT_TRUE(!refused || refused->status == 503);
  EXPECT_EQ(counters().connections, 2u);
}

TEST_F(ServerTest, BelievesForwardedHeadersOnlyFromAConfiguredProxy) {
  const std::string forged = get("/who", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n");
  start();
  EXPECT_EQ(ask(port, forged).body, "127.0.0.1 plain");
  EXPECT_EQ(ask(port, forged).header("strict-transport-security"), "");
  thread.run([this] { server.reset(); });
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.0/8"};
  start(options);
  EXPECT_EQ(ask(port, forged).body, "1.2.3.4 secure");
  EXPECT_EQ(ask(port, forged).header("strict-transport-security"), "max-age=31536000");
  // A proxy that adds a line of its own: the client's stands before it and is not believed.
  const std::string two = get("/who", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n");
  EXPECT_EQ(ask(port, two).body, "5.6.7.8 plain");
}

TEST_F(ServerTest, FinishesWhatIsUnderWayBeforeItStops) {
  start();
  WireClient waiting{port};
  waiting.send(get("/later"));
  wait_until_held();
  WireClient idle{port};
  idle.send(get("/hello"));
  EXPECT_TRUE(idle.read_answer());
  std::promise<void> stopped;
  thread.run([&] { server->stop(5s, 1001, [&] { stopped.set_value(); }); });
  EXPECT_TRUE(idle.is_closed());
  EXPECT_THROW(WireClient{port}, std::runtime_error);
  auto done = stopped.get_future();
  EXPECT_EQ(done.wait_for(100ms), std::future_status::timeout);
  thread.run([&] { std::exchange(held, nullptr)(text_response(200, "at last")); });
  const auto answer = waiting.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "at last");
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_EQ(done.wait_for(5s), std::future_status::ready);
}

TEST_F(ServerTest, CutsWhatOutlastsTheDeadlineOfAStop) {
  start();
  WireClient waiting{port};
  waiting.send(get("/later"));
  wait_until_held();
  std::promise<void> stopped;
  thread.run([&] { server->stop(100ms, 1001, [&] { stopped.set_value(); }); });
  EXPECT_EQ(stopped.get_future().wait_for(5s), std::future_status::ready);
  EXPECT_TRUE(waiting.is_closed());
  thread.run([&] { std::exchange(held, nullptr)(text_response(200, "too late")); });
}

TEST_F(ServerTest, SurvivesAClientThatLeavesBeforeTheAnswer) {
  start();
  {
    WireClient leaving{port};
    leaving.send(get("/later"));
    wait_until_held();
  }
  thread.run([&] { std::exchange(held, nullptr)(text_response(200, std::string(1 << 20, 'x'))); });
  EXPECT_EQ(ask(port, get("/hello")).status, 200);
}

TEST_F(ServerTest, SaysWhyItCannotListen) {
  start();
  ServerOptions taken;
  taken.port = port;
  Server second{thread.io(), router, taken};
  const auto listening = thread.run([&] { return second.listen(); });
  ASSERT_FALSE(listening);
  EXPECT_NE(listening.error().what.find(std::to_string(port)), std::string::npos);
  thread.stop();
}

class AssetFolderTest : public testing::Test {
 protected:
  AssetFolderTest() {
    folder = std::filesystem::temp_directory_path() /
             ("svar-assets-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder / "sub");
    std::ofstream(folder / "app.js") << "let a = 1;";
    std::ofstream(folder / "sub" / "page.html") << "<p>hei</p>";
    std::ofstream(folder / ".secret") << "no";
  }
  ~AssetFolderTest() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
};

TEST_F(AssetFolderTest, ServesFilesWithTypeAndTagAndKnowsWhatTheClientHas) {
  const auto loaded = AssetFolder::load(folder);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->all().size(), 2u);
  const Asset* script = loaded->find("app.js");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
  Request request;
  EXPECT_EQ(asset_response(request, *script, {}).body, "let a = 1;");
  request.headers.emplace_back("if-none-match", script->etag);
  const Response unchanged = asset_response(request, *script, {});
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.body, "");
  EXPECT_NE(loaded->find("sub/page.html"), nullptr);
  EXPECT_FALSE(AssetFolder::load(folder / "missing"));
}

}  // namespace
}  // namespace svar::net
