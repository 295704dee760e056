#include "tests/proofs/take_over/node.h"

#include <future>
#include <stdexcept>

namespace svar::proofs {

ThreadExecutor::ThreadExecutor() : thread_([this] { run(); }) {}

ThreadExecutor::~ThreadExecutor() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  posted_.notify_one();
  thread_.join();
}

void ThreadExecutor::post(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  posted_.notify_one();
}

void ThreadExecutor::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    posted_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

void WatchedStore::append(service::Append request, Done done) {
  const service::Append copy = request;
  inner_.append(std::move(request), [this, copy, done = std::move(done)](auto outcome) {
    if (!outcome || std::holds_alternative<service::Appended>(*outcome)) return done(outcome);
    ++conflicts;
    if (compare_ == CompareAndAppend::enabled) return done(outcome);
    append_at_the_end(copy, done);
  });
}

void WatchedStore::append_at_the_end(service::Append request, Done done) {
  inner_.load(request.conversation, Seq{}, [this, request, done](auto log) {
    std::vector<Event> events;
    for (const Recorded& recorded : *request.events) events.push_back(recorded.event);
    service::Append late = request;
    late.expected = Seq{static_cast<std::int64_t>(log.value().size())};
    late.events = service::new_events(late.expected, late.at, std::move(events));
    append(std::move(late), done);
  });
}

void WatchedStore::create(std::string key, Time at,
                          std::function<void(Result<ConversationId, service::StoreError>)> done) {
  inner_.create(std::move(key), at, std::move(done));
}

void WatchedStore::load(
    ConversationId id, Seq after,
    std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) {
  inner_.load(id, after, std::move(done));
}

void WatchedStore::read_all(
    Position after, std::size_t count_max,
    std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)> done) {
  inner_.read_all(after, count_max, std::move(done));
}

void WatchedStore::erase(service::Erasure request, Done done) {
  inner_.erase(std::move(request), std::move(done));
}

Node::Node(const std::filesystem::path& file, CompareAndAppend compare, const service::Clock& clock,
           service::Conversations::ReleaseSource release) {
  auto opened = store::SqliteEventStore::open({.file = file}, executor_);
  if (!opened) throw std::runtime_error(opened.error().what);
  store_ = std::move(*opened);
  watched_ = std::make_unique<WatchedStore>(*store_, compare);
  conversations_ = std::make_unique<service::Conversations>(
      *watched_, executor_, clock, std::move(release), service::Conversations::Limits{});
}

Node::~Node() = default;

std::vector<Recorded> Node::read(ConversationId conversation) {
  std::promise<std::vector<Recorded>> read;
  store_->load(conversation, Seq{}, [&](auto log) { read.set_value(std::move(log.value())); });
  return read.get_future().get();
}

}  // namespace svar::proofs
