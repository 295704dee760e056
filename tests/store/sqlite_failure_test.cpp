// What happens when the disk fails: nothing is acknowledged that may be lost.
#include "tests/store/faulty_disk.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::spoke;
using service::AppendOutcome;

class FailingDisk : public testing::Test {
 protected:
  FailingDisk() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  DataFolder folder_;
  FaultyDisk disk_;
  fakes::ManualExecutor executor_;
  const ConversationId one_{1001};
};
using FailingDiskDeathTest = FailingDisk;

TEST_F(FailingDisk, SyncsBeforeItSaysAppended) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  for (int seq = 0; seq < 10; ++seq) {
    const int before = disk_.syncs;
    ASSERT_TRUE(appended(calls.append(append_of(one_, seq, {spoke("m", "x")}))));
    EXPECT_GT(disk_.syncs, before);
  }
}

TEST_F(FailingDiskDeathTest, EndsTheProcessWhenASyncFails) {
  EXPECT_EXIT(
      {
        const auto store = open_sqlite({.file = folder_.file()}, executor_);
        disk_.syncs_fail = true;
        store->append(append_of(one_, 0, {opened()}), [](auto) { std::_Exit(0); });
        executor_.run_until([] { return false; });
      },
      testing::ExitedWithCode(EXIT_FAILURE), "failed to sync");
}

TEST_F(FailingDisk, RefusesWhileTheDiskIsFullAndGoesOnAfterwards) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  ASSERT_TRUE(appended(calls.append(append_of(one_, 0, {opened()}))));
  disk_.full = true;
  std::vector<Answer<AppendOutcome>> answers(5);
  for (int index = 0; index < 5; ++index) {
    store->append(append_of(ConversationId{index + 1}, 0, {opened()}), answers[index].callback());
  }
  for (auto& answer : answers) {
    ASSERT_TRUE(executor_.run_until([&] { return answer.arrived(); }));
    EXPECT_FALSE(answer.result());
  }
  disk_.full = false;
  EXPECT_EQ(calls.load(one_).size(), 1U);
  EXPECT_TRUE(calls.load(ConversationId{1}).empty());
  EXPECT_TRUE(appended(calls.append(append_of(one_, 1, {spoke("m", "x")}))));
  EXPECT_EQ(calls.read_all().size(), 2U);
}

// The disk becomes full at every write there is, one after the other; after each the file opens
// again and holds what was acknowledged.
TEST_F(FailingDisk, KeepsWhatWasAcknowledgedWhereverTheDiskBecomesFull) {
  for (int writes = 0; writes < 60; ++writes) {
    SCOPED_TRACE(writes);
    DataFolder folder;
    std::int64_t acknowledged = 0;
    {
      const auto store = open_sqlite({.file = folder.file(), .checkpoint_pages = 5}, executor_);
      disk_.writes_until_full = writes;
      for (int seq = 0; seq < 8; ++seq) {
        Answer<AppendOutcome> answer;
        store->append(append_of(one_, seq, {spoke("m", std::string(3'000, 'x'))}),
                      answer.callback());
        ASSERT_TRUE(executor_.run_until([&] { return answer.arrived(); }));
        if (answer.result() && appended(*answer.result())) acknowledged = seq + 1;
      }
    }
    disk_.writes_until_full = -1;
    disk_.full = false;
    const auto store = open_sqlite({.file = folder.file()}, executor_);
    Calls calls(*store, executor_);
    const auto loaded = calls.load(one_);
    ASSERT_GE(static_cast<std::int64_t>(loaded.size()), acknowledged);
    EXPECT_EQ(calls.read_all().size(), loaded.size());
  }
}

}  // namespace
}  // namespace svar::store
