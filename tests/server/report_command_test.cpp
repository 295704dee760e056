// svarsentral report on a data folder: the files, the JSON, and what it says when it can't.
#include "bot/server/commands/report_command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bot/store/removal/conversation_remover.h"
#include "tests/server/safekeeping_fixture.h"

namespace svar::server {
namespace {

class Report : public Safekeeping {
 protected:
  static ReportOptions of(const char* month) {
    ReportOptions options;
    options.month = month;
    return options;
  }
  int run(ReportOptions options) {
    options.data.config = "";
    if (options.data.data.empty()) options.data.data = data_.string();
    options.out = elsewhere_.path().string();
    out_.str("");
    err_.str("");
    return run_report(options, out_, err_);
  }
  std::string file(const std::string& name) { return read(elsewhere_.path() / name); }
  void one_conversation() { say(kOne, 0, "når vert bosset tømt"); }

  // With everything that figures are made of, as far apart as the number; erased at the end.
  void eventful_conversation(int number) {
    const ConversationId conversation{number};
    store::Calls calls(*log_, executor_);
    int seq = 0;
    const auto happens = [&](Event event, int after) {
      auto request = store::append_of(conversation, seq, {std::move(event)});
      request.at = store::at_second(second_ += after);
      request.events =
          service::new_events(request.expected, request.at, {request.events->front().event});
      ASSERT_TRUE(store::appended(calls.append(std::move(request))));
      ++seq;
    };
    happens(
        ConversationOpened{
            {"osteroy"}, Language::nn, number % 2 ? "webchat" : "telephone", "1", "", ""},
        1);
    happens(ControllerSet{{"osteroy"}}, 0);
    happens(examples::spoke("a", "når vert bosset tømt"), 3);
    BotReplied reply = std::get<BotReplied>(examples::replied("a", "måndag"));
    reply.outcome = Outcome::answer;
    reply.topics = {{"boss.tommekalender"}, {"topic-" + std::to_string(number)}};
    happens(reply, 0);
    happens(HandoffRequested{}, number);
    happens(AgentJoined{{"kari"}, "Kari", ""}, 20 * number);
    happens(AgentSpoke{{"kari"}, "Kari", {"k"}, "hei"}, 5 + number);
    happens(CitizenRated{{"r"}, 1 + number % 5, ""}, 9);
    happens(ConversationClosed{ClosedBy::agent,
                               {},
                               AgentId{"kari"},
                               "",
                               CloseOutcome::resolved,
                               ArticleId{"veg.feil"}},
            number * number);
    Safekeeping::erase(conversation, seq);
  }
  std::int64_t remove_erased() {
    store::ConversationRemover remover(*log_, [] { return Position{1'000}; });
    store::Answer<std::int64_t> answer;
    remover.remove(store::at_second(100'000), answer.callback());
    return answer.wait(executor_);
  }
  std::string as_json() {
    ReportOptions options = of("2026-11");
    options.json = true;
    EXPECT_EQ(run(options), 0) << err_.str();
    return out_.str();
  }

  int second_ = 0;
  std::ostringstream out_, err_;
};

TEST_F(Report, WritesTwoFilesForEachMunicipalityWithEachDefinitionAboveItsColumn) {
  one_conversation();
  ASSERT_EQ(run(of("2026-11")), 0) << err_.str();
  const std::string figures = file("osteroy-2026-11.csv");
  EXPECT_TRUE(figures.starts_with("\xEF\xBB\xBF"));
  const auto definition = figures.find("Samtalar som tok til i månaden.");
  const auto name = figures.find(",Samtalar,");
  const auto row = figures.find("\r\nalle,1,");
  ASSERT_NE(definition, std::string::npos) << figures;
  ASSERT_NE(name, std::string::npos) << figures;
  ASSERT_NE(row, std::string::npos) << figures;
  EXPECT_LT(definition, name);
  EXPECT_LT(name, row);
  EXPECT_NE(out_.str().find("osteroy-2026-11-topics.csv"), std::string::npos);
  EXPECT_FALSE(file("osteroy-2026-11-topics.csv").empty());
}

TEST_F(Report, HoldsNoWordOfACitizen) {
  one_conversation();
  ASSERT_EQ(run(of("2026-11")), 0);
  EXPECT_EQ(file("osteroy-2026-11.csv").find("bosset"), std::string::npos);
}

TEST_F(Report, GivesTheSameAsJson) {
  one_conversation();
  ReportOptions options = of("2026-11");
  options.json = true;
  ASSERT_EQ(run(options), 0) << err_.str();
  const auto report = nlohmann::json::parse(out_.str());
  EXPECT_EQ(report["municipalities"]["osteroy"]["figures"]["conversations"], 1);
  EXPECT_TRUE(report["municipalities"]["osteroy"]["figures"]["wait_p50_seconds"].is_null());
}

// Every conversation but the last goes; nobody sees it in the figures.
TEST_F(Report, OfAMonthWhoseConversationsAreGoneIsWhatItWas) {
  for (int number = 1; number <= 8; ++number) eventful_conversation(number);
  one_conversation();
  const std::string json = as_json();
  ASSERT_EQ(run(of("2026-11")), 0) << err_.str();
  const std::string figures = file("osteroy-2026-11.csv");
  const std::string topics = file("osteroy-2026-11-topics.csv");

  EXPECT_EQ(remove_erased(), 8);
  EXPECT_TRUE(store::Calls(*log_, executor_).load(ConversationId{3}).empty());
  EXPECT_EQ(as_json(), json);
  ASSERT_EQ(run(of("2026-11")), 0) << err_.str();
  EXPECT_EQ(file("osteroy-2026-11.csv"), figures);
  EXPECT_EQ(file("osteroy-2026-11-topics.csv"), topics);
  EXPECT_NE(json.find("\"conversations\": 9"), std::string::npos) << json;
}

TEST_F(Report, OfWhatIsGoneIsInABackupToo) {
  eventful_conversation(1);
  one_conversation();
  const std::string json = as_json();
  EXPECT_EQ(remove_erased(), 1);
  const auto backup = this->backup();
  ReportOptions options = of("2026-11");
  options.data.data = backup.string();
  options.json = true;
  ASSERT_EQ(run(options), 0) << err_.str();
  EXPECT_EQ(out_.str(), json);
}

TEST_F(Report, SaysSoWhenTheMonthIsEmpty) {
  one_conversation();
  EXPECT_EQ(run(of("2025-01")), 1);
  EXPECT_NE(err_.str().find("No conversation began in 2025-01"), std::string::npos);
}

TEST_F(Report, RefusesWhatIsNoMonthAndWhatIsNoLanguage) {
  for (const char* month : {"", "2026", "2026-13", "2026-1", "november", "2026-11-01"})
    EXPECT_EQ(run(of(month)), 2) << month;
  ReportOptions options = of("2026-11");
  options.language = "sv";
  EXPECT_EQ(run(options), 2);
  EXPECT_NE(err_.str().find("«sv»"), std::string::npos);
}

TEST_F(Report, NamesTheFolderThatHasNoLog) {
  ReportOptions options = of("2026-11");
  options.data.data = (elsewhere_.path() / "nowhere").string();
  EXPECT_EQ(run(options), 2);
  EXPECT_NE(err_.str().find("--data"), std::string::npos) << err_.str();
}

}  // namespace
}  // namespace svar::server
