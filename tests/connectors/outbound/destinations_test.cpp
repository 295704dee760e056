#include "connectors/outbound/destinations.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace svar::tests {
namespace {

using namespace outbound;

struct Row {
  std::string url;
  std::string expected;  // "host port target", or a part of the reason after «no:»
};

std::string seen(const Destinations& destinations, const std::string& url) {
  const auto admitted = destinations.admit(url);
  if (!admitted) return "no: " + admitted.error();
  return admitted->host + " " + std::to_string(admitted->port) + " " + admitted->target;
}

void expect_rows(const Destinations& destinations, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const std::string is = seen(destinations, row.url);
    if (row.expected.rfind("no:", 0) == 0) {
      EXPECT_EQ(is.substr(0, 3), "no:") << row.url << " was let through as " << is;
      EXPECT_NE(is.find(row.expected.substr(4)), std::string::npos) << row.url << ": " << is;
    } else {
      EXPECT_EQ(is, row.expected) << row.url;
    }
  }
}

TEST(Destinations, OfThePublicInternetAreReadAsTheyAreMeant) {
  expect_rows({}, {
                      {"https://api.telegram.org/bot1:A-b_c/getMe",
                       "api.telegram.org 443 /bot1:A-b_c/getMe"},
                      {"https://graph.facebook.com/v23.0/me?a=b&c=%C3%A5",
                       "graph.facebook.com 443 /v23.0/me?a=b&c=%C3%A5"},
                      {"HTTPS://API.Telegram.ORG", "api.telegram.org 443 /"},
                      {"https://example.com?x=1", "example.com 443 /?x=1"},
                      {"https://example.com:443/", "example.com 443 /"},
                      {"https://example.com:8443/x", "example.com 8443 /x"},
                      {"https://xn--ostery-g1a.kommune.no/", "xn--ostery-g1a.kommune.no 443 /"},
                      {"https://1.example.com/", "1.example.com 443 /"},
                      {"https://a.b.c.d.e.example/", "a.b.c.d.e.example 443 /"},
                      {"https://127.0.0.1.example.com/", "127.0.0.1.example.com 443 /"},
                      {"https://example.com/@127.0.0.1/", "example.com 443 /@127.0.0.1/"},
                      {"https://example.com/a//b", "example.com 443 /a//b"},
                  });
}

TEST(Destinations, AddressesHoweverTheyAreWrittenAreRefused) {
  expect_rows(
      {}, {
              {"https://127.0.0.1/", "no: an address in place of a name"},
              {"https://8.8.8.8/", "no: an address in place of a name"},
              {"https://10.1.2.3/", "no: an address in place of a name"},
              {"https://169.254.169.254/latest/meta-data/", "no: an address in place of a name"},
              {"https://0.0.0.0/", "no: an address in place of a name"},
              {"https://2130706433/", "no: not four decimal numbers"},
              {"https://0/", "no: not four decimal numbers"},
              {"https://127.1/", "no: not four decimal numbers"},
              {"https://127.0.1/", "no: not four decimal numbers"},
              {"https://0177.0.0.1/", "no: not four decimal numbers"},
              {"https://017700000001/", "no: not four decimal numbers"},
              {"https://0x7f.0.0.1/", "no: not four decimal numbers"},
              {"https://127.0.0.0x1/", "no: not four decimal numbers"},
              {"https://0x7f000001/", "no: not four decimal numbers"},
              {"https://0X7F000001/", "no: not four decimal numbers"},
              {"https://127.0.0.01/", "no: not four decimal numbers"},
              {"https://127.0.0.256/", "no: not four decimal numbers"},
              {"https://1.2.3.4.5/", "no: not four decimal numbers"},
              {"https://example.0x/", "no: not four decimal numbers"},
              {"https://127.0.0.1./", "no: ends in a dot"},
              {"https://example.com./", "no: ends in a dot"},
              {"https://[::1]/", "no: brackets"},
              {"https://[::ffff:127.0.0.1]/", "no: brackets"},
              {"https://[::ffff:7f00:1]/", "no: brackets"},
              {"https://[fe80::1%25eth0]/", "no: brackets"},
              {"https://[2606:4700::1111]/", "no: brackets"},
              {"https://[127.0.0.1]/", "no: brackets"},
              {"https://::1/", "no: no host"},
          });
}

TEST(Destinations, NamesThatAreNoPublicNamesAreRefused) {
  expect_rows({}, {
                      {"https://localhost/", "no: a name without a dot"},
                      {"https://intranet:8443/", "no: a name without a dot"},
                      {"https:///path", "no: no host"},
                      {"https://", "no: no host"},
                      {"https://.example.com/", "no: no name"},
                      {"https://example..com/", "no: no name"},
                      {"https://-a.example.com/", "no: no name"},
                      {"https://a-.example.com/", "no: no name"},
                      {"https://under_score.example.com/", "no: no name"},
                      {"https://østerøy.example.com/", "no: no name"},
                      {"https://ⓔxample.com/", "no: no name"},
                      {"https://１２７.0.0.1/", "no: no name"},
                      {"https://127。0。0。1/", "no: no name"},
                      {"https://exa%6Dple.com/", "no: no name"},
                      {"https://example.com%2f.evil.com/", "no: no name"},
                      {"https://exam ple.com/", "no: no name"},
                      {"https://exam\tple.com/", "no: no name"},
                      {"https://example.com\r\nHost: evil/", "no: no name"},
                      {std::string("https://example.com\0.evil.com/", 30), "no: no name"},
                      {"https://" + std::string(64, 'a') + ".com/", "no: no name"},
                      {"https://" + std::string(300, 'a') + "/", "no: too long"},
                  });
}

