// The log is copied while it is written: the copy is whole, of the end, and holds nobody up.
#include "bot/store/database_copy.h"

#include <atomic>
#include <future>

#include "bot/store/log_verification.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;

constexpr int kConversations = 400;

class Copying : public testing::Test {
 protected:
  void SetUp() override {
    store_ = open_sqlite({.file = folder_.file()}, executor_);
    std::vector<Answer<service::AppendOutcome>> answers(kConversations);
    for (int number = 1; number <= kConversations; ++number) {
      auto request = append_of(
          ConversationId{number}, 0,
          {opened(), ControllerSet{{"osteroy"}},
           spoke("a", std::string(5'000, 'x') + "kanarifugl" + std::to_string(number) + ";")},
          {MunicipalityId{"osteroy"}, Owner::bot, Seq{3}});
      store_->append(std::move(request), answers[static_cast<std::size_t>(number - 1)].callback());
    }
    answers.back().wait(executor_);
  }

  // Copies while `meanwhile` runs on this thread.
  Result<Done, service::StoreError> copy(const std::function<void()>& meanwhile = {}) {
    std::promise<Result<Done, service::StoreError>> copied;
    store_->copy(
        to_,
        [&](int, int) {
          ++steps_;
          return wanted_.load();
        },
        [&](auto outcome) { copied.set_value(std::move(outcome)); });
    if (meanwhile) meanwhile();
    return copied.get_future().get();
  }

  LogReport verified() {
    auto settled = settle_copy(to_);
    EXPECT_TRUE(settled);
    auto report = verify_log(to_);
    if (!report) ADD_FAILURE() << report.error().what;
    return report ? std::move(*report) : LogReport{};
  }

  DataFolder folder_, elsewhere_;
  const std::filesystem::path to_ = elsewhere_.path() / "copy.db";
  fakes::ManualExecutor executor_;
  std::unique_ptr<SqliteEventStore> store_;
  std::atomic<int> steps_ = 0;
  std::atomic<bool> wanted_ = true;
};

TEST_F(Copying, GivesAWholeLogByManySteps) {
  ASSERT_TRUE(copy());
  EXPECT_GT(steps_, 5);
  const LogReport report = verified();
  EXPECT_EQ(report.findings_count, 0) << report.findings.front().what;
  EXPECT_EQ(report.conversations, kConversations);
  EXPECT_FALSE(std::filesystem::exists(to_.string() + "-wal"));
}

TEST_F(Copying, IsWholeWhateverIsWrittenAndErasedMeanwhile) {
  Calls calls(*store_, executor_);
  ASSERT_TRUE(copy([&] {
    for (int number = 1; number <= 40; ++number) {
      const ConversationId conversation{number};
      ASSERT_TRUE(appended(calls.append(append_of(conversation, 3, {replied("a", "ja")}))));
      ASSERT_TRUE(appended(
          calls.erase({append_of(conversation, 4, {Erased{{"e"}}}, service::Row{}), {}, true})));
    }
  }));
  const LogReport report = verified();
  EXPECT_EQ(report.findings_count, 0) << report.findings.front().what;
  EXPECT_GE(report.events, 3 * kConversations);
  EXPECT_EQ(elsewhere_.files_with("kanarifugl1;").empty(), report.erased > 0);
}

// The same with the steps in hand, so that it is known what was copied before it was changed.
class Stepping : public Copying {
 protected:
  void SetUp() override {
    Copying::SetUp();
    store_.reset();
    auto opened = Connection::open(folder_.file(), OpenMode::write);
    ASSERT_TRUE(opened);
    source_.emplace(std::move(*opened));
    ASSERT_TRUE(use_durable_settings(*source_));
    ASSERT_TRUE(source_->execute("PRAGMA wal_autocheckpoint=0"));
  }

  // Steps of ten pages with a write through `writer` after each; how many steps it took.
  int steps_with_writes(Connection& writer) {
    auto copy = DatabaseCopy::begin(*source_, to_);
    EXPECT_TRUE(copy);
    for (int steps = 1; steps < 300; ++steps) {
      auto step = copy->step(10);
      EXPECT_TRUE(step) << step.error().what;
      if (!step || *step == Step::done) return steps;
      EXPECT_TRUE(writer.execute("UPDATE log SET text='' WHERE position=" + std::to_string(steps)));
    }
    return 300;
  }

  std::optional<Connection> source_;
};

TEST_F(Stepping, GoesOnWhenItsOwnConnectionWrites) {
  const int pages = static_cast<int>(*source_->query_integer("PRAGMA page_count"));
  EXPECT_LE(steps_with_writes(*source_), pages / 10 + 2);
}

TEST_F(Stepping, BeginsAnewWhenAnotherConnectionWrites) {
  auto other = Connection::open(folder_.file(), OpenMode::write);
  ASSERT_TRUE(use_durable_settings(*other));
  EXPECT_EQ(steps_with_writes(*other), 300);
}

TEST_F(Stepping, LeavesOutTheWordsThatAreErasedAfterTheyWereCopied) {
  auto copy = DatabaseCopy::begin(*source_, to_);
  ASSERT_TRUE(copy);
  while (copy->pages_done() * 2 < std::max(copy->pages(), 1)) ASSERT_TRUE(copy->step(10));
  const std::string first = "kanarifugl1;";
  ASSERT_FALSE(elsewhere_.files_with(first).empty()) << "the test would prove nothing";
  ASSERT_TRUE(source_->execute("UPDATE log SET text='' WHERE text<>''"));
  while (*copy->step(10) != Step::done) continue;
  ASSERT_TRUE(settle_copy(to_));
  EXPECT_TRUE(elsewhere_.files_with("kanarifugl").empty());
}

TEST_F(Copying, IsGivenUpWhenNobodyWantsItAnyMore) {
  wanted_ = false;
  EXPECT_FALSE(copy());
}

TEST_F(Copying, EndsWithTheStore) {
  std::promise<Result<Done, service::StoreError>> copied;
  store_->copy(
      to_, [](int, int) { return true; },
      [&](auto outcome) { copied.set_value(std::move(outcome)); });
  store_.reset();
  EXPECT_FALSE(copied.get_future().get());
}

TEST_F(Copying, NeverWritesOverAFile) {
  ASSERT_TRUE(copy());
  std::promise<Result<Done, service::StoreError>> copied;
  store_->copy(
      to_, [](int, int) { return true; },
      [&](auto outcome) { copied.set_value(std::move(outcome)); });
  EXPECT_FALSE(copied.get_future().get());
}

}  // namespace
}  // namespace svar::store
