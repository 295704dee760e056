// Calls that go well: what stands on the wire, and what comes back.
#include <thread>

#include "tests/connectors/outbound/outbound_fixture.h"

namespace svar::tests {
namespace {

using namespace outbound;
using std::chrono::milliseconds;

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

void answer_well(Peer& peer) {
  if (peer.read_request()) peer.answer("{}");
}

TEST_F(Outbound, APostArrivesOnceAndItsAnswerComesBackWhole) {
  HostileServer server(
      [](Peer& peer) {
        if (peer.read_request())
          peer.write(
              "HTTP/1.1 201 Made\r\nContent-Length: 5\r\nX-Rate: 7\r\nRetry-After: 3\r\n\r\nhei p");
      },
      certificate("bot.test"));
  open_client({origin_of(server, "https")});
  const auto outcome = ask(post(origin_of(server, "https")));
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->status, 201);
  EXPECT_EQ(outcome->body, "hei p");
  EXPECT_EQ(outcome->header("x-rate"), "7");
  EXPECT_EQ(outcome->header("retry-after"), "3");
  EXPECT_EQ(outcome->header("absent"), "");
  ASSERT_TRUE(server.wait_for_scripts(1));
  ASSERT_EQ(server.requests().size(), 1U);
  const std::string request = server.requests()[0];
  EXPECT_EQ(request.find("POST /botcanary:1/sendMessage?key=canary HTTP/1.1\r\n"), 0U) << request;
  EXPECT_TRUE(contains(request, "Host:bot.test\r\n")) << request;
  EXPECT_TRUE(contains(request, "Content-Type:application/json\r\n")) << request;
  EXPECT_TRUE(contains(request, "Authorization:Bearer canary\r\n")) << request;
  EXPECT_TRUE(contains(request, "\r\n\r\n{\"text\":\"canary\"}")) << request;
  EXPECT_FALSE(contains(request, "Accept-Encoding")) << request;
}

TEST_F(Outbound, AnyStatusIsAnAnswer) {
  for (const int status : {200, 204, 301, 400, 401, 403, 404, 409, 429, 500, 502, 503}) {
    HostileServer server([status](Peer& peer) {
      if (peer.read_request())
        peer.write("HTTP/1.1 " + std::to_string(status) + " So\r\nContent-Length: 0\r\n\r\n");
    });
    open_client({origin_of(server)});
    const auto outcome = ask(post(origin_of(server)));
    ASSERT_TRUE(outcome) << status;
    EXPECT_EQ(outcome->status, status);
  }
}

TEST_F(Outbound, PathAndQueryAreSentAsTheyAreWritten) {
  HostileServer server(answer_well);
  open_client({origin_of(server)});
  const std::vector<std::string> targets{"/",
                                         "/bot123:AA-b_c/sendMessage",
                                         "/v23.0/me/messages?access_token=a%7Cb&x=1",
                                         "/a//b",
                                         "/a/",
                                         "/?q=%C3%A5",
                                         "/~x/$&'()*+,;=:@"};
  for (const std::string& target : targets) {
    HttpRequest request;
    request.url = origin_of(server) + target;
    ASSERT_TRUE(ask(request)) << target;
  }
  ASSERT_TRUE(server.wait_for_scripts(static_cast<int>(targets.size())));
  const auto requests = server.requests();
  for (std::size_t at = 0; at < targets.size(); ++at)
    EXPECT_EQ(requests[at].substr(0, requests[at].find('\r')), "GET " + targets[at] + " HTTP/1.1");
}

TEST_F(Outbound, APostWithoutABodySaysThatItHasNone) {
  HostileServer server(answer_well);
  open_client({origin_of(server)});
  HttpRequest request;
  request.method = Method::post;
  request.url = origin_of(server) + "/";
  ASSERT_TRUE(ask(request));
  ASSERT_TRUE(server.wait_for_scripts(1));
  EXPECT_TRUE(contains(server.requests()[0], "Content-Length: 0\r\n"));
}

TEST_F(Outbound, AnAnswerInChunksAndOneThatEndsWithTheConnectionAreWhole) {
  HostileServer chunked([](Peer& peer) {
    if (peer.read_request())
      peer.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhei\r\nB\r\n på deg "
          "du\r\n0\r\n\r\n");
  });
  HostileServer until_closed([](Peer& peer) {
    if (peer.read_request()) peer.write("HTTP/1.0 200 OK\r\n\r\nhei på deg du");
  });
  open_client({origin_of(chunked), origin_of(until_closed)});
  for (const HostileServer* server : {&chunked, &until_closed}) {
    const auto outcome = ask(post(origin_of(*server)));
    ASSERT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(outcome->body.substr(0, 9), "hei på d");
  }
}

TEST_F(Outbound, ARedirectIsAnAnswerAndNobodyFollowsIt) {
  HostileServer elsewhere(answer_well);
  for (const int status : {301, 302, 303, 307, 308}) {
    HostileServer server([&, status](Peer& peer) {
      if (peer.read_request())
        peer.write("HTTP/1.1 " + std::to_string(status) +
                   " Go\r\nContent-Length: 0\r\nLocation: " + origin_of(elsewhere) + "/\r\n\r\n");
    });
    open_client({origin_of(server), origin_of(elsewhere)});
    HttpRequest get;
    get.url = origin_of(server) + "/";
    for (const HttpRequest& request : {get, post(origin_of(server))}) {
      const auto outcome = ask(request);
      ASSERT_TRUE(outcome) << status;
      EXPECT_EQ(outcome->status, status);
      EXPECT_EQ(outcome->header("location"), origin_of(elsewhere) + "/");
    }
  }
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST_F(Outbound, NothingIsUnpackedThatWasNeverAskedFor) {
  HostileServer server([](Peer& peer) {
    if (peer.read_request()) peer.answer("\x1f\x8b no gzip", "Content-Encoding: gzip\r\n");
  });
  open_client({origin_of(server)});
  const auto outcome = ask(post(origin_of(server)));
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_EQ(outcome->body, "\x1f\x8b no gzip");
}

TEST_F(Outbound, NoProxyIsTakenFromTheEnvironment) {
  HostileServer proxy(answer_well);
  HostileServer server(answer_well);
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
    ::setenv(name, origin_of(proxy, "http", "127.0.0.1").c_str(), 1);
  open_client({origin_of(server)});
  EXPECT_TRUE(ask(post(origin_of(server))));
  EXPECT_EQ(proxy.connections(), 0);
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
    ::unsetenv(name);
}

TEST_F(Outbound, ManyCallsAtOnceAreAnsweredEachByItsOwn) {
  constexpr int kCalls = 100;
  HostileServer server(
      [](Peer& peer) {
        if (!peer.read_request()) return;
        peer.answer(peer.request().substr(5, peer.request().find(' ', 5) - 5));
      },
      certificate("bot.test"));
  open_client({origin_of(server, "https")});
  for (int at = 0; at < kCalls; ++at) {
    HttpRequest request;
    request.url = origin_of(server, "https") + "/" + std::to_string(at);
    begin(request);
  }
  std::set<std::string> bodies;
  for (const HttpOutcome& outcome : outcomes(kCalls)) {
    ASSERT_TRUE(outcome) << outcome.error().what;
    bodies.insert(outcome->body);
  }
  EXPECT_EQ(bodies.size(), static_cast<std::size_t>(kCalls));
}

}  // namespace
}  // namespace svar::tests
