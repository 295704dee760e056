#include "bot/store/memory_event_store.h"

#include <algorithm>
#include <memory>

#include "bot/store/conversation_number.h"
#include "bot/store/event_codec.h"

namespace svar::store {

using service::Append;
using service::Appended;
using service::AppendOutcome;
using service::Conflict;
using service::Erasure;
using service::LoggedEvent;
using service::StoreError;

template <class Done, class Value>
void MemoryEventStore::post(Done done, Value value) {
  executor_.post([done = std::move(done), value = std::make_shared<Value>(std::move(value))] {
    done(std::move(*value));
  });
}

AppendOutcome MemoryEventStore::append_now(Append request) {
  const auto found = logs_.find(request.conversation);
  const std::size_t count = found == logs_.end() ? 0 : found->second.events.size();
  if (request.expected.value != static_cast<std::int64_t>(count)) return Conflict{};

  Log& log = logs_[request.conversation];
  for (const Recorded& recorded : *request.events) {
    const Position position{static_cast<std::int64_t>(all_.size()) + 1};
    log.events.push_back(all_.size());
    all_.push_back({position, request.conversation, {recorded.seq, request.at, recorded.event}});
  }
  log.last_at = request.at;
  log.row = std::move(request.row);
  return Appended{Seq{static_cast<std::int64_t>(log.events.size())}};
}

void MemoryEventStore::append(Append request,
                              std::function<void(Result<AppendOutcome, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  post(std::move(done), Result<AppendOutcome, StoreError>(append_now(std::move(request))));
}

void MemoryEventStore::create(std::string contact_key, Time at,
                              std::function<void(Result<ConversationId, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  auto known = contacts_.find(contact_key);
  if (known == contacts_.end()) {
    ConversationId drawn = draw_conversation_number(at);
    while (logs_.contains(drawn)) drawn = draw_conversation_number(at);
    logs_[drawn].last_at = at;
    known = contacts_.emplace(std::move(contact_key), drawn).first;
  }
  post(std::move(done), Result<ConversationId, StoreError>(known->second));
}

void MemoryEventStore::load(ConversationId conversation, Seq after,
                            std::function<void(Result<std::vector<Recorded>, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  std::vector<Recorded> events;
  const auto found = logs_.find(conversation);
  if (found != logs_.end()) {
    for (const std::size_t index : found->second.events) {
      if (all_[index].recorded.seq > after) events.push_back(all_[index].recorded);
    }
  }
  post(std::move(done), Result<std::vector<Recorded>, StoreError>(std::move(events)));
}

void MemoryEventStore::read_all(
    Position after, std::size_t count_max,
    std::function<void(Result<std::vector<LoggedEvent>, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  std::vector<LoggedEvent> events;
  for (const LoggedEvent& event : all_) {
    if (events.size() == count_max) break;
    if (event.position > after) events.push_back(event);
  }
  post(std::move(done), Result<std::vector<LoggedEvent>, StoreError>(std::move(events)));
}

void MemoryEventStore::erase(Erasure request,
                             std::function<void(Result<AppendOutcome, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  const ConversationId conversation = request.append.conversation;
  const Seq expected = request.append.expected;
  const AppendOutcome outcome = append_now(std::move(request.append));
  if (std::holds_alternative<Appended>(outcome)) {
    for (const std::size_t index : logs_[conversation].events) {
      Recorded& recorded = all_[index].recorded;
      if (recorded.seq > expected) break;
      if (request.everything || std::ranges::count(request.seqs, recorded.seq) > 0) {
        clear_text(recorded.event);
      }
    }
  }
  post(std::move(done), Result<AppendOutcome, StoreError>(outcome));
}

template <class Wanted>
std::vector<service::ConversationDirectory::Entry> MemoryEventStore::find(Wanted wanted) const {
  std::vector<Entry> found;
  for (const auto& [conversation, log] : logs_) {
    if (!wanted(log)) continue;
    const Seq last{static_cast<std::int64_t>(log.events.size())};
    found.push_back({conversation, last, log.last_at, log.row});
  }
  std::ranges::stable_sort(found, {}, &Entry::last_at);
  return found;
}

void MemoryEventStore::find_answer_due(
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  auto found = find([](const Log& log) { return log.row.answer_due.value > 0; });
  post(std::move(done), Result<std::vector<Entry>, StoreError>(std::move(found)));
}

void MemoryEventStore::find_owned(
    Owner owner, Time last_at_max,
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  auto found = find([&](const Log& log) {
    return owner != Owner::none && log.row.owner == owner && log.last_at <= last_at_max;
  });
  post(std::move(done), Result<std::vector<Entry>, StoreError>(std::move(found)));
}

void MemoryEventStore::find_closed(
    MunicipalityId controller, service::Involved who, Time last_at_max, std::size_t count_max,
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  std::lock_guard lock(mutex_);
  auto found = find([&](const Log& log) {
    return log.row.owner == Owner::none && log.row.controller == controller &&
           log.row.with_agent == (who == service::Involved::agent) && log.last_at <= last_at_max;
  });
  if (found.size() > count_max) found.resize(count_max);
  post(std::move(done), Result<std::vector<Entry>, StoreError>(std::move(found)));
}

}  // namespace svar::store
