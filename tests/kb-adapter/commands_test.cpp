#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bot/server/commands/ask_command.h"
#include "bot/server/commands/check_command.h"
#include "bot/server/commands/test_command.h"

namespace svar::server {
namespace {

using nlohmann::json;

const Time kNow =
    Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)) + std::chrono::hours(9);
const ContentChoice kContent{"", SVAR_TEST_CONTENT};

struct Ran {
  int exit_code = 0;
  std::vector<json> lines;
  std::string out, err;
};

Ran ask_lines(const std::string& input) {
  AskOptions options;
  options.content = kContent;
  options.jsonl = true;
  std::istringstream in(input);
  std::ostringstream out, err;
  Ran ran;
  ran.exit_code = run_ask(options, kNow, in, out, err);
  ran.out = out.str();
  ran.err = err.str();
  std::istringstream written(ran.out);
  for (std::string line; std::getline(written, line);) ran.lines.push_back(json::parse(line));
  return ran;
}

TEST(AskLines, AnswerEachLineInOrderWithEveryField) {
  const auto ran = ask_lines(R"({"site":"strand","text":"når vert bosset tømt"}
{"site":"fjell","text":"når er biblioteket ope"}
)");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  ASSERT_EQ(ran.lines.size(), 2U);
  const json& first = ran.lines[0];
  EXPECT_EQ(first["outcome"], "answer");
  EXPECT_EQ(first["topics"], json::array({"boss.tommekalender"}));
  EXPECT_EQ(first["municipality"], "strand");
  EXPECT_EQ(first["language"], "nn");
  for (const char* key :
       {"choices", "safety", "handoff_reason", "masked", "text", "confidence", "because"}) {
    EXPECT_TRUE(first.contains(key)) << key;
  }
  EXPECT_NE(first["text"].get<std::string>().find("BIR hentar bosset i Strand."),
            std::string::npos);
  EXPECT_EQ(first["links"][0]["url"], "https://strand.example/kalender");
  EXPECT_EQ(ran.lines[1]["topics"][0], "bibliotek.opningstid");
  EXPECT_EQ(ran.lines[1]["sample"], true);
}

TEST(AskLines, ShareADialogueWithinASession) {
  const auto ran = ask_lines(R"({"site":"felles","session":"s","text":"når vert bosset tømt"}
{"site":"felles","session":"other","text":"Fjell"}
{"site":"felles","session":"s","text":"Fjell"}
)");
  ASSERT_EQ(ran.lines.size(), 3U);
  EXPECT_EQ(ran.lines[0]["outcome"], "clarify_municipality");
  EXPECT_EQ(ran.lines[0]["municipality"], nullptr);
  EXPECT_NE(ran.lines[1]["outcome"], "answer");
  EXPECT_EQ(ran.lines[2]["outcome"], "answer");
  EXPECT_EQ(ran.lines[2]["municipality"], "fjell");
}

TEST(AskLines, LetACitizenPressWhatWasOffered) {
  const auto ran = ask_lines(R"({"site":"felles","session":"s","text":"når vert bosset tømt"}
{"site":"felles","session":"s","choice":"municipality:fjell"}
{"site":"felles","session":"s","choice":"municipality:oslo"}
)");
  ASSERT_EQ(ran.lines.size(), 3U);
  EXPECT_EQ(ran.lines[1]["municipality"], "fjell");
  EXPECT_EQ(ran.lines[2]["error"], "not_offered");
}

TEST(AskLines, AreSilentWhileAPersonOwnsTheConversationButNeverAboutDanger) {
  const auto ran =
      ask_lines(R"({"site":"strand","session":"s","text":"eg vil snakke med eit menneske"}
{"site":"strand","session":"s","text":"når vert bosset tømt"}
{"site":"strand","session":"s","text":"det brenn i huset"}
)");
  ASSERT_EQ(ran.lines.size(), 3U);
  EXPECT_EQ(ran.lines[0]["outcome"], "handoff");
  EXPECT_EQ(ran.lines[0]["handoff_reason"], "asked");
  EXPECT_EQ(ran.lines[1]["silent"], true);
  EXPECT_EQ(ran.lines[1]["text"], "");
  EXPECT_EQ(ran.lines[2]["safety"], "fire");
}

TEST(AskLines, AnswerAsOfTheTimeTheyName) {
  const auto ran = ask_lines(
      R"({"site":"strand","text":"eg vil snakke med eit menneske","now":"2026-03-18T10:00:00+01:00"}
{"site":"strand","text":"eg vil snakke med eit menneske","now":"2026-03-14T22:10:00+01:00"}
)");
  ASSERT_EQ(ran.lines.size(), 2U);
  EXPECT_EQ(ran.lines[0]["text"].get<std::string>().find("handoff_closed"), std::string::npos);
  EXPECT_NE(ran.lines[1]["text"].get<std::string>().find("handoff_closed"), std::string::npos);
  EXPECT_NE(ran.lines[1]["text"].get<std::string>().find("16"), std::string::npos)
      << "the next opening is a Monday";
}

