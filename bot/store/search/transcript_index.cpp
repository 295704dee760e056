#include "bot/store/search/transcript_index.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "bot/store/log_reader.h"
#include "bot/store/search/search_rows.h"
#include "bot/store/search/search_schema.h"

namespace svar::store {
namespace {

using service::SearchError;

constexpr std::int64_t kEventsAtOnce = 500;

SearchError search_error(const std::string& what) {
  return {"search: " + what};
}

// What a portion of the log says of one conversation.
struct Touched {
  bool came_to_desk = false;
  bool rewritten = false;
};

struct Portion {
  std::map<ConversationId, Touched> conversations;
  LogPlace end;
  bool empty() const { return conversations.empty(); }
};

// Names and numbers alone: most of what happens never comes to the desk.
Result<Portion, SqliteError> read_portion(Connection& log, std::int64_t after) {
  auto query = log.prepare(
      "SELECT position, conversation, seq, name FROM log WHERE position>?1 ORDER BY position "
      "LIMIT ?2");
  if (!query) return Failure{query.error()};
  query->bind(after, kEventsAtOnce);
  Portion portion;
  while (true) {
    const auto step = query->step();
    if (!step) return Failure{step.error()};
    if (*step == Step::done) return portion;
    portion.end = {query->integer(0), query->integer(1), query->integer(2)};
    Touched& touched = portion.conversations[ConversationId{query->integer(1)}];
    const std::string_view name = query->text(3);
    touched.came_to_desk |= name == "HandoffRequested" || name == "AgentJoined";
    touched.rewritten |= name == "Redacted" || name == "Erased";
  }
}

// Whether the log still holds, at that position, what the index has read there.
Result<bool, SqliteError> stands_in(Connection& log, const LogPlace& place) {
  if (place.position == 0) return true;
  auto query = log.prepare("SELECT conversation, seq FROM log WHERE position=?1");
  if (!query) return Failure{query.error()};
  const auto step = query->bind(place.position).step();
  if (!step) return Failure{step.error()};
  const bool same = *step == Step::row && query->integer(0) == place.conversation &&
                    query->integer(1) == place.seq;
  query->reset();
  return same;
}

Result<Connection, SqliteError> open_index(const std::filesystem::path& file) {
  auto connection = Connection::open(file, OpenMode::create);
  if (!connection) return connection;
  connection->set_busy_timeout(std::chrono::seconds{5});
  if (auto set = use_durable_settings(*connection); !set) return Failure{set.error()};
  if (auto made = migrate(*connection, kSearchSchema); !made) return Failure{made.error()};
  // What a crash has left in the write-ahead log may be words that are gone.
  if (auto clean = connection->checkpoint(Connection::Checkpoint::truncate); !clean)
    return Failure{clean.error()};
  return connection;
}

void remove_index(const std::filesystem::path& file) {
  for (const char* end : {"", "-wal", "-shm"}) {
    std::error_code absent;
    std::filesystem::remove(file.string() + end, absent);
  }
}

// A file that can't be used, or that was made of another log, is removed: all of it can be read
// again.
Result<Connection, SqliteError> open_for(Connection& log, const std::filesystem::path& file) {
  if (auto index = open_index(file)) {
    const auto place = select_place(*index);
    const auto same = place ? stands_in(log, *place) : Result<bool, SqliteError>(false);
    if (!same) return Failure{same.error()};
    if (*same) return index;
  }
  remove_index(file);
  return open_index(file);
}

}  // namespace

struct TranscriptIndex::Impl {
  using Question = std::function<void(Connection&)>;  // posts its own answer

  Impl(Options options_in, service::Executor& executor_in, Connection log_in, Connection index_in)
      : options(std::move(options_in)),
        executor(executor_in),
        log(std::move(log_in)),
        index(std::move(index_in)) {}

  void ask(Question question) {
    {
      std::lock_guard lock(mutex);
      questions.push_back(std::move(question));
    }
    wake.notify_one();
  }

  void run() {
    bool last_round = false;
    while (!last_round) {
      {
        std::unique_lock lock(mutex);
        wake.wait_for(lock, options.every,
                      [this] { return look || stopping || !questions.empty(); });
        look = false;
        last_round = stopping;
      }
      answer_questions();
      if (!last_round) follow();
    }
  }

  void answer_questions() {
    std::deque<Question> asked;
    {
      std::lock_guard lock(mutex);
      asked.swap(questions);
    }
    for (const Question& question : asked) question(index);
  }

  void follow() {
    std::vector<std::function<void()>> told;
    {
      std::lock_guard lock(mutex);
      told.swap(readers);
    }
    while (true) {
      const auto more = read_on();
      const bool fails = !more;
      if (fails && !failing && options.failed) options.failed(more.error().what);
      failing = fails;
      if (fails || !*more) break;
      answer_questions();
      std::lock_guard lock(mutex);
      if (stopping) return;
    }
    for (auto& one : told) executor.post(std::move(one));
  }

