#include "connectors/webhook/call_answers.h"

#include <gtest/gtest.h>

namespace svar::webhook {
namespace {

using outbound::HttpError;
using outbound::HttpFault;
using outbound::HttpOutcome;
using outbound::HttpResponse;
using outbound::Sent;
using service::SendOutcome;
using Kind = SendOutcome::Kind;

SendOutcome of(int status, const std::string& wait = "") {
  HttpResponse response{status, {}, "words of the bridge"};
  if (!wait.empty()) response.headers.push_back({"retry-after", wait});
  return outcome_of(HttpOutcome{std::move(response)}, "1.2.0");
}
Kind of(Sent sent, HttpFault fault) {
  return outcome_of(HttpOutcome{Failure{HttpError{sent, fault, "bridge.test"}}}, "1.2.0").kind;
}

TEST(WebhookAnswers, SayWhatBecomesOfTheMessage) {
  for (const int status : {200, 201, 202, 204}) EXPECT_EQ(of(status).kind, Kind::sent) << status;
  for (const int status : {408, 425, 429, 500, 502, 503, 504})
    EXPECT_EQ(of(status).kind, Kind::retry) << status;
  for (const int status : {301, 302, 307, 401, 403, 404, 405})
    EXPECT_EQ(of(status).kind, Kind::channel_stopped) << status;
  for (const int status : {400, 409, 413, 422}) EXPECT_EQ(of(status).kind, Kind::failed) << status;
  EXPECT_EQ(of(410).kind, Kind::unreachable);
  EXPECT_EQ(of(200).message, "1.2.0") << "receipts name it";
  EXPECT_EQ(of(422).why, "http 422");
}

TEST(WebhookAnswers, AskForAPause) {
  EXPECT_EQ(of(503, "120").retry_after, std::chrono::seconds{120});
  EXPECT_EQ(of(429, "999999999").retry_after, std::chrono::hours{24});
  for (const char* bad : {"soon", "-1", "1.5", ""}) EXPECT_FALSE(of(503, bad).retry_after) << bad;
}

TEST(WebhookAnswers, AFaultIsUncertainOnlyWhereTheBridgeMayHaveActed) {
  EXPECT_EQ(of(Sent::no, HttpFault::unreachable), Kind::retry);
  EXPECT_EQ(of(Sent::no, HttpFault::certificate), Kind::retry);
  EXPECT_EQ(of(Sent::no, HttpFault::refused), Kind::channel_stopped);
  EXPECT_EQ(of(Sent::maybe, HttpFault::timeout), Kind::uncertain);
  EXPECT_EQ(of(Sent::maybe, HttpFault::broken), Kind::uncertain);
}

}  // namespace
}  // namespace svar::webhook
