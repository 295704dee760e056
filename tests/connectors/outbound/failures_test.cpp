// Calls that go wrong: what is told, and whether the other side can have acted.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "tests/connectors/outbound/outbound_fixture.h"

namespace svar::tests {
namespace {

using namespace outbound;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kShort{400};
// On a crowded machine a deadline may be noticed late, but never as late as this.
constexpr std::chrono::seconds kSoon{5};

TEST_F(Outbound, AServerThatHangsAfterTheRequestMayHaveActed) {
  HostileServer server([](Peer& peer) { peer.read_request() && peer.wait_for_the_end(); },
                       certificate("bot.test"));
  open_client({origin_of(server, "https")});
  const auto begun = Clock::now();
  expect_failure(ask(post(origin_of(server, "https"), kShort)), Sent::maybe, HttpFault::timeout);
  EXPECT_LT(Clock::now() - begun, kSoon);
  ASSERT_TRUE(server.wait_for_scripts(1)) << "the connection was not closed";
}

TEST_F(Outbound, AServerThatHangsBeforeTheHandshakeHasGotNothing) {
  HostileServer server([](Peer& peer) { peer.wait_for_the_end(); });
  open_client({origin_of(server, "https")});
  expect_failure(ask(post(origin_of(server, "https"), kShort)), Sent::no, HttpFault::timeout);
  ASSERT_TRUE(server.wait_for_scripts(1)) << "the connection was not closed";
}

TEST_F(Outbound, AnAnswerThatDripsEndsWithTheTimeAllowedForTheWhole) {
  HostileServer server([](Peer& peer) {
    if (!peer.read_request()) return;
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (peer.write("x")) std::this_thread::sleep_for(milliseconds(5));
  });
  open_client({origin_of(server)});
  const auto begun = Clock::now();
  expect_failure(ask(post(origin_of(server), kShort)), Sent::maybe, HttpFault::timeout);
  EXPECT_GE(Clock::now() - begun, kShort);
  EXPECT_LT(Clock::now() - begun, kSoon);
  ASSERT_TRUE(server.wait_for_scripts(1)) << "the connection was not closed";
}

TEST_F(Outbound, AHeadThatDripsEndsWithTheTimeAllowedForTheWhole) {
  HostileServer server([](Peer& peer) {
    if (!peer.read_request()) return;
    peer.write("HTTP/1.1 200 OK\r\n");
    while (peer.write("X-A: b\r\n")) std::this_thread::sleep_for(milliseconds(5));
  });
  open_client({origin_of(server)});
  expect_failure(ask(post(origin_of(server), kShort)), Sent::maybe, HttpFault::timeout);
}

// A port whose queue of connections is full: the system drops what knocks, as a dead host does.
class FullPort {
 public:
  FullPort() : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    ::bind(listening_, reinterpret_cast<sockaddr*>(&address_), size);
    ::listen(listening_, 0);
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address_), &size);
    for (int& knocking : knocking_) {
      knocking = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      ::connect(knocking, reinterpret_cast<sockaddr*>(&address_), size);
    }
  }
  ~FullPort() {
    for (const int knocking : knocking_) ::close(knocking);
    ::close(listening_);
  }
  std::string origin() const {
    return "https://bot.test:" + std::to_string(ntohs(address_.sin_port));
  }

 private:
  const int listening_;
  sockaddr_in address_{};
  int knocking_[4]{};
};

TEST_F(Outbound, AHostThatDoesNotAnswerAtAllHasGotNothing) {
  const FullPort dead;
  open_client({dead.origin()});
  const auto begun = Clock::now();
  expect_failure(ask(post(dead.origin(), kShort)), Sent::no, HttpFault::timeout);
  EXPECT_LT(Clock::now() - begun, kSoon);
}

TEST_F(Outbound, ANameServerThatHangsTakesNoMoreThanTheTimeAllowed) {
  HostileServer server([](Peer& peer) { peer.read_request(); });
  open_client({origin_of(server)});
  resolver_->hangs();
  const auto begun = Clock::now();
  expect_failure(ask(post(origin_of(server), kShort)), Sent::no, HttpFault::timeout);
  EXPECT_LT(Clock::now() - begun, kSoon);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Outbound, APortWhereNobodyListensHasGotNothing) {
  std::string origin;
  {
    HostileServer gone([](Peer&) {});
    origin = origin_of(gone, "https");
  }
  open_client({origin});
  expect_failure(ask(post(origin)), Sent::no, HttpFault::unreachable);
}

TEST_F(Outbound, AResetBeforeTheHandshakeHasGotNothing) {
  HostileServer server([](Peer& peer) { peer.reset(); });
  open_client({origin_of(server, "https")});
  const auto outcome = ask(post(origin_of(server, "https")));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().sent, Sent::no);
}