  // One portion; false when there was nothing more.
  Result<bool, SqliteError> read_on() {
    const auto place = select_place(index);
    if (!place) return Failure{place.error()};
    auto portion = read_portion(log, place->position);
    if (!portion) return Failure{portion.error()};
    if (portion->empty()) return false;
    bool deleted = false;
    auto transaction = Transaction::begin(index);
    if (!transaction) return Failure{transaction.error()};
    for (const auto& [conversation, touched] : portion->conversations) {
      if (auto done = refresh(conversation, touched, deleted); !done) return Failure{done.error()};
    }
    if (deleted) {
      if (auto done = forget_deleted_words(index); !done) return Failure{done.error()};
    }
    if (auto done = update_place(index, portion->end); !done) return Failure{done.error()};
    if (auto done = transaction->commit(); !done) return Failure{done.error()};
    if (deleted) {
      auto clean = index.checkpoint(Connection::Checkpoint::truncate);
      if (!clean) return Failure{clean.error()};
    }
    return true;
  }

  Result<Done, SqliteError> refresh(ConversationId conversation, const Touched& touched,
                                    bool& deleted) {
    const auto indexed = select_indexed(index, conversation);
    if (!indexed) return Failure{indexed.error()};
    if (!*indexed && !touched.came_to_desk) return Done{};
    auto events = reader->load(conversation, Seq{});
    if (!events) return Failure{SqliteError{0, events.error().what}};
    const TranscriptFacts facts = facts_of(conversation, *events);
    const bool gone = facts.erased || !facts.at_desk;
    if (*indexed && (touched.rewritten || gone)) {
      deleted = true;
      auto done = gone ? delete_transcript(index, conversation) : delete_words(index, conversation);
      if (!done) return done;
    }
    if (gone) return Done{};
    const bool whole = !*indexed || touched.rewritten;
    return write_transcript(index, facts, whole ? Seq{} : **indexed);
  }

  const Options options;
  service::Executor& executor;
  Connection log;
  Connection index;
  std::optional<LogReader> reader;
  bool failing = false;

  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Question> questions;              // guarded by mutex
  std::vector<std::function<void()>> readers;  // guarded by mutex
  bool look = true;                            // guarded by mutex
  bool stopping = false;                       // guarded by mutex
  std::thread thread;                          // last: it uses all of the above
};

Result<std::unique_ptr<TranscriptIndex>, SearchError> TranscriptIndex::start(
    Options options, service::Executor& executor) {
  // Not OpenMode::read: like every reader of a live file it may have to make the shared memory.
  auto log = Connection::open(options.log, OpenMode::write);
  if (!log) return Failure{search_error(log.error().what)};
  log->set_busy_timeout(std::chrono::seconds{10});
  auto set = log->execute("PRAGMA query_only=ON; PRAGMA cache_size=-1024");
  if (!set) return Failure{search_error(set.error().what)};
  auto index = open_for(*log, options.file);
  if (!index) return Failure{search_error(index.error().what)};
  auto impl =
      std::make_unique<Impl>(std::move(options), executor, std::move(*log), std::move(*index));
  auto reader = LogReader::open(impl->log);
  if (!reader) return Failure{search_error(reader.error().what)};
  impl->reader = std::move(*reader);
  impl->thread = std::thread([raw = impl.get()] { raw->run(); });
  return std::unique_ptr<TranscriptIndex>(new TranscriptIndex(std::move(impl)));
}

TranscriptIndex::TranscriptIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TranscriptIndex::~TranscriptIndex() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_one();
  impl_->thread.join();
}

void TranscriptIndex::look() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->look = true;
  }
  impl_->wake.notify_one();
}

void TranscriptIndex::when_read(std::function<void()> done) {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->readers.push_back(std::move(done));
  }
  look();
}

void TranscriptIndex::find(
    service::TranscriptQuery query,
    std::function<void(Result<std::vector<service::FoundTranscript>, SearchError>)> done) {
  impl_->ask([&executor = impl_->executor, query = std::move(query),
              done = std::move(done)](Connection& index) {
    auto found = select_transcripts(index, query);
    executor.post([done, found = std::move(found)]() mutable {
      if (!found) return done(Failure{search_error(found.error().what)});
      done(std::move(*found));
    });
  });
}

void TranscriptIndex::choices(
    service::SearchableBy by,
    std::function<void(Result<service::SearchChoices, SearchError>)> done) {
  impl_->ask(
      [&executor = impl_->executor, by = std::move(by), done = std::move(done)](Connection& index) {
        auto found = select_choices(index, by);
        executor.post([done, found = std::move(found)]() mutable {
          if (!found) return done(Failure{search_error(found.error().what)});
          done(std::move(*found));
        });
      });
}

}  // namespace svar::store
