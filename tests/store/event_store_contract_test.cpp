// What every store promises (bot/service/turn/event_store.h), asked of each of them.
#include <atomic>
#include <set>
#include <thread>

#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using examples::opened;
using examples::replied;
using examples::spoke;
using service::Append;
using service::Appended;
using service::AppendOutcome;
using service::Row;

struct InMemory {
  explicit InMemory(fakes::ManualExecutor& executor) : store(executor) {}
  MemoryEventStore store;
  MemoryEventStore& get() { return store; }
};

struct InSqlite {
  explicit InSqlite(fakes::ManualExecutor& executor)
      : store(open_sqlite({.file = folder.file()}, executor)) {}
  DataFolder folder;
  std::unique_ptr<SqliteEventStore> store;
  SqliteEventStore& get() { return *store; }
};

template <class Kind>
class EventStoreContract : public testing::Test {
 protected:
  fakes::ManualExecutor executor_;
  Kind kind_{executor_};
  decltype(kind_.get()) store_ = kind_.get();
  Calls<std::remove_reference_t<decltype(store_)>> calls_{store_, executor_};
  const ConversationId one_{1001};
  const ConversationId two_{1002};
};

using Kinds = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(EventStoreContract, Kinds);

TYPED_TEST(EventStoreContract, GivesBackWhatWasAppendedInOrderWithSeqsFromOne) {
  const auto events = examples::every_event();
  const auto outcome = this->calls_.append(append_of(this->one_, 0, events));
  ASSERT_TRUE(appended(outcome));
  EXPECT_EQ(std::get<Appended>(outcome).last.value, static_cast<int>(events.size()));
  const auto loaded = this->calls_.load(this->one_);
  ASSERT_EQ(loaded.size(), events.size());
  for (std::size_t index = 0; index < events.size(); ++index) {
    EXPECT_EQ(loaded[index].seq.value, static_cast<int>(index) + 1);
    EXPECT_EQ(loaded[index].at, at_second(0));
    EXPECT_EQ(loaded[index].event, events[index]);
  }
}

TYPED_TEST(EventStoreContract, HasNothingOfAConversationItDoesNotKnow) {
  EXPECT_TRUE(this->calls_.load(this->one_).empty());
  EXPECT_TRUE(this->calls_.read_all().empty());
  EXPECT_TRUE(this->calls_.find_answer_due().empty());
}

TYPED_TEST(EventStoreContract, LoadsOnlyWhatCameAfter) {
  this->calls_.append(append_of(this->one_, 0, {opened(), spoke("a", "1"), spoke("b", "2")}));
  this->calls_.append(append_of(this->one_, 3, {spoke("c", "3")}));
  EXPECT_EQ(texts_of(this->calls_.load(this->one_, Seq{2})), (std::vector<std::string>{"2", "3"}));
  EXPECT_TRUE(this->calls_.load(this->one_, Seq{4}).empty());
  EXPECT_TRUE(this->calls_.load(this->one_, Seq{40}).empty());
}

TYPED_TEST(EventStoreContract, RefusesAnAppendWhenTheLogHasMoved) {
  this->calls_.append(append_of(this->one_, 0, {opened()}));
  this->calls_.append(append_of(this->one_, 1, {spoke("a", "first")}));
  EXPECT_TRUE(conflicted(this->calls_.append(append_of(this->one_, 1, {spoke("b", "late")}))));
  EXPECT_TRUE(conflicted(this->calls_.append(append_of(this->one_, 0, {opened()}))));
  EXPECT_EQ(this->calls_.load(this->one_).size(), 2U);
}

TYPED_TEST(EventStoreContract, RefusesAnAppendToTheFutureAndToNothing) {
  EXPECT_TRUE(conflicted(this->calls_.append(append_of(this->one_, 3, {spoke("a", "x")}))));
  this->calls_.append(append_of(this->one_, 0, {opened()}));
  EXPECT_TRUE(conflicted(this->calls_.append(append_of(this->one_, 2, {spoke("a", "x")}))));
  EXPECT_EQ(this->calls_.load(this->one_).size(), 1U);
}

