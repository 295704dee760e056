// Conversations that were erased long ago go whole: their counts stay, the log without them is
// whole, and nothing of them comes again.
#include "bot/store/removal/conversation_removal.h"

#include "bot/store/log_verification.h"
#include "bot/store/removal/conversation_remover.h"
#include "bot/store/removal/month_count_rows.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;
using namespace std::chrono;

const ConversationId kOne{1001};
const ConversationId kTwo{2002};
const ConversationId kThree{3003};
constexpr Position kAllListed{1'000'000};

class Removing : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() { store_ = open_sqlite({.file = folder_.file()}, executor_); }
  Calls<SqliteEventStore> calls() { return {*store_, executor_}; }

  void begin(ConversationId conversation, const std::string& agent = "Kari") {
    ASSERT_TRUE(appended(calls().append(
        append_of(conversation, 0,
                  {opened(), ControllerSet{{"osteroy"}}, spoke("a", "kvar er bosset"),
                   replied("a", "her"), HandoffRequested{}, AgentJoined{{"kari"}, agent, ""},
                   ConversationClosed{ClosedBy::agent, {}, AgentId{"kari"}, ""}},
                  service::Row{MunicipalityId{"osteroy"}, Owner::none, {}, true}))));
  }
  void erase(ConversationId conversation) {
    ASSERT_TRUE(appended(calls().erase(
        {append_of(conversation, 7, {Erased{{"e"}}}, service::Row{{}, Owner::none, {}, true}),
         {},
         true})));
  }
  // Something that happens last, so that what came before may go.
  void begin_last() { begin(ConversationId{9009}); }

  std::int64_t remove(Time last_at_max = at_second(100), Position listed = kAllListed) {
    ConversationRemover remover(*store_, [=] { return listed; });
    Answer<std::int64_t> answer;
    remover.remove(last_at_max, answer.callback());
    return answer.wait(executor_);
  }
  std::int64_t number_of(const std::string& sql) {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    auto found = connection->query_integer(sql);
    EXPECT_TRUE(found) << found.error().what;
    return found ? *found : -1;
  }
  void spoil(const std::string& sql) {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    auto done = connection->execute(sql);
    ASSERT_TRUE(done) << done.error().what;
  }
  std::string first_finding() {
    const auto report = verify_log(folder_.file());
    if (!report) return report.error().what;
    return report->findings.empty() ? "" : report->findings.front().what;
  }
  service::MonthFigures kept_figures() {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    auto counts = read_month_counts(*connection, year{2026} / November);
    EXPECT_TRUE(counts) << counts.error().what;
    return service::figures_of((*counts)[MunicipalityId{"osteroy"}]["webchat"]);
  }

  DataFolder folder_;
  fakes::ManualExecutor executor_;
  std::unique_ptr<SqliteEventStore> store_;
};

TEST_F(Removing, LeavesNothingOfAConversationInAnyFile) {
  begin(kOne, "Kanarifugl");
  erase(kOne);
  begin_last();
  ASSERT_FALSE(folder_.files_with("Kanarifugl").empty()) << "the test would prove nothing";
  EXPECT_EQ(remove(), 1);
  store_.reset();
  open();
  EXPECT_TRUE(folder_.files_with("Kanarifugl").empty());
  EXPECT_TRUE(calls().load(kOne).empty());
  EXPECT_EQ(number_of("SELECT count(*) FROM conversation"), 1);
}

TEST_F(Removing, LeavesALogThatIsWhole) {
  begin(kOne);
  begin(kTwo);
  begin(kThree);
  erase(kTwo);
  erase(kOne);
  begin_last();
  EXPECT_EQ(remove(), 2);
  EXPECT_EQ(first_finding(), "");
  EXPECT_EQ(calls().load(kThree).size(), 7U);
  begin(ConversationId{4004});
  EXPECT_EQ(first_finding(), "");
}

TEST_F(Removing, KeepsTheCountsOfTheMonth) {
  begin(kOne);
  begin(kTwo);
  erase(kOne);
  erase(kTwo);
  begin_last();
  EXPECT_EQ(remove(), 2);
  EXPECT_EQ(kept_figures().conversations, 2);
  EXPECT_EQ(kept_figures().accepted, 2);
  EXPECT_EQ(kept_figures().wait_p50, milliseconds{0});
  EXPECT_EQ(kept_figures().closed_by_agent, 2);
}

TEST_F(Removing, CountsWhatGoesLaterWithWhatWentBefore) {
  begin(kOne);
  erase(kOne);
  begin(kTwo);
  EXPECT_EQ(remove(), 1);
  erase(kTwo);
  begin_last();
  EXPECT_EQ(remove(), 1);
  EXPECT_EQ(remove(), 0);
  EXPECT_EQ(kept_figures().conversations, 2);
}

