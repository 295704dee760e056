#include "connectors/net/framing.h"

#include <gtest/gtest.h>

#include "connectors/net/proxies.h"
#include "connectors/net/request_head.h"
#include "connectors/net/route_match.h"

namespace svar::net {
namespace {

int status_of(std::string_view head) {
  const auto checked = check_framing(head);
  const auto* fault = std::get_if<FramingFault>(&checked);
  return fault ? fault->status : 200;
}

const std::string kHost = "Host: a.no\r\n";

struct Case {
  const char* name;
  std::string head;
  int status;
};

TEST(Framing, RefusesWhateverCanBeReadInTwoWays) {
  const Case cases[] = {
      {"plain", "GET / HTTP/1.1\r\n" + kHost + "\r\n", 200},
      {"length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 12\r\n\r\n", 200},
      {"1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200},
      {"chunked", "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n", 400},
      {"xchunked", "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: xchunked\r\n\r\n", 400},
      {"identity", "POST / HTTP/1.1\r\n" + kHost + "transfer-encoding: identity\r\n\r\n", 400},
      {"length and chunked",
       "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"two lengths", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 3\r\nContent-Length: 3\r\n\r\n", 400},
      {"list of lengths", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 3, 3\r\n\r\n", 400},
      {"signed length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: +3\r\n\r\n", 400},
      {"negative length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: -3\r\n\r\n", 400},
      {"hexadecimal length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 0x3\r\n\r\n", 400},
      {"empty length", "POST / HTTP/1.1\r\n" + kHost + "Content-Length: \r\n\r\n", 400},
      {"endless length",
       "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", "GET / HTTP/1.1\r\n" + kHost + kHost + "\r\n", 400},
      {"empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
      {"Host with a path", "GET / HTTP/1.1\r\nHost: a.no/x\r\n\r\n", 400},
      {"folded line", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\n b\r\n\r\n", 400},
      {"folded by tab", "GET / HTTP/1.1\r\n" + kHost + "X: a\r\n\tb\r\n\r\n", 400},
      {"blank before colon", "GET / HTTP/1.1\r\n" + kHost + "X : a\r\n\r\n", 400},
      {"no colon", "GET / HTTP/1.1\r\n" + kHost + "X\r\n\r\n", 400},
      {"no name", "GET / HTTP/1.1\r\n" + kHost + ": a\r\n\r\n", 400},
      {"bare line feed", "GET / HTTP/1.1\n" + kHost + "\r\n", 400},
      {"bare carriage return", "GET / HTTP/1.1\r\n" + kHost + "X: a\rb\r\n\r\n", 400},
      {"zero byte", "GET / HTTP/1.1\r\n" + kHost + std::string("X: a\0b\r\n\r\n", 10), 400},
      {"escape character", "GET / HTTP/1.1\r\n" + kHost + "X: \x1b[0m\r\n\r\n", 400},
      {"two Origins", "GET / HTTP/1.1\r\n" + kHost + "Origin: a\r\nOrigin: b\r\n\r\n", 400},
      {"two Authorizations",
       "GET / HTTP/1.1\r\n" + kHost + "Authorization: a\r\nAuthorization: b\r\n\r\n", 400},
      {"version 2", "GET / HTTP/2.0\r\n" + kHost + "\r\n", 505},
      {"version 0.9", "GET /\r\n\r\n", 400},
      {"no version", "GET / FTP/1.1\r\n" + kHost + "\r\n", 400},
      {"absolute target", "GET http://a.no/ HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"star target", "OPTIONS * HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"blank in target", "GET /a b HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"fragment in target", "GET /a#b HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"backslash in target", "GET /a\\b HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"raw byte in target", "GET /\xc3\xa5 HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"method with a colon", "G:T / HTTP/1.1\r\n" + kHost + "\r\n", 400},
      {"other expectation", "GET / HTTP/1.1\r\n" + kHost + "Expect: cake\r\n\r\n", 417},
      {"9 KB", "GET / HTTP/1.1\r\n" + kHost + "X: " + std::string(9000, 'a') + "\r\n\r\n", 431},
  };
  for (const Case& each : cases) EXPECT_EQ(status_of(each.head), each.status) << each.name;
}

TEST(Framing, TellsTheLengthAndWhetherTheConnectionStays) {
  const auto framing = std::get<Framing>(check_framing(
      "POST / HTTP/1.1\r\n" + kHost + "Content-Length: 12\r\nConnection: Close\r\n\r\n"));
  EXPECT_EQ(framing.content_length, 12u);
  EXPECT_TRUE(framing.has_body);
  EXPECT_FALSE(framing.keep_alive);
}

TEST(RequestHead, DecodesPathAndQuery) {
  const auto request =
      parse_request("GET /a%20b/%C3%A5?x=1+2&y=%26&z HTTP/1.1\r\n" + kHost + "X-Y: z \r\n\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->path, "/a b/å");
  EXPECT_EQ(request->parameter("x"), "1 2");
  EXPECT_EQ(request->parameter("y"), "&");
  EXPECT_EQ(request->parameter("z"), "");
  EXPECT_EQ(request->header("x-y"), "z");
}

TEST(RequestHead, RefusesPathsThatClimbOrHideASlash) {
  for (const char* path : {"/a/../b", "/..", "/.", "/a%2fb", "/a%5Cb", "/a/%2e%2e", "/%00", "/%zz",
                           "/%4", "/a%0d%0ab"}) {
    const std::string head = std::string{"GET "} + path + " HTTP/1.1\r\n" + kHost + "\r\n";
    EXPECT_FALSE(parse_request(head)) << path;
  }
  EXPECT_TRUE(parse_request("GET /a..b/c. HTTP/1.1\r\n" + kHost + "\r\n"));
}

TEST(RequestHead, PutsNoLineBreakIntoAResponse) {
  Response response;
  response.headers.emplace_back("Location", "/a\r\nSet-Cookie: x=1");
  EXPECT_EQ(serialise(response, {}).find("\r\nSet-Cookie"), std::string::npos);
}

TEST(Router, KnowsLiteralsBeforePatternsAndNamesWhatIsAllowed) {
  Router router;
  const Handler nothing = [](const Request&, Respond) {};
  router.add("GET", "/demo/*", nothing);
  router.add("GET", "/demo/demo.css", nothing);
  router.add("POST", "/only/post", nothing);
  EXPECT_TRUE(router.match("GET", "/demo/demo.css").captures.empty());
  EXPECT_EQ(router.match("GET", "/demo/osteroy").captures.at(0), "osteroy");
  EXPECT_EQ(router.match("HEAD", "/demo/osteroy").kind, Router::Match::Kind::handler);
  EXPECT_EQ(router.match("GET", "/demo/a/b").kind, Router::Match::Kind::unknown);
  EXPECT_EQ(router.match("GET", "/demo/").kind, Router::Match::Kind::unknown);
  const auto wrong = router.match("GET", "/only/post");
  EXPECT_EQ(wrong.kind, Router::Match::Kind::wrong_method);
  EXPECT_EQ(wrong.allow, "POST");
  EXPECT_EQ(router.match("PUT", "/demo/demo.css").allow, "GET, HEAD");
}

TEST(Proxies, BelieveForwardedAddressesOnlyFromConfiguredOnes) {
  const auto trusted = AddressSet::parse({"127.0.0.1", "10.0.0.0/8", "fd00::/8"});
  ASSERT_TRUE(trusted);
  EXPECT_EQ(client_address(*trusted, "127.0.0.1", "1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client_address(*trusted, "127.0.0.1", "6.6.6.6, 1.2.3.4, 10.1.2.3"), "1.2.3.4");
  EXPECT_EQ(client_address(*trusted, "192.0.2.1", "1.2.3.4"), "192.0.2.1");
  EXPECT_EQ(client_address(*trusted, "127.0.0.1", "nonsense"), "127.0.0.1");
  EXPECT_EQ(client_address(*trusted, "127.0.0.1", ""), "127.0.0.1");
  EXPECT_TRUE(trusted->contains("fd12::1"));
  EXPECT_FALSE(trusted->contains("11.0.0.1"));
  EXPECT_FALSE(AddressSet::parse({"10.0.0.0/33"}));
  EXPECT_FALSE(AddressSet::parse({"proxy.local"}));
}

TEST(Request, FindsACookieByItsWholeName) {
  Request request;
  request.headers.emplace_back("cookie", "a=1; __Host-svar=secret; b=2");
  EXPECT_EQ(request.cookie("__Host-svar"), "secret");
  EXPECT_EQ(request.cookie("svar"), "");
  EXPECT_EQ(request.cookie("b"), "2");
}

}  // namespace
}  // namespace svar::net