TYPED_TEST(EventStoreContract, LeavesTheRowAsItWasAfterAConflict) {
  const Row waiting{MunicipalityId{"osteroy"}, Owner::queue, Seq{1}};
  this->calls_.append(append_of(this->one_, 0, {opened()}, waiting));
  this->calls_.append(
      append_of(this->one_, 0, {opened(), spoke("a", "x")}, {std::nullopt, Owner::bot, {}}));
  const auto found = this->calls_.find_owned(Owner::queue, at_second(100));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].row, waiting);
  EXPECT_EQ(found[0].last_seq, Seq{1});
}

TYPED_TEST(EventStoreContract, LetsAConflictHarmNoOtherAppendOfTheBatch) {
  this->calls_.append(append_of(this->one_, 0, {opened()}));
  std::vector<Answer<AppendOutcome>> answers(30);
  for (int index = 0; index < 30; ++index) {
    const bool late = index % 3 == 1;
    Append request = late ? append_of(this->one_, 0, {opened(), spoke("x", "late")})
                          : append_of(ConversationId{5000 + index}, 0, {opened()});
    this->store_.append(std::move(request), answers[index].callback());
  }
  for (int index = 0; index < 30; ++index) {
    EXPECT_EQ(conflicted(answers[index].wait(this->executor_)), index % 3 == 1) << index;
  }
  EXPECT_EQ(this->calls_.load(this->one_).size(), 1U);
  EXPECT_EQ(this->calls_.read_all().size(), 21U);
}

TYPED_TEST(EventStoreContract, TakesSeveralAppendsToOneConversationWithoutWaiting) {
  std::vector<Answer<AppendOutcome>> answers(40);
  for (int index = 0; index < 40; ++index) {
    this->store_.append(append_of(this->one_, index, {spoke("m", std::to_string(index))}),
                        answers[index].callback());
  }
  for (auto& answer : answers) EXPECT_TRUE(appended(answer.wait(this->executor_)));
  const auto texts = texts_of(this->calls_.load(this->one_));
  ASSERT_EQ(texts.size(), 40U);
  for (int index = 0; index < 40; ++index) EXPECT_EQ(texts[index], std::to_string(index));
}

TYPED_TEST(EventStoreContract, CompletesExactlyOnceAndNeverInsideTheCall) {
  Answer<AppendOutcome> append, erase;
  Answer<ConversationId> create;
  Answer<std::vector<Recorded>> load;
  Answer<std::vector<service::LoggedEvent>> read;
  Answer<Entries> due, owned;
  this->store_.append(append_of(this->one_, 0, {opened()}), append.callback());
  this->store_.erase({append_of(this->one_, 1, {Erased{}}), {}, true}, erase.callback());
  this->store_.create("telegram:1", at_second(0), create.callback());
  this->store_.load(this->one_, {}, load.callback());
  this->store_.read_all({}, 10, read.callback());
  this->store_.find_answer_due(due.callback());
  this->store_.find_owned(Owner::bot, at_second(9), owned.callback());
  const auto all = [&] {
    return append.times() + erase.times() + create.times() + load.times() + read.times() +
           due.times() + owned.times();
  };
  // Completions run on the executor alone, which nobody has drained yet.
  EXPECT_EQ(all(), 0);
  EXPECT_TRUE(this->executor_.run_until([&] { return all() == 7; }));
  this->calls_.load(this->one_);
  EXPECT_EQ(all(), 7);
  for (const int times : {append.times(), erase.times(), create.times(), load.times(), read.times(),
                          due.times(), owned.times()}) {
    EXPECT_EQ(times, 1);
  }
}

TYPED_TEST(EventStoreContract, CompletesInTheOrderOfTheLog) {
  std::vector<int> completed;
  for (int index = 0; index < 200; ++index) {
    this->store_.append(append_of(ConversationId{7000 + index}, 0, {opened()}),
                        [&, index](auto) { completed.push_back(index); });
  }
  ASSERT_TRUE(this->executor_.run_until([&] { return completed.size() == 200; }));
  const auto all = this->calls_.read_all();
  ASSERT_EQ(all.size(), 200U);
  for (int index = 0; index < 200; ++index) {
    EXPECT_EQ(all[index].conversation.value, 7000 + completed[index]);
  }
}