TEST_F(Removing, NeverLetsANumberBeginAgain) {
  begin(kOne);
  erase(kOne);
  begin_last();
  EXPECT_EQ(remove(), 1);
  EXPECT_TRUE(conflicted(calls().append(append_of(kOne, 0, {opened()}))));
  EXPECT_TRUE(conflicted(calls().append(append_of(kOne, 8, {spoke("b", "hallo")}))));
  EXPECT_TRUE(calls().load(kOne).empty());
}

TEST_F(Removing, LeavesTheConversationWithTheNewestEventSoThatNoPositionIsGivenAgain) {
  begin(kOne);
  erase(kOne);
  EXPECT_EQ(remove(), 0);
  begin_last();
  EXPECT_EQ(remove(), 1);
  EXPECT_EQ(number_of("SELECT min(position) FROM log"), 9);
}

TEST_F(Removing, WaitsUntilTheErasureIsInAList) {
  begin(kOne);
  erase(kOne);
  begin_last();
  EXPECT_EQ(remove(at_second(100), Position{7}), 0);
  EXPECT_EQ(remove(at_second(100), Position{8}), 1);
}

TEST_F(Removing, LeavesWhatIsYoungerOrWasNeverErased) {
  begin(kOne);
  begin(kTwo);
  erase(kTwo);
  begin_last();
  EXPECT_EQ(remove(at_second(6)), 0);
  // A row that says so is not enough.
  spoil("UPDATE conversation SET owner='none', controller=NULL WHERE number=1001");
  EXPECT_EQ(remove(), 1);
  EXPECT_EQ(calls().load(kOne).size(), 7U);
}

TEST_F(Removing, LeavesWhatAContactOfAMessagingPlatformIsFoundThrough) {
  const ConversationId contact = calls().create("telegram:1", at_second(0));
  begin(contact);
  erase(contact);
  begin_last();
  EXPECT_EQ(remove(), 0);
  EXPECT_EQ(calls().create("telegram:1", at_second(9)), contact);
}

TEST_F(Removing, LeavesWhatCannotBeReadAndGoesOnBehindIt) {
  begin(kOne);
  erase(kOne);
  begin(kTwo);
  erase(kTwo);
  begin_last();
  spoil("UPDATE log SET body='{' WHERE position=2");
  EXPECT_EQ(remove(), 1);
  EXPECT_EQ(calls().load(kTwo).size(), 0U);
  EXPECT_EQ(number_of("SELECT count(*) FROM conversation WHERE number=1001"), 1);
}

TEST_F(Removing, TakesAsManyTransactionsAsItNeedsAndOneRangeInTheEnd) {
  constexpr int kCount = 60;
  for (int number = 1; number <= kCount; ++number) begin(ConversationId{number});
  for (int number = kCount; number >= 1; --number) erase(ConversationId{number});
  begin_last();
  EXPECT_EQ(remove(), kCount);
  EXPECT_EQ(number_of("SELECT count(*) FROM removed_events"), 1);
  EXPECT_EQ(number_of("SELECT last FROM removed_events WHERE first=1"), 8 * kCount);
  EXPECT_EQ(first_finding(), "");
}

TEST_F(Removing, HidesNoOtherLoss) {
  begin(kOne);
  begin(kTwo);
  erase(kOne);
  begin_last();
  EXPECT_EQ(remove(), 1);
  spoil("DELETE FROM log WHERE position=8; DELETE FROM conversation WHERE number=2002");
  EXPECT_NE(first_finding().find("8 events are missing"), std::string::npos) << first_finding();
}

TEST_F(Removing, IsTakenBackByNobodyUnnoticed) {
  begin(kOne);
  erase(kOne);
  begin_last();
  EXPECT_EQ(remove(), 1);
  spoil(
      "INSERT INTO conversation SELECT 1001, NULL, 0, 0, NULL, 'none', 0, 0, 0;"
      "UPDATE conversation SET contact_key='telegram:9' WHERE number=1001");
  EXPECT_NE(first_finding().find("is there again"), std::string::npos) << first_finding();
}

TEST_F(Removing, FindsItsCandidatesByAnIndex) {
  auto connection = Connection::open(folder_.file(), OpenMode::write);
  auto plan = connection->prepare(
      "EXPLAIN QUERY PLAN SELECT number FROM conversation"
      " WHERE owner='none' AND controller IS NULL AND last_seq>0 AND +contact_key IS NULL"
      " AND last_at<=?1 AND (last_at, number)>(?2, ?3) ORDER BY last_at, number LIMIT ?4");
  ASSERT_TRUE(plan);
  ASSERT_EQ(*plan->step(), Step::row);
  EXPECT_NE(plan->text(3).find("conversation_erased (last_at"), std::string::npos) << plan->text(3);
}

}  // namespace
}  // namespace svar::store
