// A store of each kind behind one face, calls that wait for their completion, and a data folder
// that goes away.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "bot/store/memory_event_store.h"
#include "bot/store/sqlite_event_store.h"
#include "tests/service/fakes.h"
#include "tests/store/example_events.h"

namespace svar::store {

// An empty folder below the system's temporary folder, removed at the end.
class DataFolder {
 public:
  DataFolder();
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  std::filesystem::path file() const { return path_ / "svarsentral.db"; }
  const std::filesystem::path& path() const { return path_; }
  // Names of the files whose bytes hold `word`.
  std::vector<std::string> files_with(const std::string& word) const;

 private:
  std::filesystem::path path_;
};

std::unique_ptr<SqliteEventStore> open_sqlite(SqliteOptions options, service::Executor& executor);

// Waits for one completion, draining the executor.
template <class Value>
class Answer {
 public:
  std::function<void(Result<Value, service::StoreError>)> callback() {
    return [held = held_](Result<Value, service::StoreError> result) {
      ++held->times;
      held->result.emplace(std::move(result));
    };
  }
  bool arrived() const { return held_->result.has_value(); }
  int times() const { return held_->times; }
  const Result<Value, service::StoreError>& result() const { return *held_->result; }
  Value wait(fakes::ManualExecutor& executor) {
    EXPECT_TRUE(executor.run_until([&] { return arrived(); })) << "no completion came";
    if (!arrived() || !result()) {
      ADD_FAILURE() << (arrived() ? result().error().what : "nothing");
      return Value{};
    }
    return result().value();
  }

 private:
  struct Held {
    int times = 0;
    std::optional<Result<Value, service::StoreError>> result;
  };
  std::shared_ptr<Held> held_ = std::make_shared<Held>();
};

using Entries = std::vector<service::ConversationDirectory::Entry>;

// The store's methods as calls that wait. Failures of the store fail the test.
template <class Store>
class Calls {
 public:
  Calls(Store& store, fakes::ManualExecutor& executor) : store_(store), executor_(executor) {}

  service::AppendOutcome append(service::Append request) {
    Answer<service::AppendOutcome> answer;
    store_.append(std::move(request), answer.callback());
    return answer.wait(executor_);
  }
  service::AppendOutcome erase(service::Erasure request) {
    Answer<service::AppendOutcome> answer;
    store_.erase(std::move(request), answer.callback());
    return answer.wait(executor_);
  }
  ConversationId create(const std::string& contact, Time at) {
    Answer<ConversationId> answer;
    store_.create(contact, at, answer.callback());
    return answer.wait(executor_);
  }
  std::vector<Recorded> load(ConversationId conversation, Seq after = {}) {
    Answer<std::vector<Recorded>> answer;
    store_.load(conversation, after, answer.callback());
    return answer.wait(executor_);
  }
  std::vector<service::LoggedEvent> read_all(Position after = {}, std::size_t count_max = 100'000) {
    Answer<std::vector<service::LoggedEvent>> answer;
    store_.read_all(after, count_max, answer.callback());
    return answer.wait(executor_);
  }
  Entries find_answer_due() {
    Answer<Entries> answer;
    store_.find_answer_due(answer.callback());
    return answer.wait(executor_);
  }
  Entries find_closed(const char* controller, service::Involved who, Time last_at_max,
                      std::size_t count_max) {
    Answer<Entries> answer;
    store_.find_closed(MunicipalityId{controller}, who, last_at_max, count_max, answer.callback());
    return answer.wait(executor_);
  }
  Entries find_owned(Owner owner, Time last_at_max) {
    Answer<Entries> answer;
    store_.find_owned(owner, last_at_max, answer.callback());
    return answer.wait(executor_);
  }

 private:
  Store& store_;
  fakes::ManualExecutor& executor_;
};

// 2026-11-23 12:00 UTC and so many seconds.
Time at_second(int second);

service::Append append_of(ConversationId conversation, int expected, std::vector<Event> events,
                          service::Row row = {MunicipalityId{"osteroy"}, Owner::bot, {}});

// Text of the events, one each, in order.
std::vector<std::string> texts_of(const std::vector<Recorded>& events);

inline bool appended(const service::AppendOutcome& outcome) {
  return std::holds_alternative<service::Appended>(outcome);
}
inline bool conflicted(const service::AppendOutcome& outcome) {
  return std::holds_alternative<service::Conflict>(outcome);
}

}  // namespace svar::store
