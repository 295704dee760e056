// What the SQLite store promises beyond the contract: its file.
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "bot/store/sqlite.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::spoke;
using service::AppendOutcome;

class SqliteStore : public testing::Test {
 protected:
  std::unique_ptr<SqliteEventStore> open() {
    return open_sqlite({.file = folder_.file()}, executor_);
  }
  Connection raw() {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    EXPECT_TRUE(connection);
    connection->set_busy_timeout(std::chrono::seconds{5});
    return std::move(*connection);
  }

  DataFolder folder_;
  fakes::ManualExecutor executor_;
  const ConversationId one_{1001};
};

TEST_F(SqliteStore, HasEverythingAgainAfterItWasClosed) {
  ConversationId contact;
  {
    const auto store = open();
    Calls calls(*store, executor_);
    calls.append(append_of(one_, 0, examples::every_event(), {std::nullopt, Owner::bot, Seq{4}}));
    contact = calls.create("telegram:1", at_second(0));
  }
  const auto store = open();
  Calls calls(*store, executor_);
  const auto count = static_cast<std::int64_t>(examples::every_event().size());
  EXPECT_EQ(std::ssize(calls.load(one_)), count);
  EXPECT_EQ(calls.find_answer_due().size(), 1U);
  EXPECT_EQ(calls.create("telegram:1", at_second(9)), contact);
  EXPECT_TRUE(conflicted(calls.append(append_of(one_, 0, {opened()}))));
  EXPECT_TRUE(appended(calls.append(append_of(one_, count, {spoke("z", "more")}))));
  EXPECT_EQ(calls.read_all().back().position.value, count + 1);
}

TEST_F(SqliteStore, CommitsWhatIsPendingWhenItIsClosed) {
  std::vector<Answer<AppendOutcome>> answers(500);
  {
    const auto store = open();
    for (int index = 0; index < 500; ++index) {
      store->append(append_of(one_, index, {spoke("m", "x")}), answers[index].callback());
    }
  }
  executor_.run();
  for (auto& answer : answers) {
    ASSERT_EQ(answer.times(), 1);
    EXPECT_TRUE(answer.result() && appended(*answer.result()));
  }
  const auto store = open();
  EXPECT_EQ(Calls(*store, executor_).load(one_).size(), 500U);
}

TEST_F(SqliteStore, LeavesAFileThatOnlyItsOwnerReads) {
  const auto store = open();
  Calls(*store, executor_).append(append_of(one_, 0, {opened()}));
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(SqliteStore, SyncsEveryCommitAndOverwritesWhatIsDeleted) {
  { const auto store = open(); }
  Connection connection = raw();
  ASSERT_TRUE(use_durable_settings(connection));
  EXPECT_EQ(*connection.query_integer("PRAGMA synchronous"), 3) << "EXTRA";
  EXPECT_EQ(*connection.query_integer("PRAGMA secure_delete"), 1);
  EXPECT_EQ(*connection.query_integer("SELECT journal_mode='wal' FROM pragma_journal_mode"), 1);
  EXPECT_EQ(*connection.query_integer("PRAGMA user_version"), 5);
}

TEST_F(SqliteStore, RefusesAFileOfANewerVersionAndLeavesItAlone) {
  { const auto store = open(); }
  ASSERT_TRUE(raw().execute("PRAGMA user_version=7"));
  auto store = SqliteEventStore::open({.file = folder_.file()}, executor_);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().what.find(folder_.file().string()), std::string::npos);
  EXPECT_NE(store.error().what.find("newer version"), std::string::npos) << store.error().what;
  EXPECT_EQ(*raw().query_integer("PRAGMA user_version"), 7);
}

