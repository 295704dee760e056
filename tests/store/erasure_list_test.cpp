// The list beside the backups: it is complete, it survives what files go through, and a backup that
// it is replayed on holds no erased word.
#include "bot/store/erasure_list.h"

#include <fstream>
#include <thread>

#include "bot/store/database_copy.h"
#include "bot/store/erasure_keeper.h"
#include "bot/store/erasure_replay.h"
#include "bot/store/log_schema.h"
#include "bot/store/log_verification.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;

const ConversationId kOne{1001};
const ConversationId kTwo{2002};

class Erasures : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() { store_ = open_sqlite({.file = folder_.file()}, executor_); }

  void say(ConversationId conversation, const std::string& words) {
    ASSERT_TRUE(appended(Calls(*store_, executor_)
                             .append(append_of(conversation, 0,
                                               {opened(), ControllerSet{{"osteroy"}},
                                                spoke("a", words), replied("a", "ja")}))));
  }
  void erase(ConversationId conversation) {
    ASSERT_TRUE(appended(
        Calls(*store_, executor_)
            .erase({append_of(conversation, 4, {Erased{{"e"}}}, service::Row{}), {}, true})));
  }
  void redact(ConversationId conversation, int seq) {
    ASSERT_TRUE(
        appended(Calls(*store_, executor_)
                     .erase({append_of(conversation, 4, {Redacted{{{seq}}}}), {{seq}}, false})));
  }

  // Ends once everything erased is listed.
  void keep() {
    auto keeper = ErasureKeeper::start(options());
    ASSERT_TRUE(keeper) << keeper.error().what;
  }
  ErasureKeeper::Options options() {
    return {folder_.file(), list_, beside_, std::chrono::milliseconds{10},
            [this](const std::string& why) { failures_.push_back(why); }};
  }

  static std::vector<ListedErasure> listed(const std::filesystem::path& file) {
    auto list = read_erasure_list(file);
    if (!list) ADD_FAILURE() << list.error().what;
    return list ? list->erasures : std::vector<ListedErasure>{};
  }

  // As a backup from now; the store goes on.
  std::filesystem::path backup() {
    const auto to = elsewhere_.path() / "backup.db";
    auto source = Connection::open(folder_.file(), OpenMode::write);
    auto copy = DatabaseCopy::begin(*source, to);
    EXPECT_TRUE(copy);
    EXPECT_TRUE(copy->step(-1));
    EXPECT_TRUE(settle_copy(to));
    return to;
  }

  DataFolder folder_, elsewhere_;
  const std::filesystem::path list_ = folder_.path() / "erasures.jsonl";
  const std::filesystem::path beside_ = elsewhere_.path() / "erasures.jsonl";
  fakes::ManualExecutor executor_;
  std::unique_ptr<SqliteEventStore> store_;
  std::vector<std::string> failures_;
};

TEST_F(Erasures, AreListedByNumberAndTimeInBothPlaces) {
  say(kOne, "kanarifugl");
  say(kTwo, "kanarifugl");
  erase(kOne);
  redact(kTwo, 3);
  keep();
  const std::vector<ListedErasure> expected = {{kOne, at_second(4), Position{9}, {}},
                                               {kTwo, at_second(4), Position{10}, {Seq{3}}}};
  EXPECT_EQ(listed(list_), expected);
  EXPECT_EQ(listed(beside_), expected);
  EXPECT_TRUE(failures_.empty());
}

TEST_F(Erasures, AreListedOnceHoweverOftenTheServiceStarts) {
  say(kOne, "x");
  erase(kOne);
  keep();
  keep();
  say(kTwo, "x");
  erase(kTwo);
  keep();
  EXPECT_EQ(listed(list_).size(), 2U);
  EXPECT_EQ(listed(beside_).size(), 2U);
}

TEST_F(Erasures, AreListedSoonWhileTheServiceRuns) {
  auto keeper = ErasureKeeper::start(options());
  say(kOne, "x");
  erase(kOne);
  (*keeper)->look();
  EXPECT_TRUE(executor_.run_until([&] { return listed(beside_).size() == 1; }));
}

TEST_F(Erasures, AreListedLaterWhenThePlaceBesideTheBackupsWasAway) {
  std::filesystem::create_directory(beside_);  // a folder cannot be appended to
  say(kOne, "x");
  erase(kOne);
  keep();
  EXPECT_EQ(listed(list_).size(), 1U);
  ASSERT_EQ(failures_.size(), 1U);
  EXPECT_NE(failures_[0].find(beside_.string()), std::string::npos);
  std::filesystem::remove(beside_);
  keep();
  EXPECT_EQ(listed(beside_).size(), 1U);
}

