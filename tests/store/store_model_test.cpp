// The SQLite store against the one in memory, through the same random history: they must never
// differ. Repeat with SVAR_SEED=<the printed seed>; SVAR_STEPS sets the length.
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/store/store_fixtures.h"

namespace svar::store {
namespace {

using service::AppendOutcome;
using service::Erasure;
using service::Row;

unsigned long number_from(const char* variable, unsigned long otherwise) {
  const char* given = std::getenv(variable);
  return given != nullptr ? std::stoul(given) : otherwise;
}

class Model {
 public:
  explicit Model(unsigned seed) : random_(seed) { reopen(); }

  void step() {
    const int dice = below(100);
    if (dice < 55) return append_batch();
    if (dice < 65) return erase();
    if (dice < 72) return create();
    if (dice < 85) return compare_load();
    if (dice < 90) return compare_page();
    if (dice < 96) return compare_found();
    reopen();
  }

  void compare_all() {
    for (int number = 1; number <= kNumbers; ++number) compare(ConversationId{number}, {});
    for (const auto& [here, there] : contacts_) {
      ASSERT_EQ(texts_of(sqlite().load(here)), texts_of(memory().load(there)));
    }
    compare_found();
  }

 private:
  static constexpr int kNumbers = 12;

  Calls<SqliteEventStore> sqlite() { return {*sqlite_, executor_}; }
  Calls<MemoryEventStore> memory() { return {memory_, executor_}; }
  int below(int limit) { return static_cast<int>(random_() % limit); }

  void reopen() {
    sqlite_.reset();
    executor_.run();
    sqlite_ = open_sqlite({.file = folder_.file(), .checkpoint_pages = 10, .wal_pages_max = 40},
                          executor_);
  }

  std::string random_text() {
    std::string text;
    for (int length = below(10) == 0 ? below(9'000) : below(60); length > 0; --length) {
      text += static_cast<char>(below(256));
    }
    return text;
  }

  std::vector<Event> random_events() {
    const auto all = examples::every_event();
    std::vector<Event> events;
    for (int count = 1 + below(4); count > 0; --count) {
      if (below(2) == 0) {
        events.push_back(examples::spoke(std::to_string(below(1000)), random_text()));
      } else {
        events.push_back(all[below(static_cast<int>(all.size()))]);
      }
    }
    return events;
  }

  service::Append random_append() {
    const ConversationId conversation{1 + below(kNumbers)};
    int expected = lengths_[conversation.value];
    if (below(5) == 0) expected += below(5) - 2;  // somebody was faster, or a mistake
    Row row{std::nullopt, static_cast<Owner>(below(4)), Seq{below(3) == 0 ? expected + 1 : 0}};
    if (below(3) > 0) row.controller = MunicipalityId{below(2) == 0 ? "osteroy" : "modalen"};
    auto request = append_of(conversation, std::max(expected, 0), random_events(), row);
    request.at = at_second(below(10'000));
    return request;
  }

  static void expect_same(const AppendOutcome& here, const AppendOutcome& there) {
    ASSERT_EQ(here.index(), there.index());
    if (appended(here)) {
      ASSERT_EQ(std::get<service::Appended>(here).last, std::get<service::Appended>(there).last);
    }
  }

  void note(const service::Append& request, const AppendOutcome& outcome) {
    if (appended(outcome)) {
      lengths_[request.conversation.value] =
          static_cast<int>(std::get<service::Appended>(outcome).last.value);
    }
  }

  void append_batch() {
    std::vector<Answer<AppendOutcome>> here, there;
    std::vector<service::Append> requests;
    for (int count = 1 + below(8); count > 0; --count) {
      requests.push_back(random_append());
      sqlite_->append(requests.back(), here.emplace_back().callback());
      memory_.append(requests.back(), there.emplace_back().callback());
    }
    for (std::size_t index = 0; index < requests.size(); ++index) {
      const auto outcome = there[index].wait(executor_);
      expect_same(here[index].wait(executor_), outcome);
      note(requests[index], outcome);
    }
  }

  void erase() {
    Erasure request{random_append(), {}, below(3) == 0};
    for (int count = below(4); count > 0; --count) request.seqs.push_back(Seq{below(30)});
    const auto outcome = memory().erase(request);
    expect_same(sqlite().erase(request), outcome);
    note(request.append, outcome);
  }

  // The numbers are drawn, so the two stores agree on which contacts are one, not on the number.
  void create() {
    const std::string contact = "telegram:" + std::to_string(below(6));
    const auto here = sqlite().create(contact, at_second(0));
    const auto there = memory().create(contact, at_second(0));
    const auto [known, fresh] = contacts_.emplace(here, there);
    ASSERT_EQ(known->second, there);
    if (!fresh) return;
    const auto request = append_of(here, 0, random_events());
    auto same = request;
    same.conversation = there;
    expect_same(sqlite().append(request), memory().append(same));
  }

  void compare(ConversationId conversation, Seq after) {
    ASSERT_EQ(sqlite().load(conversation, after), memory().load(conversation, after));
  }
  void compare_load() { compare(ConversationId{1 + below(kNumbers)}, Seq{below(20)}); }

  void compare_page() {
    const Position after{below(300)};
    const auto here = sqlite().read_all(after, 50);
    const auto there = memory().read_all(after, 50);
    ASSERT_EQ(here.size(), there.size());
    for (std::size_t index = 0; index < here.size(); ++index) {
      ASSERT_EQ(here[index].position, there[index].position);
      ASSERT_EQ(here[index].recorded, there[index].recorded);
    }
  }

  void compare_found() {
    expect_same_entries(sqlite().find_answer_due(), memory().find_answer_due());
    for (const Owner owner : {Owner::bot, Owner::queue, Owner::agent}) {
      const Time latest = at_second(below(10'000));
      expect_same_entries(sqlite().find_owned(owner, latest), memory().find_owned(owner, latest));
    }
  }

  // Conversations of contacts have other numbers in the two stores.
  static void expect_same_entries(Entries here, Entries there) {
    const auto other = [](const auto& entry) { return entry.conversation.value > kNumbers; };
    ASSERT_EQ(here.size(), there.size());
    std::erase_if(here, other);
    std::erase_if(there, other);
    ASSERT_EQ(here.size(), there.size());
    for (std::size_t index = 0; index < here.size(); ++index) {
      ASSERT_EQ(here[index].conversation, there[index].conversation);
      ASSERT_EQ(here[index].last_seq, there[index].last_seq);
      ASSERT_EQ(here[index].last_at, there[index].last_at);
      ASSERT_EQ(here[index].row, there[index].row);
    }
  }

  std::mt19937 random_;
  DataFolder folder_;
  fakes::ManualExecutor executor_;
  MemoryEventStore memory_{executor_};
  std::unique_ptr<SqliteEventStore> sqlite_;
  std::map<std::int64_t, int> lengths_;
  std::map<ConversationId, ConversationId> contacts_;
};

TEST(StoreModel, IsTheSameInSqliteAsInMemory) {
  const auto seed = static_cast<unsigned>(number_from("SVAR_SEED", std::random_device{}()));
  const unsigned long steps = number_from("SVAR_STEPS", 400);
  std::cout << "SVAR_SEED=" << seed << " SVAR_STEPS=" << steps << std::endl;
  SCOPED_TRACE("SVAR_SEED=" + std::to_string(seed));
  Model model(seed);
  for (unsigned long step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    model.step();
  }
  model.compare_all();
}

}  // namespace
}  // namespace svar::store
