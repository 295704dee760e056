// A log that is whole is found whole; each thing that can be wrong with it is found, and named.
#include "bot/store/log_verification.h"

#include "bot/store/event_codec.h"
#include "bot/store/sqlite.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;

const ConversationId kOne{1001};
const ConversationId kTwo{2002};

// Two conversations of four events each, side by side: positions 1 2 5 6 and 3 4 7 8.
class Verifying : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = open_sqlite({.file = folder_.file()}, executor_);
    Calls calls(*store, executor_);
    append(calls, kOne, 0, {opened(), ControllerSet{{"osteroy"}}});
    append(calls, kTwo, 0, {opened(), ControllerSet{{"osteroy"}}});
    append(calls, kOne, 2, {spoke("a", "kvar er bosset"), replied("a", "her")});
    append(calls, kTwo, 2, {spoke("a", "kvar er boka"), replied("a", "der")});
    calls.create("messenger:kontakt", at_second(9));
  }

  // With the row that the events give.
  template <class Calls>
  void append(Calls& calls, ConversationId conversation, int expected, std::vector<Event> events) {
    auto request = append_of(conversation, expected, std::move(events));
    ASSERT_TRUE(appended(calls.append(std::move(request))));
  }

  void spoil(const std::string& sql) {
    auto connection = Connection::open(folder_.file(), OpenMode::write);
    ASSERT_TRUE(connection);
    auto done = connection->execute(sql);
    ASSERT_TRUE(done) << done.error().what;
    ASSERT_EQ(connection->changes(), 1) << "nothing was spoilt";
  }

  LogReport report() {
    auto report = verify_log(folder_.file());
    if (!report) {
      ADD_FAILURE() << report.error().what;
      return {};
    }
    return std::move(*report);
  }

  // Among the findings is one with this conversation, this position and these words.
  void expect_finding(ConversationId conversation, std::int64_t position,
                      const std::string& words) {
    const LogReport found = report();
    std::string all;
    for (const LogFinding& finding : found.findings) {
      if (finding.conversation == conversation && finding.position.value == position &&
          finding.what.find(words) != std::string::npos)
        return;
      all += "\n  " + std::to_string(finding.conversation.value) + " at " +
             std::to_string(finding.position.value) + ": " + finding.what;
    }
    ADD_FAILURE() << "not found: " << words << "; but:" << all;
  }

  DataFolder folder_;
  fakes::ManualExecutor executor_;
};

TEST_F(Verifying, FindsNothingInALogThatIsWhole) {
  const LogReport found = report();
  EXPECT_EQ(found.findings_count, 0) << found.findings.front().what;
  EXPECT_EQ(found.events, 8);
  EXPECT_EQ(found.conversations, 3);
  EXPECT_EQ(found.last.value, 8);
}

TEST_F(Verifying, CountsWhatWasErased) {
  {
    const auto store = open_sqlite({.file = folder_.file()}, executor_);
    ASSERT_TRUE(
        appended(Calls(*store, executor_)
                     .erase({append_of(kOne, 4, {Erased{{"e"}}}, service::Row{}), {}, true})));
  }
  const LogReport found = report();
  EXPECT_EQ(found.findings_count, 0) << found.findings.front().what;
  EXPECT_EQ(found.erased, 1);
}

TEST_F(Verifying, WorksWhileTheStoreIsOpenAndSeesWhatIsInTheWriteAheadLog) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  append(calls, kOne, 4, {spoke("b", "og papir"), replied("b", "der òg")});
  const LogReport found = report();
  EXPECT_EQ(found.findings_count, 0) << found.findings.front().what;
  EXPECT_EQ(found.events, 10);
}

TEST_F(Verifying, ChangesNoByteOfTheFile) {
  const auto before = std::filesystem::last_write_time(folder_.file());
  report();
  EXPECT_EQ(std::filesystem::last_write_time(folder_.file()), before);
}

TEST_F(Verifying, NamesAMissingEvent) {
  spoil("DELETE FROM log WHERE position=5");
  expect_finding(kOne, 5, "event 3 is missing");
  expect_finding({}, 5, "1 events are missing");
}

TEST_F(Verifying, NamesAMissingLastEvent) {
  spoil("DELETE FROM log WHERE position=8");
  expect_finding(kTwo, 8, "event 4 is missing");
}

TEST_F(Verifying, NamesAWrongSeq) {
  spoil("UPDATE log SET seq=9 WHERE position=5");
  expect_finding(kOne, 5, "has seq 9, but should have 3");
}

TEST_F(Verifying, NamesAChainIntoAnotherConversation) {
  spoil("UPDATE log SET previous=4 WHERE position=5");
  expect_finding(kOne, 4, "is one of conversation 2002");
}

TEST_F(Verifying, NamesAChainThatEndsTooEarly) {
  spoil("UPDATE log SET previous=0 WHERE position=5");
  expect_finding(kOne, 5, "2 events should come before");
}

TEST_F(Verifying, NamesAChainThatRunsInACircle) {
  spoil("UPDATE log SET previous=6 WHERE position=5");
  expect_finding(kOne, 5, "is not before it");
}