TYPED_TEST(EventStoreContract, ReadsTheWholeLogByRisingPositionInPages) {
  for (int index = 0; index < 10; ++index) {
    this->calls_.append(append_of(this->one_, index * 2, {spoke("a", "1"), spoke("b", "2")}));
    this->calls_.append(append_of(this->two_, index, {spoke("c", "3")}));
  }
  std::vector<service::LoggedEvent> paged;
  Position after;
  while (true) {
    const auto page = this->calls_.read_all(after, 7);
    EXPECT_LE(page.size(), 7U);
    if (page.empty()) break;
    paged.insert(paged.end(), page.begin(), page.end());
    after = page.back().position;
  }
  ASSERT_EQ(paged.size(), 30U);
  std::map<ConversationId, std::int64_t> last;
  Position previous;
  for (std::size_t index = 0; index < paged.size(); ++index) {
    EXPECT_GT(paged[index].position, std::exchange(previous, paged[index].position));
    EXPECT_EQ(paged[index].recorded.seq.value, ++last[paged[index].conversation]);
  }
  EXPECT_TRUE(this->calls_.read_all({}, 0).empty());
}

TYPED_TEST(EventStoreContract, LetsOneOfManyConcurrentAppendersWinEachSeq) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 50;
  std::atomic<int> won{0}, completed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < kRounds; ++round) {
        this->store_.append(append_of(this->one_, round, {spoke("m", std::to_string(thread))}),
                            [&](auto result) {
                              if (result && appended(*result)) ++won;
                              ++completed;
                            });
      }
    });
  }
  for (auto& thread : threads) thread.join();
  ASSERT_TRUE(this->executor_.run_until([&] { return completed == kThreads * kRounds; }));
  const auto loaded = this->calls_.load(this->one_);
  EXPECT_EQ(static_cast<int>(loaded.size()), won);
  EXPECT_GT(won, 0);
  for (std::size_t index = 0; index < loaded.size(); ++index) {
    EXPECT_EQ(loaded[index].seq.value, static_cast<int>(index) + 1);
  }
}

TYPED_TEST(EventStoreContract, MakesOneConversationAContact) {
  const auto first = this->calls_.create("telegram:1", at_second(0));
  const auto other = this->calls_.create("telegram:2", at_second(0));
  EXPECT_GT(first.value, 0);
  EXPECT_NE(first, other);
  EXPECT_EQ(this->calls_.create("telegram:1", at_second(500)), first);
  EXPECT_TRUE(this->calls_.load(first).empty());

  EXPECT_TRUE(conflicted(this->calls_.append(append_of(first, 1, {opened()}))));
  EXPECT_TRUE(appended(this->calls_.append(append_of(first, 0, {opened()}))));
  EXPECT_TRUE(conflicted(this->calls_.append(append_of(first, 0, {opened()}))));
  EXPECT_EQ(this->calls_.create("telegram:1", at_second(500)), first);
  EXPECT_EQ(this->calls_.load(first).size(), 1U);
}

TYPED_TEST(EventStoreContract, MakesOneConversationAContactWhenManyAskAtOnce) {
  std::vector<Answer<ConversationId>> answers(60);
  for (int index = 0; index < 60; ++index) {
    this->store_.create("messenger:" + std::to_string(index % 3), at_second(0),
                        answers[index].callback());
  }
  std::set<ConversationId> numbers;
  for (auto& answer : answers) numbers.insert(answer.wait(this->executor_));
  EXPECT_EQ(numbers.size(), 3U);
}

