// Whom a call may reach, and who may answer it.
#include "tests/connectors/outbound/outbound_fixture.h"

namespace svar::tests {
namespace {

using namespace outbound;

void answer_well(Peer& peer) {
  if (peer.read_request()) peer.answer("{}");
}

// The server has seen a connection, perhaps, but not a byte of a request.
void expect_refused_by(HostileServer& server, const HttpOutcome& outcome) {
  expect_failure(outcome, Sent::no, HttpFault::certificate);
  ASSERT_TRUE(server.wait_for_scripts(1));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Outbound, ACertificateOfAnotherNameIsRefusedBeforeAnythingIsSent) {
  HostileServer server(answer_well, certificate("other.test"));
  open_client({origin_of(server, "https")});
  expect_refused_by(server, ask(post(origin_of(server, "https"))));
}

TEST_F(Outbound, ACertificateThatNobodyVouchesForIsRefusedBeforeAnythingIsSent) {
  certificate("bot.test");  // the trusted one of that name is not the server's
  HostileServer server(answer_well, untrusted_certificate("bot.test"));
  open_client({origin_of(server, "https")});
  expect_refused_by(server, ask(post(origin_of(server, "https"))));
}

TEST_F(Outbound, AnExpiredCertificateIsRefusedBeforeAnythingIsSent) {
  HostileServer server(answer_well, certificate("bot.test", -9, -1));
  open_client({origin_of(server, "https")});
  expect_refused_by(server, ask(post(origin_of(server, "https"))));
}

TEST_F(Outbound, ACertificateThatIsNotValidYetIsRefusedBeforeAnythingIsSent) {
  HostileServer server(answer_well, certificate("bot.test", 1, 9));
  open_client({origin_of(server, "https")});
  expect_refused_by(server, ask(post(origin_of(server, "https"))));
}

TEST_F(Outbound, OldTlsIsRefusedBeforeAnythingIsSent) {
  HostileServer server(answer_well, certificate("bot.test"), Speaks::old_tls);
  open_client({origin_of(server, "https")});
  expect_refused_by(server, ask(post(origin_of(server, "https"))));
}

TEST_F(Outbound, HttpWhereHttpsWasAskedForGetsNoRequest) {
  HostileServer server(
      [](Peer& peer) { peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"); });
  open_client({origin_of(server, "https")});
  const auto outcome = ask(post(origin_of(server, "https")));
  expect_failure(outcome, Sent::no, HttpFault::certificate);
  ASSERT_TRUE(server.wait_for_scripts(1));
  for (const std::string& request : server.requests())
    EXPECT_EQ(request.find("canary"), std::string::npos) << "the request went out in the open";
}

TEST_F(Outbound, TheConnectionGoesToTheAddressThatWasCheckedAndTheNameIsAskedForOnce) {
  HostileServer server(answer_well, certificate("bot.test"));
  open_client({origin_of(server, "https")});
  resolver_->answers("bot.test", {"127.0.0.1"});
  ASSERT_TRUE(ask(post(origin_of(server, "https"))));
  EXPECT_EQ(resolver_->questions(), 1);
  EXPECT_EQ(server.connections(), 1)
      << "bot.test has an address from the scripted name server alone";
}

TEST_F(Outbound, ANameOfThePublicThatMeansThisMachineIsRefused) {
  HostileServer server(answer_well, certificate("rebound.test"));
  open_client({});
  for (const std::string address :
       {"127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0"}) {
    resolver_->answers("rebound.test", {address});
    expect_failure(ask(post("https://rebound.test")), Sent::no, HttpFault::refused);
    resolver_->answers("rebound.test", {"8.8.8.8", address});
    expect_failure(ask(post("https://rebound.test")), Sent::no, HttpFault::refused);
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Outbound, ANameWithoutAnAddressHasGotNothing) {
  open_client({});
  resolver_->answers("nobody.test", {});
  expect_failure(ask(post("https://nobody.test")), Sent::no, HttpFault::no_address);
}

TEST_F(Outbound, OnlyTheOriginInTheSettingsMayBeInternal) {
  HostileServer allowed(answer_well);
  HostileServer other(answer_well);
  open_client({origin_of(allowed)});
  ASSERT_TRUE(ask(post(origin_of(allowed))));
  expect_failure(ask(post(origin_of(other))), Sent::no, HttpFault::refused);
  expect_failure(ask(post(origin_of(allowed, "https"))), Sent::no, HttpFault::refused);
  expect_failure(ask(post(origin_of(allowed, "http", "127.0.0.1"))), Sent::no, HttpFault::refused);
  EXPECT_EQ(allowed.connections(), 1);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(Outbound, ARequestThatIsNoRequestIsRefusedWithoutANameLookUp) {
  open_client({});
  HttpRequest split = post("https://api.example.test");
  split.headers.push_back({"X-A", "b\r\nX-Evil: canary"});
  expect_failure(ask(split), Sent::no, HttpFault::refused);
  expect_failure(ask(post("http://api.example.test")), Sent::no, HttpFault::refused);
  expect_failure(ask(post("https://canary@api.example.test")), Sent::no, HttpFault::refused);
  EXPECT_EQ(resolver_->questions(), 0);
}

}  // namespace
}  // namespace svar::tests