TEST_F(Outbound, AResetAfterHeadOrBodyMayHaveActedAndIsNotRepeated) {
  const std::vector<HostileServer::Script> scripts{
      [](Peer& peer) { peer.read_head() ? peer.reset() : void(); },
      [](Peer& peer) { peer.read_request() ? peer.reset() : void(); },
      [](Peer& peer) { peer.read_request(); },  // closed without a word
      [](Peer& peer) {
        if (peer.read_request() && peer.write("HTTP/1.1 200 OK\r\nContent-Le")) peer.reset();
      },
      [](Peer& peer) {
        if (peer.read_request() && peer.write("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf"))
          peer.reset();
      }};
  const auto files = certificate("bot.test");
  for (const bool secure : {false, true}) {
    for (const auto& script : scripts) {
      HostileServer server(script, secure ? std::optional(files) : std::nullopt);
      const std::string origin = origin_of(server, secure ? "https" : "http");
      open_client({origin});
      expect_failure(ask(post(origin)), Sent::maybe, HttpFault::broken);
      ASSERT_TRUE(server.wait_for_scripts(1));
      EXPECT_EQ(server.connections(), 1);
      EXPECT_EQ(server.requests().size(), 1U);
    }
  }
}

TEST_F(Outbound, APostIsNotSentAgainWhenAConnectionThatWasKeptAliveDies) {
  std::atomic<int> nth{0};
  HostileServer server([&](Peer& peer) {
    if (!peer.read_request() || nth++ > 0) return;
    peer.answer("first", "Connection: keep-alive\r\n");
    peer.read_request();  // were the connection used again, the second request would come here
  });
  open_client({origin_of(server)});
  ASSERT_TRUE(ask(post(origin_of(server))));
  expect_failure(ask(post(origin_of(server))), Sent::maybe, HttpFault::broken);
  ASSERT_TRUE(server.wait_for_scripts(2));
  EXPECT_EQ(server.connections(), 2);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2U);
  for (const std::string& request : requests)
    EXPECT_EQ(request.find("POST", 1), std::string::npos) << request;
}

TEST_F(Outbound, WhatIsNoHttpIsBrokenAndNothingElse) {
  const std::vector<std::string> answers{
      "SSH-2.0-OpenSSH_9.2\r\n\r\n",
      "HTTP/1.1\r\n\r\n",
      "HTTP/1.1 nine OK\r\n\r\n",
      "HTTP/1.1 99999 OK\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n",
      "HTTP/1.1 600 So\r\nContent-Length: 0\r\n\r\n",
      "\r\n\r\n",
      std::string(40, '\0') + "\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
  };
  for (const std::string& answer : answers) {
    HostileServer server([&](Peer& peer) { peer.read_request() && peer.write(answer); });
    open_client({origin_of(server)});
    expect_failure(ask(post(origin_of(server))), Sent::maybe, HttpFault::broken);
  }
}

TEST_F(Outbound, OneCallTooManyIsRefusedAtOnce) {
  HostileServer server([](Peer& peer) { peer.wait_for_the_end(); });
  open_client({origin_of(server)}, 2);
  begin(post(origin_of(server)));
  begin(post(origin_of(server)));
  begin(post(origin_of(server)));
  expect_failure(outcomes(1)[0], Sent::no, HttpFault::busy);
  close_client();
  const auto all = outcomes(3);
  EXPECT_EQ(words_of(all[1].error().fault), words_of(HttpFault::stopped));
  EXPECT_EQ(words_of(all[2].error().fault), words_of(HttpFault::stopped));
}

TEST_F(Outbound, TheClientTellsEachCallUnderWayWhenItIsDestroyed) {
  HostileServer server([](Peer& peer) { peer.read_request() && peer.wait_for_the_end(); });
  open_client({origin_of(server)});
  for (int at = 0; at < 20; ++at) begin(post(origin_of(server)));
  close_client();
  for (const HttpOutcome& outcome : outcomes(20)) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(words_of(outcome.error().fault), words_of(HttpFault::stopped));
  }
}

TEST_F(Outbound, AnAuthorityThatCannotBeReadIsToldAtOnce) {
  IoThread io;
  OutboundSettings settings;
  settings.extra_authority = "/nowhere/authority.pem";
  const auto client = make_cpprest_http_client(settings, io.io(), resolver_);
  ASSERT_FALSE(client);
  EXPECT_NE(client.error().find("/nowhere/authority.pem"), std::string::npos);
}

std::ptrdiff_t threads_of_this_process() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"),
                       std::filesystem::directory_iterator{});
}

TEST_F(Outbound, ManyCallsNeedNoMoreThreadsThanTheLibraryWasGiven) {
  HostileServer server([](Peer& peer) { peer.wait_for_the_end(); });
  const auto before = threads_of_this_process();
  open_client({origin_of(server)});
  for (int at = 0; at < 60; ++at) begin(post(origin_of(server)));
  while (server.connections() < 60) std::this_thread::sleep_for(milliseconds(1));
  // The server needs one for each connection; the library four, and the name look-up of asio one.
  EXPECT_LE(threads_of_this_process() - before - 60, 6);
  close_client();
}

}  // namespace
}  // namespace svar::tests