TEST(AskLines, ShowTheTextAsStoredWhereItDiffers) {
  const auto ran = ask_lines(R"({"site":"strand","text":"fødselsnummeret er 05859512366"}
)");
  ASSERT_EQ(ran.lines.size(), 1U);
  ASSERT_TRUE(ran.lines[0]["masked"].is_string());
  EXPECT_EQ(ran.lines[0]["masked"].get<std::string>().find("05859512366"), std::string::npos);
}

TEST(AskLines, ReportABadLineAndGoOn) {
  const auto ran = ask_lines(
      "{\"site\":\n[]\n{\"site\":\"oslo\",\"text\":\"hei\"}\n{\"site\":\"strand\"}\n"
      "{\"site\":\"strand\",\"text\":\"bibliotek\",\"now\":\"i går\"}\n\n"
      "{\"site\":\"strand\",\"text\":\"når er biblioteket ope\"}\n");
  EXPECT_EQ(ran.exit_code, 2);
  ASSERT_EQ(ran.lines.size(), 6U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_TRUE(ran.lines[i].contains("error")) << i;
  EXPECT_NE(ran.lines[2]["error"].get<std::string>().find("oslo"), std::string::npos);
  EXPECT_EQ(ran.lines[5]["outcome"], "answer");
}

TEST(AskLines, BeginWithWhatTheLineSaysIsOutOfOrder) {
  const auto ran = ask_lines(
      R"({"site":"strand","text":"når vert bosset tømt","incidents":[{"id":"7","municipality":"strand",)"
      R"("topic":"boss.tommekalender","text":"Bossbilen står."}]})"
      "\n"
      R"({"site":"strand","text":"når vert bosset tømt"})"
      "\n"
      R"({"site":"strand","text":"når vert bosset tømt","incidents":[{"topic":"boss.tommekalender"}]})");
  ASSERT_EQ(ran.lines.size(), 3U);
  EXPECT_EQ(ran.lines[0]["incident"], "7");
  EXPECT_TRUE(ran.lines[0]["text"].get<std::string>().starts_with("Bossbilen står.\n\n"));
  EXPECT_TRUE(ran.lines[1]["incident"].is_null());
  EXPECT_TRUE(ran.lines[2].contains("error"));
}

TEST(Ask, TellsAPersonTheAnswerAndWhy) {
  AskOptions options;
  options.content = kContent;
  options.site = "strand";
  options.words = {"når", "vert", "bosset", "tømt"};
  std::istringstream in;
  std::ostringstream out, err;
  EXPECT_EQ(run_ask(options, kNow, in, out, err), 0) << err.str();
  EXPECT_NE(out.str().find("BIR hentar bosset"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("when-collected"), std::string::npos) << out.str();
  options.site = "oslo";
  EXPECT_EQ(run_ask(options, kNow, in, out, err), 2);
}

TEST(Ask, ReadsTimesOfSeveralForms) {
  EXPECT_EQ(parse_time("2026-11-24T10:00:00+01:00"), kNow);
  EXPECT_EQ(parse_time("2026-11-24T09:00Z"), kNow);
  EXPECT_EQ(parse_time("2026-11-24T09:00:00.250"), kNow + std::chrono::milliseconds(250));
  for (const char* bad : {"", "2026-11-24", "2026-13-24T09:00Z", "2026-11-24T25:00Z",
                          "2026-11-24T09:00+1", "2026-11-24T09:00Zx"}) {
    EXPECT_FALSE(parse_time(bad).has_value()) << bad;
  }
}

TEST(Check, IsContentWithGoodContent) {
  std::ostringstream out, err;
  EXPECT_EQ(run_check({kContent, false}, kNow, out, err), 0) << out.str();
  EXPECT_NE(out.str().find("strand"), std::string::npos);
  std::ostringstream as_json;
  EXPECT_EQ(run_check({kContent, true}, kNow, as_json, err), 0);
  EXPECT_EQ(json::parse(as_json.str())["errors"], 0);
}

TEST(Check, ShowsEveryLocalValueWhenTheMatrixIsWanted) {
  std::ostringstream out, err;
  EXPECT_EQ(run_check({kContent, false, true}, kNow, out, err), 0);
  EXPECT_NE(out.str().find("\nlibrary.hours                sample"), std::string::npos)
      << out.str();
  std::ostringstream as_json, without;
  run_check({kContent, true, true}, kNow, as_json, err);
  const json matrix = json::parse(as_json.str())["matrix"];
  EXPECT_EQ(matrix["library.hours"]["strand"], "sample");
  EXPECT_EQ(matrix["waste.url"]["strand"], "established");
  run_check({kContent, true, false}, kNow, without, err);
  EXPECT_FALSE(json::parse(without.str()).contains("matrix"));
}

TEST(Check, CallsAMissingFolderMisuse) {
  std::ostringstream out, err;
  EXPECT_EQ(run_check({{"", "/nowhere/at/all"}, false}, kNow, out, err), 2);
}

TEST(Test, RunsExamplesAndRegression) {
  std::ostringstream out, err;
  EXPECT_EQ(run_test({kContent, false}, kNow, out, err), 0) << out.str() << err.str();
  std::ostringstream as_json;
  EXPECT_EQ(run_test({kContent, true}, kNow, as_json, err), 0);
  EXPECT_EQ(json::parse(as_json.str())["regression"], 4);
}

}  // namespace
}  // namespace svar::server