TEST_F(Erasures, AreFoundByAnIndex) {
  auto connection = Connection::open(folder_.file(), OpenMode::write);
  auto plan = connection->prepare(
      "EXPLAIN QUERY PLAN SELECT position FROM log"
      " WHERE name IN ('Erased','Redacted') AND position>?1 ORDER BY position LIMIT ?2");
  ASSERT_TRUE(plan);
  ASSERT_EQ(*plan->step(), Step::row);
  EXPECT_NE(plan->text(3).find("log_erasures (position>?)"), std::string::npos) << plan->text(3);
}

TEST_F(Erasures, OfALogOfTheFirstSchemaAreFoundAfterItsMigration) {
  say(kOne, "x");
  erase(kOne);
  store_.reset();
  {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    ASSERT_TRUE(
        connection->execute("DROP TABLE month_count; DROP TABLE removed_conversation; DROP TABLE "
                            "removed_events; DROP INDEX conversation_erased;"
                            "DROP TABLE contact; DROP TABLE delivery; DROP INDEX log_erasures; "
                            "ALTER TABLE conversation DROP COLUMN with_agent;"
                            "PRAGMA user_version=1"));
  }
  EXPECT_EQ(verify_log(folder_.file())->findings_count, 0);
  EXPECT_EQ(read_erasures_of_log(folder_.file())->size(), 1U);
  open();
  keep();
  EXPECT_EQ(listed(list_).size(), 1U);
}

TEST_F(Erasures, LoseNothingByALastLineThatACrashTore) {
  say(kOne, "x");
  erase(kOne);
  keep();
  std::ofstream(list_, std::ios::app) << R"({"conversation":7,"at":1)";
  EXPECT_EQ(listed(list_).size(), 1U);
  say(kTwo, "x");
  erase(kTwo);
  keep();
  EXPECT_EQ(listed(list_).size(), 2U);
}

TEST_F(Erasures, AreNeverReadFromAListThatIsDamaged) {
  std::ofstream(list_) << "{\"conversation\":7}\n{\"restored_at\":5,\"position\":9}\n";
  const auto list = read_erasure_list(list_);
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().what.find("erasures.jsonl:1"), std::string::npos) << list.error().what;
}

TEST_F(Erasures, ContinueAfterARestoreFromWhereTheRestoredLogEnds) {
  ASSERT_FALSE(append_erasures(list_, {{kTwo, at_second(1), Position{900}, {}}}));
  ASSERT_FALSE(append_restored(list_, at_second(2), Position{0}));
  say(kOne, "x");
  erase(kOne);
  keep();
  EXPECT_EQ(listed(list_).size(), 2U);
}

TEST_F(Erasures, AreDoneAgainInABackupFromBefore) {
  say(kOne, "kanarifugl-ein");
  say(kTwo, "kanarifugl-to");
  const auto backup = this->backup();
  erase(kOne);
  redact(kTwo, 3);
  keep();
  ASSERT_FALSE(elsewhere_.files_with("kanarifugl").empty()) << "the test would prove nothing";

  const auto replayed = replay_erasures(backup, listed(beside_));
  ASSERT_TRUE(replayed) << replayed.error().what;
  EXPECT_EQ(replayed->conversations, 1);
  EXPECT_EQ(replayed->redactions, 1);
  EXPECT_EQ(replayed->last.value, 10);
  EXPECT_TRUE(elsewhere_.files_with("kanarifugl").empty());
  const auto report = verify_log(backup);
  EXPECT_EQ(report->findings_count, 0) << report->findings.front().what;
  EXPECT_EQ(report->erased, 1);
  auto restored = open_sqlite({.file = backup}, executor_);
  const auto events = Calls(*restored, executor_).load(kOne);
  EXPECT_EQ(events.back().event, Event{Erased{}});
  EXPECT_EQ(events.back().at, at_second(4));
}

TEST_F(Erasures, AreDoneAgainOnlyOnce) {
  say(kOne, "kanarifugl");
  redact(kOne, 3);
  const auto backup = this->backup();
  const std::vector<ListedErasure> list = {{kOne, at_second(9), Position{5}, {Seq{3}}},
                                           {kOne, at_second(9), Position{6}, {}},
                                           {kOne, at_second(9), Position{7}, {}}};
  const auto replayed = replay_erasures(backup, list);
  EXPECT_EQ(replayed->redactions, 0);
  EXPECT_EQ(replayed->conversations, 1);
  EXPECT_EQ(replay_erasures(backup, list)->conversations, 0);
}

TEST_F(Erasures, LeaveAloneWhatWasWrittenAfterThemAndWhatIsNotThere) {
  say(kOne, "kanarifugl");
  const auto backup = this->backup();
  const auto replayed =
      replay_erasures(backup, {{kOne, at_second(-60), Position{5}, {Seq{3}, Seq{99}}},
                               {kTwo, at_second(1), Position{6}, {}}});
  ASSERT_TRUE(replayed);
  EXPECT_EQ(replayed->redactions + replayed->conversations, 0);
  EXPECT_FALSE(elsewhere_.files_with("kanarifugl").empty());
}

}  // namespace
}  // namespace svar::store
