#include "tests/proofs/disk/served_messages.h"

#include <algorithm>
#include <set>

#include "tests/engine/scripted_answering.h"
#include "tests/proofs/disk/awaited.h"
#include "tests/proofs/disk/integrity.h"

namespace svar::proofs {
namespace {

using service::Append;
using service::AppendOutcome;
using service::StoreError;

const Time kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12}};

// Passes everything on; when `careless`, an append that failed is reported as done.
class PerhapsCarelessStore : public service::EventStore {
 public:
  PerhapsCarelessStore(service::EventStore& inner, bool careless)
      : inner_(inner), careless_(careless) {}
  void append(Append request,
              std::function<void(Result<AppendOutcome, StoreError>)> done) override {
    const Seq last = request.events->back().seq;
    inner_.append(std::move(request), [this, last, done = std::move(done)](auto result) {
      if (!result && careless_) return done(AppendOutcome{service::Appended{last}});
      done(std::move(result));
    });
  }
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, StoreError>)> done) override {
    inner_.create(std::move(key), at, std::move(done));
  }
  void load(ConversationId id, Seq after,
            std::function<void(Result<std::vector<Recorded>, StoreError>)> done) override {
    inner_.load(id, after, std::move(done));
  }
  void read_all(
      Position after, std::size_t count_max,
      std::function<void(Result<std::vector<service::LoggedEvent>, StoreError>)> done) override {
    inner_.read_all(after, count_max, std::move(done));
  }
  void erase(service::Erasure request,
             std::function<void(Result<AppendOutcome, StoreError>)> done) override {
    inner_.erase(std::move(request), std::move(done));
  }

 private:
  service::EventStore& inner_;
  const bool careless_;
};

// Small, so that checkpoints and restarts of the write-ahead log come within a few messages.
store::SqliteOptions small_log(const std::filesystem::path& file) {
  return {.file = file,
          .lock_patience = std::chrono::milliseconds{50},
          .checkpoint_pages = 5,
          .wal_pages_max = 20};
}

}  // namespace

SentMessage& History::add(ConversationId conversation, int number) {
  const std::string id = "m" + std::to_string(number);
  messages_.push_back(std::make_unique<SentMessage>(
      SentMessage{conversation, id, "words of " + id + std::string(700, '.'), std::nullopt}));
  return *messages_.back();
}

SentMessage& History::add_deletion(ConversationId conversation, int number) {
  messages_.push_back(std::make_unique<SentMessage>(
      SentMessage{conversation, "d" + std::to_string(number), "", std::nullopt}));
  return *messages_.back();
}

bool History::is_deleted(ConversationId conversation) const {
  return std::ranges::any_of(messages_, [&](const auto& message) {
    return message->conversation == conversation && message->text.empty() && message->acknowledged;
  });
}

std::vector<std::string> History::deleted_words() const {
  std::vector<std::string> words;
  for (const auto& message : messages_) {
    if (!message->text.empty() && is_deleted(message->conversation)) words.push_back(message->text);
  }
  return words;
}

std::size_t History::acknowledged() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      messages_, [](const auto& message) { return message->acknowledged.has_value(); }));
}

Fault History::compare(const std::filesystem::path& file) const {
  fakes::ManualExecutor executor;
  auto opened = store::SqliteEventStore::open({.file = file}, executor);
  if (!opened) return "does not open: " + opened.error().what;
  std::set<ConversationId> conversations;
  for (const auto& message : messages_) conversations.insert(message->conversation);
  for (const ConversationId conversation : conversations) {
    const auto read = awaited<std::vector<Recorded>>(
        executor, [&](auto done) { (*opened)->load(conversation, {}, std::move(done)); });
    if (!read) return "cannot be read: " + read.error().what;
    if (auto fault = compare(conversation, *read)) return fault;
  }
  return integrity_fault(file);
}

Fault History::compare(ConversationId conversation, const std::vector<Recorded>& read) const {
  const bool deleted = is_deleted(conversation);
  std::map<std::string, const Recorded*> stored;
  std::int64_t seq = 0;
  for (const Recorded& one : read) {
    if (one.seq.value != ++seq) return "a gap before seq " + std::to_string(one.seq.value);
    const auto* spoke = std::get_if<CitizenSpoke>(&one.event);
    if (spoke == nullptr) continue;
    if (deleted && !spoke->text.empty()) return spoke->id.value + " is there though it was deleted";
    if (!stored.emplace(spoke->id.value, &one).second) return spoke->id.value + " is stored twice";
  }
  for (const auto& message : messages_) {
    if (message->conversation != conversation || !message->acknowledged) continue;
    if (message->text.empty()) continue;
    const auto found = stored.find(message->id);
    if (found == stored.end()) return message->id + " was acknowledged and is lost";
    const auto& spoke = std::get<CitizenSpoke>(found->second->event);
    if (!deleted && spoke.text != message->text) return message->id + " has other words";
    if (found->second->seq != *message->acknowledged) return message->id + " has another seq";
  }
  return std::nullopt;
}

struct Service::Parts {
  Parts(std::unique_ptr<fakes::ManualExecutor> running,
        std::unique_ptr<store::SqliteEventStore> opened, bool careless)
      : executor(std::move(running)), sqlite(std::move(opened)), store(*sqlite, careless) {}

  fakes::ManualClock clock{kNoon};
  std::unique_ptr<fakes::ManualExecutor> executor;
  std::unique_ptr<store::SqliteEventStore> sqlite;
  PerhapsCarelessStore store;
  std::shared_ptr<const engine::Release> release =
      std::make_shared<const engine::Release>(fakes::scripted_release());
  service::Conversations conversations{store, *executor, clock, [this] { return release; },
                                       service::Conversations::Limits{}};
};

Result<std::unique_ptr<Service>, StoreError> Service::start(const std::filesystem::path& file,
                                                            Store kind) {
  auto executor = std::make_unique<fakes::ManualExecutor>();
  auto opened = store::SqliteEventStore::open(small_log(file), *executor);
  if (!opened) return Failure{opened.error()};
  return std::unique_ptr<Service>(new Service(std::make_unique<Parts>(
      std::move(executor), std::move(*opened), kind == Store::ignores_errors)));
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() {
  parts_->sqlite.reset();
  parts_->executor->run();
}

service::SubmitOutcome Service::send(const SentMessage& message) {
  std::optional<service::SubmitOutcome> outcome;
  const Opening opening{SiteId{"osteroy"}, Language::nn, "webchat", "", ""};
  const Input input = message.text.empty() ? Input{CitizenDeletes{{message.id}}}
                                           : Input{CitizenSays{{message.id}, message.text}};
  parts_->conversations.submit(message.conversation, opening, input,
                               service::Acceptance::with_outcome,
                               [&](service::SubmitOutcome given) { outcome = std::move(given); });
  parts_->executor->run_until([&] { return outcome.has_value(); });
  if (outcome) return *outcome;
  return service::Refused{service::RefusalCode::overloaded, "never answered", 0};
}

}  // namespace svar::proofs