TYPED_TEST(EventStoreContract, FindsWhatWaitsForAnAnswerOldestFirst) {
  const auto row = [](int due) { return Row{std::nullopt, Owner::bot, Seq{due}}; };
  auto late = append_of(this->one_, 0, {opened(), spoke("a", "x")}, row(2));
  late.at = at_second(50);
  this->calls_.append(late);
  this->calls_.append(append_of(this->two_, 0, {opened(), spoke("a", "x")}, row(2)));
  this->calls_.append(append_of(ConversationId{3}, 0, {opened()}, row(0)));

  auto found = this->calls_.find_answer_due();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].conversation, this->two_);
  EXPECT_EQ(found[0].last_seq, Seq{2});
  EXPECT_EQ(found[0].last_at, at_second(0));
  EXPECT_EQ(found[0].row, row(2));
  EXPECT_EQ(found[1].conversation, this->one_);

  this->calls_.append(append_of(this->two_, 2, {replied("a", "y")}, row(0)));
  found = this->calls_.find_answer_due();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].conversation, this->one_);
}

TYPED_TEST(EventStoreContract, FindsWhatSomebodyOwnsAndHasBeenSilentSince) {
  const auto append = [&](int number, Owner owner, int second) {
    auto request =
        append_of(ConversationId{number}, 0, {opened()}, {MunicipalityId{"modalen"}, owner, {}});
    request.at = at_second(second);
    this->calls_.append(request);
  };
  append(1, Owner::bot, 10);
  append(2, Owner::queue, 20);
  append(3, Owner::agent, 30);
  append(4, Owner::bot, 5);
  append(5, Owner::none, 5);
  const auto numbers = [&](Owner owner, int second) {
    std::vector<std::int64_t> found;
    for (const auto& entry : this->calls_.find_owned(owner, at_second(second))) {
      EXPECT_EQ(entry.row.owner, owner);
      EXPECT_EQ(entry.row.controller, MunicipalityId{"modalen"});
      found.push_back(entry.conversation.value);
    }
    return found;
  };
  EXPECT_EQ(numbers(Owner::bot, 100), (std::vector<std::int64_t>{4, 1}));
  EXPECT_EQ(numbers(Owner::bot, 9), (std::vector<std::int64_t>{4}));
  EXPECT_EQ(numbers(Owner::queue, 20), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(numbers(Owner::queue, 19), (std::vector<std::int64_t>{}));
  EXPECT_EQ(numbers(Owner::agent, 100), (std::vector<std::int64_t>{3}));
}

TYPED_TEST(EventStoreContract, FindsWhatIsClosedAndNotErasedOfOneControllerOldestFirst) {
  const auto append = [&](int number, std::optional<MunicipalityId> controller, Owner owner,
                          int second) {
    auto request =
        append_of(ConversationId{number}, 0, {opened()}, {controller, owner, {}, number > 5});
    request.at = at_second(second);
    this->calls_.append(request);
  };
  const MunicipalityId modalen{"modalen"};
  append(1, modalen, Owner::none, 10);
  append(2, modalen, Owner::none, 5);
  append(3, modalen, Owner::bot, 5);
  append(4, std::nullopt, Owner::none, 5);
  append(5, MunicipalityId{"gulen"}, Owner::none, 5);
  append(6, modalen, Owner::none, 3);
  using service::Involved;
  const auto numbers = [&](int second, std::size_t count_max, Involved who = Involved::bot_alone) {
    std::vector<std::int64_t> found;
    for (const auto& entry :
         this->calls_.find_closed("modalen", who, at_second(second), count_max)) {
      found.push_back(entry.conversation.value);
    }
    return found;
  };
  EXPECT_EQ(numbers(10, 9), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(numbers(9, 9), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(numbers(10, 1), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(numbers(4, 9), (std::vector<std::int64_t>{}));
  EXPECT_EQ(numbers(10, 9, Involved::agent), (std::vector<std::int64_t>{6}));
}

TYPED_TEST(EventStoreContract, KeepsTheRowOfTheLastAppend) {
  const auto row_now = [&](Owner owner) {
    const auto found = this->calls_.find_owned(owner, at_second(1000));
    return found.size() == 1 ? found[0].row : Row{};
  };
  int seq = 0;
  for (const Row& row :
       {Row{std::nullopt, Owner::bot, {}}, Row{MunicipalityId{"osteroy"}, Owner::bot, {}},
        Row{MunicipalityId{"osteroy"}, Owner::bot, Seq{3}},
        Row{MunicipalityId{"osteroy"}, Owner::queue, {}},
        Row{MunicipalityId{"modalen"}, Owner::agent, {}}, Row{std::nullopt, Owner::agent, {}}}) {
    ASSERT_TRUE(
        appended(this->calls_.append(append_of(this->one_, seq++, {spoke("m", "x")}, row))));
    EXPECT_EQ(row_now(row.owner), row) << seq;
  }
  this->calls_.append(
      append_of(this->one_, seq, {ConversationClosed{}}, {std::nullopt, Owner::none, {}}));
  for (const Owner owner : {Owner::bot, Owner::queue, Owner::agent}) {
    EXPECT_TRUE(this->calls_.find_owned(owner, at_second(1000)).empty());
  }
}

TYPED_TEST(EventStoreContract, ErasesEveryTextAndKeepsTheLog) {
  auto events = examples::every_event();
  events.pop_back();
  this->calls_.append(append_of(this->one_, 0, events));
  this->calls_.append(append_of(this->two_, 0, {opened(), spoke("a", "stays")}));
  const int expected = static_cast<int>(events.size());
  const service::Erasure erasure{append_of(this->one_, expected, {Erased{{"del"}}}), {}, true};
  ASSERT_TRUE(appended(this->calls_.erase(erasure)));

  const auto loaded = this->calls_.load(this->one_);
  ASSERT_EQ(loaded.size(), events.size() + 1);
  for (const std::string& text : texts_of(loaded)) EXPECT_EQ(text, "");
  EXPECT_EQ(loaded.back().event, Event(Erased{{"del"}}));
  EXPECT_EQ(std::get<CitizenSpoke>(loaded[3].event).id, (ClientId{"m-1"}));
  EXPECT_EQ(texts_of(this->calls_.load(this->two_, Seq{1})), (std::vector<std::string>{"stays"}));
}

TYPED_TEST(EventStoreContract, ErasesTheChosenTextsOnly) {
  this->calls_.append(
      append_of(this->one_, 0,
                {opened("https://u", ""), spoke("a", "one"), spoke("b", "two"), spoke("c", "")}));
  const service::Erasure erasure{
      append_of(this->one_, 4, {Redacted{{{2}, {4}}}, spoke("d", "new")}), {{2}, {4}, {6}, {9}}};
  const auto outcome = this->calls_.erase(erasure);
  ASSERT_TRUE(appended(outcome));
  EXPECT_EQ(std::get<Appended>(outcome).last, Seq{6});
  EXPECT_EQ(texts_of(this->calls_.load(this->one_)),
            (std::vector<std::string>{"https://u\n", "", "two", "", "", "new"}));
}

TYPED_TEST(EventStoreContract, ErasesNothingWhenTheLogHasMoved) {
  this->calls_.append(append_of(this->one_, 0, {spoke("a", "one"), spoke("b", "two")}));
  const service::Erasure erasure{append_of(this->one_, 1, {Erased{}}), {}, true};
  EXPECT_TRUE(conflicted(this->calls_.erase(erasure)));
  EXPECT_EQ(texts_of(this->calls_.load(this->one_)), (std::vector<std::string>{"one", "two"}));
}

TYPED_TEST(EventStoreContract, KeepsUnusualTextsAsTheyAre) {
  const std::string with_zero("a\0b", 3);
  const std::string long_text(300'000, 'x');
  this->calls_.append(append_of(this->one_, 0,
                                {spoke("a", with_zero), spoke("b", long_text), spoke("c", ""),
                                 spoke("d", "\xff\xfe"), spoke("e", "🙂 'quote' \"x\"")}));
  EXPECT_EQ(texts_of(this->calls_.load(this->one_)),
            (std::vector<std::string>{with_zero, long_text, "", "\xff\xfe", "🙂 'quote' \"x\""}));
}

}  // namespace
}  // namespace svar::store
