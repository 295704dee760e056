#include "bot/store/sqlite_event_store.h"

#include <thread>

#include "bot/store/checkpointer.h"
#include "bot/store/commit_loop.h"
#include "bot/store/log_schema.h"
#include "bot/store/read_loop.h"

namespace svar::store {
namespace {

using service::StoreError;
using std::chrono::milliseconds;

constexpr milliseconds kOpenWait{10'000};

// Some locks are refused at once, busy timeout or not: while another process recovers the log, or
// turns it on.
template <class Call>
Result<Done, SqliteError> while_busy(Call call) {
  const auto deadline = std::chrono::steady_clock::now() + kOpenWait;
  while (true) {
    Result<Done, SqliteError> result = call();
    if (result || !result.error().busy()) return result;
    if (std::chrono::steady_clock::now() > deadline) return result;
    std::this_thread::sleep_for(milliseconds{5});
  }
}

Result<Connection, SqliteError> open_writer(const SqliteOptions& options) {
  std::error_code ignored;  // the file cannot be opened then, and says why
  const auto folder = options.file.parent_path();
  if (!folder.empty() && std::filesystem::create_directories(folder, ignored)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
  }
  auto connection = Connection::open(options.file, OpenMode::create);
  if (!connection) return connection;
  connection->set_busy_timeout(kOpenWait);
  auto durable = while_busy([&] { return use_durable_settings(*connection); });
  if (!durable) return Failure{durable.error()};
  auto migrated = while_busy([&] { return migrate(*connection, kLogSchema); });
  if (!migrated) return Failure{migrated.error()};
  auto limited = connection->execute(
      "PRAGMA journal_size_limit=" + std::to_string(std::int64_t{options.wal_pages_max} * 4096) +
      "; PRAGMA cache_size=-16384");
  if (!limited) return Failure{limited.error()};
  // An erasure may have been committed just before a crash. A process that reads may stand in the
  // way: then the words go with its next checkpoint.
  connection->set_busy_timeout(milliseconds{100});
  auto truncated = connection->checkpoint(Connection::Checkpoint::truncate);
  if (!truncated && !truncated.error().busy()) return Failure{truncated.error()};
  return connection;
}

Result<Connection, SqliteError> open_beside(const SqliteOptions& options,
                                            const std::string& pragmas) {
  auto connection = Connection::open(options.file, OpenMode::write);
  if (!connection) return connection;
  connection->set_busy_timeout(kOpenWait);
  auto set = connection->execute(pragmas);
  if (!set) return Failure{set.error()};
  return connection;
}

}  // namespace

// Destroyed from the last to the first: what is pending is written and read before the checkpointer
// goes.
struct SqliteEventStore::Threads {
  std::unique_ptr<Checkpointer> checkpointer;
  std::unique_ptr<ReadLoop> reads;
  std::unique_ptr<CommitLoop> commits;
};

Result<std::unique_ptr<SqliteEventStore>, StoreError> SqliteEventStore::open(
    SqliteOptions options, service::Executor& executor) {
  const auto refused = [&](const std::string& what) {
    return Failure{StoreError{"cannot open " + options.file.string() + ": " + what}};
  };
  auto writing = open_writer(options);
  if (!writing) return refused(writing.error().what);
  auto reading = open_beside(options, "PRAGMA query_only=ON; PRAGMA cache_size=-8192");
  if (!reading) return refused(reading.error().what);
  auto copying = open_beside(options, "PRAGMA synchronous=FULL");
  if (!copying) return refused(copying.error().what);

  auto threads = std::make_unique<Threads>();
  threads->checkpointer =
      std::make_unique<Checkpointer>(std::move(*copying), options.checkpoint_pages);
  auto reads = ReadLoop::start(std::move(*reading), executor);
  if (!reads) return refused(reads.error().what);
  threads->reads = std::move(*reads);
  auto commits = CommitLoop::start(std::move(*writing), *threads->checkpointer, executor,
                                   {options.lock_patience, options.wal_pages_max});
  if (!commits) return refused(commits.error().what);
  threads->commits = std::move(*commits);
  return std::unique_ptr<SqliteEventStore>(new SqliteEventStore(std::move(threads)));
}

SqliteEventStore::SqliteEventStore(std::unique_ptr<Threads> threads)
    : threads_(std::move(threads)) {}

SqliteEventStore::~SqliteEventStore() = default;

void SqliteEventStore::append(
    service::Append request, std::function<void(Result<service::AppendOutcome, StoreError>)> done) {
  threads_->commits->submit(AppendJob{std::move(request), std::move(done)});
}

void SqliteEventStore::create(std::string contact_key, Time at,
                              std::function<void(Result<ConversationId, StoreError>)> done) {
  threads_->commits->submit(CreateJob{{std::move(contact_key), at}, std::move(done)});
}

void SqliteEventStore::erase(service::Erasure request,
                             std::function<void(Result<service::AppendOutcome, StoreError>)> done) {
  threads_->commits->submit(EraseJob{std::move(request), std::move(done)});
}

void SqliteEventStore::copy(std::filesystem::path to,
                            std::function<bool(int pages_done, int pages)> told,
                            std::function<void(Result<Done, StoreError>)> done) {
  threads_->commits->copy({std::move(to), std::move(told), std::move(done)});
}

void SqliteEventStore::write(std::function<Result<Done, SqliteError>(Connection&)> task,
                             std::function<void(Result<Done, StoreError>)> done) {
  threads_->commits->submit(TaskJob{std::move(task), std::move(done)});
}

namespace {

// `read` runs on the reading thread, `done` with its result on the executor.
template <class Read, class Callback>
ReadLoop::Job read_job(Read read, Callback done) {
  return [read = std::move(read), done = std::move(done)](LogReader& reader) {
    using Outcome = decltype(read(reader));
    auto outcome = std::make_shared<Outcome>(read(reader));
    return std::function<void()>([outcome, done] { done(std::move(*outcome)); });
  };
}

}  // namespace

void SqliteEventStore::load(ConversationId conversation, Seq after,
                            std::function<void(Result<std::vector<Recorded>, StoreError>)> done) {
  threads_->reads->submit(read_job(
      [=](LogReader& reader) { return reader.load(conversation, after); }, std::move(done)));
}

void SqliteEventStore::read_all(
    Position after, std::size_t count_max,
    std::function<void(Result<std::vector<service::LoggedEvent>, StoreError>)> done) {
  threads_->reads->submit(read_job(
      [=](LogReader& reader) { return reader.read_all(after, count_max); }, std::move(done)));
}

void SqliteEventStore::find_answer_due(
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  threads_->reads->submit(
      read_job([](LogReader& reader) { return reader.find_answer_due(); }, std::move(done)));
}

void SqliteEventStore::find_owned(
    Owner owner, Time last_at_max,
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  threads_->reads->submit(read_job(
      [=](LogReader& reader) { return reader.find_owned(owner, last_at_max); }, std::move(done)));
}

void SqliteEventStore::find_closed(
    MunicipalityId controller, service::Involved who, Time last_at_max, std::size_t count_max,
    std::function<void(Result<std::vector<Entry>, StoreError>)> done) {
  threads_->reads->submit(read_job(
      [=, controller = std::move(controller)](LogReader& reader) {
        return reader.find_closed(controller, who, last_at_max, count_max);
      },
      std::move(done)));
}

}  // namespace svar::store