TEST(Destinations, WhatHidesWhoIsMeantIsRefused) {
  expect_rows({}, {
                      {"https://user@example.com/", "no: a user name"},
                      {"https://user:pass@example.com/", "no: a user name"},
                      {"https://example.com@127.0.0.1/", "no: a user name"},
                      {"https://example.com:443@evil.com/", "no: a user name"},
                      {"https://@example.com/", "no: a user name"},
                      {"https://example.com\\@evil.com/", "no: percent-encoded"},
                      {"https://example.com\\.evil.com/", "no: percent-encoded"},
                      {"https://example.com#@evil.com/", "no: percent-encoded"},
                      {"https://example.com/#x", "no: percent-encoded"},
                      {"https://example.com//evil.com/", "no: two slashes"},
                      {"https://example.com/a b", "no: percent-encoded"},
                      {"https://example.com/a\r\nX: y", "no: percent-encoded"},
                      {"https://example.com/ø", "no: percent-encoded"},
                      {"https://example.com/[x]", "no: percent-encoded"},
                      {"https://example.com/%", "no: percent sign"},
                      {"https://example.com/%4", "no: percent sign"},
                      {"https://example.com/%zz", "no: percent sign"},
                      {"https://example.com/" + std::string(5000, 'a'), "no: too long"},
                  });
}

TEST(Destinations, OtherSchemesAndPortsAreRefused) {
  expect_rows({}, {
                      {"http://example.com/", "no: not https"},
                      {"HTTP://example.com:443/", "no: not https"},
                      {"ftp://example.com/", "no: neither"},
                      {"file:///etc/passwd", "no: neither"},
                      {"gopher://example.com/", "no: neither"},
                      {"javascript:alert(1)", "no: neither"},
                      {"//example.com/", "no: neither"},
                      {"example.com", "no: neither"},
                      {"https:example.com", "no: neither"},
                      {" https://example.com", "no: neither"},
                      {"https ://example.com", "no: neither"},
                      {"", "no: neither"},
                      {"https://example.com:80/", "no: a port other"},
                      {"https://example.com:22/", "no: a port other"},
                      {"https://example.com:0/", "no: the port"},
                      {"https://example.com:/", "no: the port"},
                      {"https://example.com:65536/", "no: the port"},
                      {"https://example.com:65979/", "no: the port"},
                      {"https://example.com:0443/", "no: the port"},
                      {"https://example.com:+443/", "no: the port"},
                      {"https://example.com:-1/", "no: the port"},
                      {"https://example.com:443x/", "no: the port"},
                      {"https://example.com:443:443/", "no: the port"},
                  });
}

TEST(Destinations, AnInternalOriginIsAdmittedAsItIsWrittenAndNothingBesideIt) {
  const auto destinations = Destinations::of(
      {"http://10.0.0.5:8080", "https://sms.example.no:9443/", "https://Intranet"});
  ASSERT_TRUE(destinations) << destinations.error();
  expect_rows(*destinations, {
                                 {"http://10.0.0.5:8080/in?x=1", "10.0.0.5 8080 /in?x=1"},
                                 {"https://sms.example.no:9443/x", "sms.example.no 9443 /x"},
                                 {"https://intranet:443/x", "intranet 443 /x"},
                                 {"https://10.0.0.5:8080/", "no: a port other"},
                                 {"http://10.0.0.5/", "no: not https"},
                                 {"http://10.0.0.5:8081/", "no: not https"},
                                 {"http://10.0.0.6:8080/", "no: not https"},
                                 {"http://sms.example.no:9443/", "no: not https"},
                                 {"https://sms.example.no:9444/", "no: a port other"},
                             });
  const Url internal = *parse_url("http://10.0.0.5:8080/");
  const Url other = *parse_url("https://sms.example.no/");
  EXPECT_TRUE(destinations->may_connect(internal, "10.0.0.5"));
  EXPECT_FALSE(destinations->may_connect(other, "10.0.0.5"))
      << "the same name on another port is not internal";
  EXPECT_TRUE(destinations->may_connect(other, "8.8.8.8"));
}

TEST(Destinations, AnOriginInTheSettingsThatIsNoneIsNamed) {
  for (const std::string written :
       {"10.0.0.5:8080", "http://10.0.0.5/path", "http://[::1]:80", "http://u@10.0.0.5", ""}) {
    const auto destinations = Destinations::of({"https://fine.example.no", written});
    ASSERT_FALSE(destinations) << written;
    EXPECT_EQ(destinations.error().rfind(written + ": ", 0), 0U) << destinations.error();
  }
}

TEST(Destinations, AReasonRepeatsNothingOfTheUrl) {
  for (const std::string url : {"https://canary@example.com/canary", "https://example.com/canary%",
                                "ftp://canary/", "https://canary:canary/"}) {
    const auto admitted = Destinations{}.admit(url);
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace svar::tests