TEST_F(Verifying, NamesAnEventThatTheRowDoesNotReach) {
  spoil("UPDATE conversation SET last_position=2, last_seq=2 WHERE number=1001");
  expect_finding(kOne, 5, "is in no conversation's chain");
}

TEST_F(Verifying, NamesAnEventWithoutARow) {
  spoil("DELETE FROM conversation WHERE number=2002");
  expect_finding(kTwo, 3, "is in no conversation's chain");
}

TEST_F(Verifying, NamesARowThatCountsWrong) {
  spoil("UPDATE conversation SET last_seq=5 WHERE number=1001");
  expect_finding(kOne, 6, "has seq 4, but should have 5");
}

TEST_F(Verifying, NamesAWrongOwner) {
  spoil("UPDATE conversation SET owner='queue' WHERE number=1001");
  expect_finding(kOne, 6, "owner is «queue», its events give «bot»");
}

TEST_F(Verifying, NamesAWrongController) {
  spoil("UPDATE conversation SET controller=NULL WHERE number=2002");
  expect_finding(kTwo, 8, "controller is «nobody», its events give «osteroy»");
}

TEST_F(Verifying, NamesAnAnswerThatNobodyOwes) {
  spoil("UPDATE conversation SET answer_due=3 WHERE number=1001");
  expect_finding(kOne, 6, "answer_due is «3», its events give «0»");
}

TEST_F(Verifying, NamesAConversationThatNoAgentEverHad) {
  spoil("UPDATE conversation SET with_agent=1 WHERE number=1001");
  expect_finding(kOne, 6, "with_agent is «1», its events give «0»");
}

TEST_F(Verifying, NamesAWrongTime) {
  spoil("UPDATE conversation SET last_at=last_at+1 WHERE number=1001");
  expect_finding(kOne, 6, "last_at");
}

TEST_F(Verifying, NamesARowWithoutEventsOrContact) {
  spoil("UPDATE conversation SET contact_key=NULL WHERE last_seq=0");
  const LogReport found = report();
  ASSERT_EQ(found.findings_count, 1);
  EXPECT_NE(found.findings[0].what.find("no event and no contact"), std::string::npos);
}

TEST_F(Verifying, NamesABodyThatIsNoJson) {
  spoil("UPDATE log SET body='{\"id\":' WHERE position=5");
  expect_finding(kOne, 5, "cannot be read");
}

TEST_F(Verifying, NamesAnUnknownEvent) {
  spoil("UPDATE log SET name='CitizenSang' WHERE position=5");
  expect_finding(kOne, 5, "cannot be read");
}

TEST_F(Verifying, NamesAMessageThatIsStoredTwice) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  append(calls, kOne, 4, {spoke("a", "kvar er bosset"), replied("a", "her")});
  expect_finding(kOne, 9, "stored twice");
}

TEST_F(Verifying, NamesWordsThatWereErased) {
  {
    const auto store = open_sqlite({.file = folder_.file()}, executor_);
    ASSERT_TRUE(
        appended(Calls(*store, executor_)
                     .erase({append_of(kOne, 4, {Erased{{"e"}}}, service::Row{}), {}, true})));
  }
  spoil("UPDATE log SET text='attende' WHERE position=5");
  expect_finding(kOne, 9, "event 3 still has its words");
}

TEST_F(Verifying, NamesWordsThatWereRedacted) {
  {
    const auto store = open_sqlite({.file = folder_.file()}, executor_);
    ASSERT_TRUE(appended(
        Calls(*store, executor_).erase({append_of(kOne, 4, {Redacted{{{3}}}}), {{3}}, false})));
  }
  EXPECT_EQ(report().findings_count, 0);
  spoil("UPDATE log SET text='attende' WHERE position=5");
  expect_finding(kOne, 9, "event 3 was redacted");
}

TEST_F(Verifying, NamesDamageInAnIndex) {
  spoil(
      "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql=replace(sql, 'owner <> ''none''',"
      " 'owner <> ''bot''') WHERE name='conversation_owned'");
  expect_finding({}, 0, "the file is damaged");
}

TEST_F(Verifying, CountsEveryFindingAndListsTheFirst) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  for (int number = 1; number <= 600; ++number) {
    append(calls, ConversationId{number}, 0, {opened()});
  }
  auto connection = Connection::open(folder_.file(), OpenMode::write);
  ASSERT_TRUE(
      connection->execute("UPDATE conversation SET owner='agent', answer_due=1"
                          " WHERE last_seq=1"));
  const LogReport found = report();
  EXPECT_GE(found.findings_count, 1200);
  EXPECT_EQ(found.findings.size(), kFindingsMax);
}

TEST_F(Verifying, RefusesAFileThatIsNoLog) {
  const auto other = folder_.path() / "other.db";
  ASSERT_TRUE(Connection::open(other, OpenMode::create)->execute("CREATE TABLE log(a)"));
  EXPECT_FALSE(verify_log(other));
  EXPECT_FALSE(verify_log(folder_.path() / "absent.db"));
}

}  // namespace
}  // namespace svar::store
