#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "connectors/outbound/address.h"

namespace svar::tests {
namespace {

using outbound::is_public_address;

TEST(Addresses, OfThePublicInternetAreKnown) {
  for (const char* address : {"1.1.1.1",         "8.8.8.8",
                              "9.255.255.255",   "11.0.0.0",
                              "100.63.255.255",  "100.128.0.0",
                              "126.255.255.255", "128.0.0.1",
                              "149.154.167.220", "157.240.1.1",
                              "169.253.255.255", "169.255.0.0",
                              "172.15.255.255",  "172.32.0.0",
                              "192.0.1.1",       "192.167.255.255",
                              "192.169.0.0",     "198.17.255.255",
                              "198.20.0.0",      "203.0.112.1",
                              "203.0.114.1",     "223.255.255.255",
                              "2001:200::1",     "2606:4700::1111",
                              "2a03:2880::1",    "2001:4860:4860::8888"})
    EXPECT_TRUE(is_public_address(address)) << address;
}

TEST(Addresses, OfPrivateAndSpecialRangesAreNotPublic) {
  for (const char* address :
       {"0.0.0.0",         "0.1.2.3",         "10.0.0.0",    "10.255.255.255",
        "100.64.0.0",      "100.127.255.255", "127.0.0.1",   "127.255.255.255",
        "169.254.0.1",     "169.254.169.254", "172.16.0.1",  "172.31.255.255",
        "192.0.0.1",       "192.0.2.1",       "192.88.99.1", "192.168.0.1",
        "192.168.255.255", "192.175.48.1",    "198.18.0.1",  "198.19.255.255",
        "198.51.100.7",    "203.0.113.9",     "224.0.0.1",   "239.255.255.255",
        "240.0.0.1",       "255.255.255.255"})
    EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(Addresses, OfVersionSixThatAreSpecialOrCarryVersionFourAreNotPublic) {
  for (const char* address : {"::",
                              "::1",
                              "::127.0.0.1",
                              "::ffff:127.0.0.1",
                              "::ffff:7f00:1",
                              "::ffff:8.8.8.8",
                              "64:ff9b::7f00:1",
                              "64:ff9b:1::1",
                              "100::1",
                              "2001::1",
                              "2001:0:4136:e378::1",
                              "2001:10::1",
                              "2001:db8::1",
                              "2002:7f00:1::1",
                              "2002:808:808::1",
                              "3fff::1",
                              "5f00::1",
                              "fc00::1",
                              "fd00::1",
                              "fe80::1",
                              "fec0::1",
                              "ff02::1"})
    EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(Addresses, WrittenInAnyOtherWayAreNone) {
  for (const std::string& address :
       {std::string(""), std::string("8.8.8"), std::string("134744072"), std::string("0x8.8.8.8"),
        std::string("08.8.8.8"), std::string("010.8.8.8"), std::string("8.8.8.8."),
        std::string("8.8.8.8 "), std::string(" 8.8.8.8"), std::string("8.8.8.256"),
        std::string("[2606:4700::1]"), std::string("fe80::1%eth0"), std::string("2606:4700::1%1"),
        std::string("example.com"), std::string("8.8.8.8\0", 8)})
    EXPECT_FALSE(is_public_address(address)) << address;
}

}  // namespace
}  // namespace svar::tests
