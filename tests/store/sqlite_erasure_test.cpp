// Erased words are in no file of the data folder: not in the database, not in its write-ahead log.
#include <random>

#include "bot/store/sqlite.h"
#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;
using service::AppendOutcome;
using service::Erasure;

class Erasing : public testing::Test {
 protected:
  DataFolder folder_;
  fakes::ManualExecutor executor_;
  const ConversationId one_{1001};
  const std::string canary_ = "kanarifugl-7f3a";

  void expect_gone(const std::string& word) {
    const auto files = folder_.files_with(word);
    EXPECT_TRUE(files.empty()) << word << " is in " << (files.empty() ? "" : files[0]);
  }
};

TEST_F(Erasing, LeavesTheWordsInNoFile) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  calls.append(append_of(one_, 0, {opened("https://x/" + canary_, canary_), spoke("a", canary_)}));
  calls.append(
      append_of(one_, 2, {CitizenChose{{"b"}, {"other", canary_}}, replied("b", canary_)}));
  calls.append(append_of(one_, 4, {spoke("c", std::string(50'000, '.') + canary_)}));
  ASSERT_FALSE(folder_.files_with(canary_).empty()) << "the test would prove nothing";
  ASSERT_TRUE(appended(calls.erase({append_of(one_, 5, {Erased{{"d"}}}), {}, true})));
  expect_gone(canary_);
  EXPECT_EQ(calls.load(one_).size(), 6U);
}

TEST_F(Erasing, LeavesTheChosenWordsInNoFileAndTheOthersInPlace) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  calls.append(append_of(one_, 0, {spoke("a", canary_), spoke("b", "blir-verande")}));
  ASSERT_TRUE(appended(calls.erase({append_of(one_, 2, {Redacted{{{1}}}}), {{1}}})));
  expect_gone(canary_);
  EXPECT_FALSE(folder_.files_with("blir-verande").empty());
}

TEST_F(Erasing, FinishesAtTheNextStartWhatACrashLeftInTheWriteAheadLog) {
  {
    // The file as a crash between the commit and the checkpoint leaves it: words in the write-ahead
    // log only.
    const auto store = open_sqlite({.file = folder_.file()}, executor_);
    Calls calls(*store, executor_);
    calls.append(append_of(one_, 0, {spoke("a", canary_)}));
    std::filesystem::copy(folder_.path(), folder_.path() / "copy");
  }
  const auto copied = folder_.path() / "copy" / "svarsentral.db";
  {
    auto connection = Connection::open(copied, OpenMode::write);
    ASSERT_TRUE(connection);
    ASSERT_TRUE(use_durable_settings(*connection));
    ASSERT_TRUE(connection->execute("UPDATE log SET text=''"));
    std::filesystem::copy(folder_.path() / "copy", folder_.path() / "crashed");
  }
  std::filesystem::remove_all(folder_.path() / "copy");
  std::filesystem::remove(folder_.file());
  ASSERT_FALSE(folder_.files_with(canary_).empty());
  const auto store =
      open_sqlite({.file = folder_.path() / "crashed" / "svarsentral.db"}, executor_);
  expect_gone(canary_);
  EXPECT_EQ(texts_of(Calls(*store, executor_).load(one_)), (std::vector<std::string>{""}));
}

TEST_F(Erasing, WaitsForAReaderThatStillSeesTheWordsAndHoldsUpNobodyElse) {
  const auto store = open_sqlite({.file = folder_.file()}, executor_);
  Calls calls(*store, executor_);
  calls.append(append_of(one_, 0, {spoke("a", canary_)}));
  auto reader = Connection::open(folder_.file(), OpenMode::write);
  ASSERT_TRUE(reader->execute("BEGIN"));
  ASSERT_EQ(*reader->query_integer("SELECT count(*) FROM log"), 1);

  Answer<AppendOutcome> erased;
  store->erase({append_of(one_, 1, {Erased{}}), {}, true}, erased.callback());
  EXPECT_TRUE(appended(calls.append(append_of(ConversationId{7}, 0, {opened()}))));
  EXPECT_TRUE(appended(calls.append(append_of(ConversationId{8}, 0, {opened()}))));
  EXPECT_FALSE(erased.arrived());
  ASSERT_TRUE(reader->execute("COMMIT"));
  EXPECT_TRUE(appended(erased.wait(executor_)));
  expect_gone(canary_);
}

TEST_F(Erasing, SaysSoWhenAReaderKeepsTheWordsTooLong) {
  const auto store = open_sqlite(
      {.file = folder_.file(), .lock_patience = std::chrono::milliseconds{1}}, executor_);
  Calls calls(*store, executor_);
  calls.append(append_of(one_, 0, {spoke("a", canary_)}));
  auto reader = Connection::open(folder_.file(), OpenMode::write);
  ASSERT_TRUE(reader->execute("BEGIN"));
  ASSERT_EQ(*reader->query_integer("SELECT count(*) FROM log"), 1);
  Answer<AppendOutcome> erased;
  store->erase({append_of(one_, 1, {Erased{}}), {}, true}, erased.callback());
  ASSERT_TRUE(executor_.run_until([&] { return erased.arrived(); }));
  EXPECT_FALSE(erased.result());
  // The words go as soon as the reader does.
  ASSERT_TRUE(reader->execute("COMMIT"));
  EXPECT_TRUE(executor_.run_until([&] { return folder_.files_with(canary_).empty(); }));
}

// Rows of all sizes side by side, erased in random order: no copy of a word may be left behind by
// the moving of its neighbours. Repeat with SVAR_SEED=<the printed seed>.
TEST_F(Erasing, LeavesNoCopyOfAnyWordAmongManyConversations) {
  const char* given = std::getenv("SVAR_SEED");
  const unsigned seed = given != nullptr ? std::stoul(given) : std::random_device{}();
  SCOPED_TRACE("SVAR_SEED=" + std::to_string(seed));
  std::mt19937 random(seed);
  const auto below = [&](int limit) { return static_cast<int>(random() % limit); };
  const auto store = open_sqlite({.file = folder_.file(), .checkpoint_pages = 20}, executor_);
  Calls calls(*store, executor_);

  constexpr int kConversations = 25;
  std::map<int, int> last;
  const auto word = [&](int number, int seq) {
    return "ord-" + std::to_string(seed % 1000) + "-" + std::to_string(number) + "-" +
           std::to_string(seq) + ";";
  };
  for (int round = 0; round < 250; ++round) {
    const int number = 1 + below(kConversations);
    std::vector<Event> events;
    for (int count = 1 + below(3); count > 0; --count) {
      const int seq = last[number] + static_cast<int>(events.size()) + 1;
      const int filler = below(20) == 0 ? below(20'000) : below(400);
      events.push_back(spoke("m", word(number, seq) + std::string(filler, 'x')));
    }
    const int expected = last[number];
    last[number] += static_cast<int>(events.size());
    ASSERT_TRUE(appended(calls.append(append_of(ConversationId{number}, expected, events))));
    if (below(8) == 0) {
      const int gone = 1 + below(last[number]);
      ASSERT_TRUE(appended(calls.erase(
          {append_of(ConversationId{number}, last[number]++, {Redacted{}}), {{gone}}})));
      expect_gone(word(number, gone));
    }
  }
  for (int number = 1; number <= kConversations; ++number) {
    if (last[number] == 0) continue;
    ASSERT_TRUE(appended(
        calls.erase({append_of(ConversationId{number}, last[number], {Erased{}}), {}, true})));
    for (int seq = 1; seq <= last[number]; seq += 5) expect_gone(word(number, seq));
  }
  expect_gone("ord-" + std::to_string(seed % 1000) + "-");
}

}  // namespace
}  // namespace svar::store