TEST_F(SqliteStore, MigratesStepByStepAndOnlyOnce) {
  auto made = Connection::open(folder_.path() / "other.db", OpenMode::create);
  ASSERT_TRUE(made);
  Connection& connection = *made;
  const std::vector<std::string_view> first = {"CREATE TABLE a(x)"};
  const std::vector<std::string_view> both = {"CREATE TABLE a(x)", "INSERT INTO a VALUES(1)"};
  ASSERT_TRUE(migrate(connection, first));
  ASSERT_TRUE(migrate(connection, both));
  ASSERT_TRUE(migrate(connection, both));
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM a"), 1);
  EXPECT_FALSE(migrate(connection, first));
  const std::vector<std::string_view> faulty = {both[0], both[1], "INSERT INTO a VALUES(2); WRONG"};
  EXPECT_FALSE(migrate(connection, faulty));
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM a"), 1);
  EXPECT_EQ(*connection.query_integer("PRAGMA user_version"), 2);
}

TEST_F(SqliteStore, FindsOutWhichOlderConversationsAnAgentHad) {
  {
    const auto store = open();
    Calls calls(*store, executor_);
    calls.append(append_of(one_, 0, {opened(), AgentJoined{{"kari"}, "Kari", ""}}));
    calls.append(append_of(ConversationId{2002}, 0, {opened()}));
  }
  ASSERT_TRUE(
      raw().execute("DROP TABLE month_count; DROP TABLE removed_conversation; DROP TABLE "
                    "removed_events; DROP INDEX conversation_erased;"
                    "DROP TABLE contact; DROP TABLE delivery;"
                    "ALTER TABLE conversation DROP COLUMN with_agent;"
                    "PRAGMA user_version=2"));
  const auto store = open();
  for (const auto& entry : Calls(*store, executor_).find_owned(Owner::bot, at_second(99)))
    EXPECT_EQ(entry.row.with_agent, entry.conversation == one_);
}

TEST_F(SqliteStore, SaysWhyAFileCannotBeOpened) {
  std::ofstream(folder_.file()) << "this is no database, but a text that is long enough";
  auto store = SqliteEventStore::open({.file = folder_.file()}, executor_);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().what.find("not a database"), std::string::npos) << store.error().what;
  EXPECT_FALSE(SqliteEventStore::open({.file = "/proc/nowhere/svarsentral.db"}, executor_));
}

TEST_F(SqliteStore, SaysWhichEventIsBrokenInsteadOfSkippingIt) {
  const auto store = open();
  Calls calls(*store, executor_);
  calls.append(append_of(one_, 0, {opened(), spoke("a", "x"), spoke("b", "y")}));
  ASSERT_TRUE(raw().execute("DELETE FROM log WHERE position=2"));
  Answer<std::vector<Recorded>> answer;
  store->load(one_, {}, answer.callback());
  ASSERT_TRUE(executor_.run_until([&] { return answer.arrived(); }));
  ASSERT_FALSE(answer.result());
  EXPECT_NE(answer.result().error().what.find("1001"), std::string::npos);
}

TEST_F(SqliteStore, DrivesConflictsInASecondStoreOnTheSameFile) {
  const auto here = open();
  const auto there = open();
  Calls calls_here(*here, executor_);
  Calls calls_there(*there, executor_);
  ASSERT_TRUE(appended(calls_here.append(append_of(one_, 0, {opened()}))));
  EXPECT_TRUE(conflicted(calls_there.append(append_of(one_, 0, {opened()}))));
  ASSERT_TRUE(appended(calls_there.append(append_of(one_, 1, {spoke("a", "there")}))));
  EXPECT_TRUE(conflicted(calls_here.append(append_of(one_, 1, {spoke("b", "here")}))));
  EXPECT_EQ(texts_of(calls_here.load(one_, Seq{1})), (std::vector<std::string>{"there"}));
  EXPECT_EQ(calls_here.create("telegram:1", at_second(0)),
            calls_there.create("telegram:1", at_second(0)));
}

