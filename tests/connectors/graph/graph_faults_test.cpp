// What is done about Graph's refusals, and how long it asks us to wait.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/graph/faults.h"
#include "connectors/graph/json_reading.h"
#include "connectors/graph/throttling.h"

namespace svar::graph {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

struct Case {
  std::int64_t code;
  std::int64_t subcode;
  Remedy remedy;
};

Fault refusal(std::int64_t code, std::int64_t subcode, int status = 400) {
  return fault_of(status, R"({"error":{"code":)" + std::to_string(code) + R"(,"error_subcode":)" +
                              std::to_string(subcode) + "}}");
}

TEST(GraphFaults, MessengerAndInstagramFollowTheirTable) {
  constexpr Case kCases[] = {
      {1, 0, Remedy::retry},           {2, 0, Remedy::retry},
      {4, 0, Remedy::retry},           {17, 0, Remedy::retry},
      {32, 0, Remedy::retry},          {613, 0, Remedy::retry},
      {80006, 0, Remedy::retry},       {1200, 0, Remedy::retry},
      {190, 0, Remedy::stop_channel},  {190, 463, Remedy::stop_channel},
      {10, 0, Remedy::stop_channel},   {200, 0, Remedy::stop_channel},
      {230, 0, Remedy::stop_channel},  {299, 0, Remedy::stop_channel},
      {368, 0, Remedy::stop_channel},  {10, 2018278, Remedy::give_up},
      {10, 2534022, Remedy::give_up},  {551, 0, Remedy::give_up},
      {551, 1545041, Remedy::give_up}, {200, 1545041, Remedy::give_up},
      {200, 2018108, Remedy::give_up}, {100, 0, Remedy::give_up},
      {100, 2018001, Remedy::give_up}, {424242, 0, Remedy::give_up},
  };
  for (const auto& [code, subcode, remedy] : kCases)
    EXPECT_EQ(messaging_remedy(refusal(code, subcode)), remedy) << code << "/" << subcode;
}

TEST(GraphFaults, WhatsAppFollowsItsTable) {
  for (const std::int64_t code : {130429, 131056, 80007, 4, 131016, 131000, 131057})
    EXPECT_EQ(whatsapp_remedy(refusal(code, 0)), Remedy::retry) << code;
  for (const std::int64_t code : {190, 0, 3, 10, 200, 299, 131005, 131031, 131042, 131045, 368})
    EXPECT_EQ(whatsapp_remedy(refusal(code, 0)), Remedy::stop_channel) << code;
  for (const std::int64_t code : {131047, 131026, 131051, 131009, 131008, 100, 131021, 131050,
                                  130472, 131049, 131062, 424242})
    EXPECT_EQ(whatsapp_remedy(refusal(code, 0)), Remedy::give_up) << code;
  EXPECT_EQ(whatsapp_remedy(refusal(131048, 0)), Remedy::slow_down);
}

TEST(GraphFaults, WithoutACodeTheStatusDecides) {
  for (const int status : {429, 500, 502, 503, 504})
    EXPECT_EQ(messaging_remedy(fault_of(status, "<html>")), Remedy::retry) << status;
  EXPECT_EQ(messaging_remedy(fault_of(401, "")), Remedy::stop_channel);
  for (const int status : {302, 400, 403, 404})
    EXPECT_EQ(messaging_remedy(fault_of(status, "{}")), Remedy::give_up) << status;
}

TEST(GraphFaults, AnUnknownCodeIsRepeatedWhenGraphCallsItTransient) {
  const auto fault = fault_of(400, R"({"error":{"code":424242,"is_transient":true}})");
  EXPECT_EQ(messaging_remedy(fault), Remedy::retry);
  EXPECT_EQ(whatsapp_remedy(fault), Remedy::retry);
}

TEST(GraphFaults, ANameHoldsCodesAlone) {
  EXPECT_EQ(
      name_of(fault_of(400, R"({"error":{"code":10,"error_subcode":2018278,"message":"Kari"}})")),
      "10/2018278");
  EXPECT_EQ(name_of(refusal(190, 0)), "190");
  EXPECT_EQ(name_of(fault_of(502, "Kari")), "http 502");
}

TEST(GraphFaults, AnswersOfAnyShapeAreRead) {
  const std::string deep(100'000, '[');
  for (const std::string& body :
       {std::string{}, std::string{"[]"}, std::string{"null"}, deep, std::string{"\xff"},
        std::string{R"({"error":7})"}, std::string{R"({"error":{"code":"x"}})"},
        std::string{R"({"error":{"code":1e400}})"}, std::string{R"({"error":{"code":1.5}})"},
        std::string{R"({"error":{"code":18446744073709551615}})"}}) {
    EXPECT_FALSE(fault_of(400, body).code) << body.substr(0, 40);
  }
  EXPECT_EQ(fault_of(400, R"({"error":{"code":"190"}})").code, 190);
}

std::optional<milliseconds> wait_of(std::vector<outbound::HttpHeader> headers) {
  return wait_asked(outbound::HttpResponse{429, std::move(headers), ""});
}

TEST(GraphThrottling, TheLongestWaitThatIsAskedForCounts) {
  EXPECT_EQ(wait_of({{"retry-after", "17"}}), seconds{17});
  EXPECT_EQ(wait_of({{"x-app-usage", R"({"call_count":100,"total_time":25,"total_cputime":25})"}}),
            minutes{1});
  EXPECT_EQ(
      wait_of(
          {{"retry-after", "17"},
           {"x-business-use-case-usage",
            R"({"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":19}]})"}}),
      minutes{19});
}

TEST(GraphThrottling, WithoutAUsedUpLimitNoWaitIsAskedFor) {
  EXPECT_EQ(wait_of({}), std::nullopt);
  EXPECT_EQ(wait_of({{"x-app-usage", R"({"call_count":28,"total_time":99,"total_cputime":1})"}}),
            std::nullopt);
  EXPECT_EQ(wait_of({{"retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"}}), std::nullopt);
  EXPECT_EQ(wait_of({{"retry-after", "-5"}, {"x-app-usage", "[[["}}), std::nullopt);
}

TEST(GraphThrottling, AWaitIsAtMostADay) {
  EXPECT_EQ(wait_of({{"retry-after", "9223372036854775807"}}), hours{24});
  EXPECT_EQ(wait_of({{"x-business-use-case-usage",
                      R"({"1":[{"estimated_time_to_regain_access":9223372036854775807}]})"}}),
            hours{24});
}

TEST(GraphJson, AMomentIsReadInSecondsAndMillisecondsAndAsAString) {
  const auto at = [](const char* json) {
    return time_in(parse_bounded(json), "at").time_since_epoch().count();
  };
  EXPECT_EQ(at(R"({"at":1486464322190})"), 1486464322190);
  EXPECT_EQ(at(R"({"at":1749416383})"), 1749416383000);
  EXPECT_EQ(at(R"({"at":"1527459824"})"), 1527459824000);
  for (const char* none : {R"({})", R"({"at":"i går"})", R"({"at":-1})", R"({"at":1e30})", R"([])",
                           R"({"at":9223372036854775807})"})
    EXPECT_EQ(at(none), 0) << none;
}

TEST(GraphJson, AnIdIsAStringOrAWholeNumberOfBoundedLength) {
  const auto id = [](const std::string& json) { return id_in(parse_bounded(json), "id"); };
  EXPECT_EQ(id(R"({"id":"m.1"})"), "m.1");
  EXPECT_EQ(id(R"({"id":18446744073709551615})"), "18446744073709551615");
  EXPECT_EQ(id(R"({"id":1.5})"), "");
  EXPECT_EQ(id(R"({"id":")" + std::string(513, 'a') + R"("})"), "");
}

}  // namespace
}  // namespace svar::graph
