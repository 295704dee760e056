#include "connectors/outbound/request_faults.h"

#include <gtest/gtest.h>

namespace svar::tests {
namespace {

using namespace outbound;

HttpRequest with_header(std::string name, std::string value) {
  HttpRequest request;
  request.headers.push_back({std::move(name), std::move(value)});
  return request;
}

TEST(RequestFaults, AnOrdinaryRequestHasNone) {
  EXPECT_FALSE(fault_of(with_header("Authorization", "Bearer x")));
  EXPECT_FALSE(fault_of(with_header("X-Signature", "t=1,v1=ab\t")));
  HttpRequest post;
  post.method = Method::post;
  post.body = "{}";
  EXPECT_FALSE(fault_of(post));
}

TEST(RequestFaults, ALineBreakInAHeaderIsAFaultAndItsValueIsNotRepeated) {
  for (const std::string& value : {std::string("a\r\nX: b"), std::string("a\nb"),
                                   std::string("a\0b", 3), std::string("\x7f")}) {
    const auto fault = fault_of(with_header("X-A", value));
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->find(value), std::string::npos);
  }
  for (const std::string name : {"", "X A", "X:A", "X\r\nA", "Xå"})
    EXPECT_TRUE(fault_of(with_header(name, "b"))) << name;
}

TEST(RequestFaults, WhatSaysWhereAMessageEndsOrGoesIsTheClientsOwn) {
  for (const std::string name :
       {"Host", "HOST", "content-length", "Transfer-Encoding", "Connection", "Expect", "TE"})
    EXPECT_TRUE(fault_of(with_header(name, "x"))) << name;
}

TEST(RequestFaults, AGetHasNoBodyAndEveryRequestHasTime) {
  HttpRequest get;
  get.body = "x";
  EXPECT_TRUE(fault_of(get));
  HttpRequest hurried;
  hurried.time_max = std::chrono::milliseconds(0);
  EXPECT_TRUE(fault_of(hurried));
}

}  // namespace
}  // namespace svar::tests