// Two stores append as fast as they can to the same conversations, each seq by whoever is first.
TEST_F(SqliteStore, LosesNothingWhenTwoStoresWriteAtOnce) {
  const auto here = open();
  const auto there = open();
  std::atomic<int> won{0}, completed{0};
  const auto write = [&](SqliteEventStore& store) {
    for (int round = 0; round < 300; ++round) {
      store.append(append_of(ConversationId{round % 5 + 1}, round / 5, {spoke("m", "x")}),
                   [&](auto result) {
                     ASSERT_TRUE(result) << result.error().what;
                     if (appended(*result)) ++won;
                     ++completed;
                   });
      if (round % 50 == 0) std::this_thread::yield();
    }
  };
  std::thread other([&] { write(*there); });
  write(*here);
  other.join();
  ASSERT_TRUE(executor_.run_until([&] { return completed == 600; }));
  Calls calls(*here, executor_);
  int stored = 0;
  for (int number = 1; number <= 5; ++number) {
    const auto loaded = calls.load(ConversationId{number});
    stored += static_cast<int>(loaded.size());
    EXPECT_EQ(loaded.size(), 60U);
  }
  EXPECT_EQ(stored, won);
}

TEST_F(SqliteStore, WaitsForAnotherProcessThatHoldsTheFile) {
  const auto store = open();
  Connection other = raw();
  ASSERT_TRUE(other.execute("BEGIN IMMEDIATE"));
  Answer<AppendOutcome> answer;
  store->append(append_of(one_, 0, {opened()}), answer.callback());
  Calls calls(*store, executor_);
  EXPECT_TRUE(calls.load(one_).empty());  // reads go on
  EXPECT_FALSE(answer.arrived());
  ASSERT_TRUE(other.execute("COMMIT"));
  EXPECT_TRUE(appended(answer.wait(executor_)));
}

TEST_F(SqliteStore, SaysSoWhenAnotherProcessHoldsTheFileTooLong) {
  const auto store = open_sqlite(
      {.file = folder_.file(), .lock_patience = std::chrono::milliseconds{1}}, executor_);
  Connection other = raw();
  ASSERT_TRUE(other.execute("BEGIN IMMEDIATE"));
  Answer<AppendOutcome> answer;
  store->append(append_of(one_, 0, {opened()}), answer.callback());
  ASSERT_TRUE(executor_.run_until([&] { return answer.arrived(); }));
  ASSERT_FALSE(answer.result());
  EXPECT_NE(answer.result().error().what.find("locked"), std::string::npos);
  ASSERT_TRUE(other.execute("COMMIT"));
  EXPECT_TRUE(appended(Calls(*store, executor_).append(append_of(one_, 0, {opened()}))));
}

TEST_F(SqliteStore, KeepsTheWriteAheadLogSmallUnderLoad) {
  const auto store = open_sqlite(
      {.file = folder_.file(), .checkpoint_pages = 50, .wal_pages_max = 200}, executor_);
  int completed = 0;
  const std::string text(20'000, 'x');
  for (int index = 0; index < 400; ++index) {
    store->append(append_of(one_, index, {spoke("m", text)}), [&](auto) { ++completed; });
    if (index % 20 == 0) executor_.run_until([&] { return completed > index - 20; });
  }
  ASSERT_TRUE(executor_.run_until([&] { return completed == 400; }));
  // 8 MB were written; the log may pass its limit by one batch.
  EXPECT_LT(std::filesystem::file_size(folder_.file().string() + "-wal"), 2'000'000U);
  EXPECT_EQ(Calls(*store, executor_).load(one_).size(), 400U);
}

TEST_F(SqliteStore, FindsByIndexAndNeverScansTheConversations) {
  { const auto store = open(); }
  Connection connection = raw();
  const auto plan = [&](const std::string& sql) {
    auto statement = connection.prepare("EXPLAIN QUERY PLAN " + sql);
    EXPECT_TRUE(statement);
    std::string lines;
    while (*statement->step() == Step::row) lines += std::string(statement->text(3)) + "; ";
    return lines;
  };
  const std::string due =
      plan("SELECT number, last_seq FROM conversation WHERE answer_due > 0 ORDER BY last_at");
  EXPECT_NE(due.find("conversation_answer_due"), std::string::npos) << due;
  const std::string owned = plan(
      "SELECT number, last_seq FROM conversation WHERE owner=?1 AND owner <> 'none'"
      " AND +last_at<=?2 ORDER BY last_at, number");
  EXPECT_NE(owned.find("conversation_owned"), std::string::npos) << owned;
}

}  // namespace
}  // namespace svar::store
