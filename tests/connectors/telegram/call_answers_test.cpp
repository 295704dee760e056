#include "connectors/telegram/call_answers.h"

#include <gtest/gtest.h>

#include <string>

namespace svar::tests {
namespace {

using outbound::HttpError;
using outbound::HttpFault;
using outbound::HttpOutcome;
using outbound::HttpResponse;
using outbound::Sent;
using service::SendOutcome;
using telegram::moved_to;
using telegram::outcome_of;
using Kind = SendOutcome::Kind;
using std::chrono::hours;
using std::chrono::seconds;

HttpOutcome answer(int status, const std::string& body,
                   std::vector<outbound::HttpHeader> headers = {}) {
  return HttpResponse{status, std::move(headers), body};
}
HttpOutcome refusal(int status, const std::string& description = "no",
                    const std::string& parameters = "{}") {
  return answer(status, R"({"ok":false,"error_code":)" + std::to_string(status) +
                            R"(,"description":")" + description + R"(","parameters":)" +
                            parameters + "}");
}
HttpOutcome fault(Sent sent, HttpFault fault) {
  return Failure{HttpError{sent, fault, "api.telegram.org"}};
}

TEST(TelegramAnswers, SuccessGivesTheMessagesNumber) {
  const auto outcome =
      outcome_of(answer(200, R"({"ok":true,"result":{"message_id":42,"text":"hei"}})"));
  EXPECT_EQ(outcome.kind, Kind::sent);
  EXPECT_EQ(outcome.message, "42");
  EXPECT_EQ(outcome_of(answer(200, R"({"ok":true,"result":true})")).kind, Kind::sent);
}

TEST(TelegramAnswers, EachRefusalHasItsRemedy) {
  const std::pair<int, Kind> table[] = {{400, Kind::failed},      {401, Kind::channel_stopped},
                                        {403, Kind::unreachable}, {404, Kind::channel_stopped},
                                        {406, Kind::failed},      {413, Kind::failed},
                                        {429, Kind::retry},       {500, Kind::retry},
                                        {502, Kind::retry},       {503, Kind::retry},
                                        {504, Kind::retry}};
  for (const auto& [status, kind] : table) {
    EXPECT_EQ(outcome_of(refusal(status)).kind, kind) << status;
    EXPECT_EQ(outcome_of(refusal(status)).why, "telegram " + std::to_string(status));
    EXPECT_EQ(outcome_of(answer(status, "<html>")).kind, kind)
        << status << " without a body of Telegram's";
  }
}

TEST(TelegramAnswers, TheWaitIsTheOneAskedFor) {
  EXPECT_EQ(outcome_of(refusal(429, "Too Many Requests", R"({"retry_after":35})")).retry_after,
            seconds{35});
  EXPECT_EQ(outcome_of(answer(503, "", {{"retry-after", "7"}})).retry_after, seconds{7});
  EXPECT_EQ(outcome_of(refusal(429, "", R"({"retry_after":99999999999})")).retry_after, hours{24});
  for (const char* none : {"{}", R"({"retry_after":-1})", R"({"retry_after":"soon"})"}) {
    EXPECT_FALSE(outcome_of(refusal(429, "", none)).retry_after) << none;
  }
  EXPECT_FALSE(
      outcome_of(answer(429, "", {{"retry-after", "Tue, 24 Nov 2026 10:00:00 GMT"}})).retry_after);
}

TEST(TelegramAnswers, WhatAlreadyIsAsWantedIsSent) {
  const std::string words =
      "Bad Request: message is not modified: specified new message content and reply markup are "
      "exactly the same";
  EXPECT_EQ(outcome_of(refusal(400, words)).kind, Kind::sent);
}

TEST(TelegramAnswers, AMovedChatIsNamedAndNothingElseIs) {
  EXPECT_EQ(moved_to(refusal(400, "upgraded", R"({"migrate_to_chat_id":-1001234567890})")),
            "-1001234567890");
  EXPECT_FALSE(moved_to(refusal(400)));
  EXPECT_FALSE(moved_to(refusal(400, "", R"({"migrate_to_chat_id":"7"})")));
  EXPECT_FALSE(moved_to(refusal(403, "", R"({"migrate_to_chat_id":7})")));
  EXPECT_FALSE(moved_to(fault(Sent::maybe, HttpFault::timeout)));
}

TEST(TelegramAnswers, WhatMayHaveArrivedIsUncertain) {
  for (const auto what :
       {HttpFault::timeout, HttpFault::broken, HttpFault::too_large, HttpFault::stopped}) {
    EXPECT_EQ(outcome_of(fault(Sent::maybe, what)).kind, Kind::uncertain);
  }
}

TEST(TelegramAnswers, WhatDidNotLeaveIsRepeatedUnlessTheSettingsForbidIt) {
  for (const auto what : {HttpFault::busy, HttpFault::no_address, HttpFault::unreachable,
                          HttpFault::certificate, HttpFault::timeout, HttpFault::stopped}) {
    EXPECT_EQ(outcome_of(fault(Sent::no, what)).kind, Kind::retry);
  }
  EXPECT_EQ(outcome_of(fault(Sent::no, HttpFault::refused)).kind, Kind::channel_stopped);
}

TEST(TelegramAnswers, AYesThatIsNotTelegramsIsUncertain) {
  for (const char* body : {"", "<html>welcome to the hotel</html>", "{}", R"({"ok":"true"})",
                           R"({"ok":false})", R"({"ok":true,"ok":false})"}) {
    EXPECT_EQ(outcome_of(answer(200, body)).kind, Kind::uncertain) << body;
  }
  EXPECT_EQ(outcome_of(answer(200, R"({"ok":false,"error_code":403})")).kind, Kind::unreachable);
}

TEST(TelegramAnswers, ARedirectTookNothing) {
  EXPECT_EQ(outcome_of(answer(302, "", {{"location", "http://127.0.0.1/"}})).kind, Kind::retry);
}

TEST(TelegramAnswers, NothingOfAnAnswersWordsIsKept) {
  for (const int status : {200, 302, 400, 401, 403, 404, 429, 500}) {
    const auto outcome = outcome_of(refusal(status, "canary 123456:AAcanary"));
    EXPECT_EQ((outcome.why + outcome.message).find("canary"), std::string::npos) << status;
  }
}

}  // namespace
}  // namespace svar::tests
