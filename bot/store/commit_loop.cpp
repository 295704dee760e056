#include "bot/store/commit_loop.h"

#include <sqlite3.h>

#include <algorithm>

namespace svar::store {
namespace {

using service::Appended;
using service::AppendOutcome;
using service::StoreError;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLockWait{1'000};      // of one attempt to begin
constexpr milliseconds kReaderWait{100};      // of one attempt to empty the write-ahead log
constexpr milliseconds kStoppingWait{2'000};  // of all attempts once the store is being closed

// A copy takes a third of a millisecond a step, and leaves the disk to the commits most of the
// time.
constexpr int kCopyPages = 64;
constexpr milliseconds kCopyPause{2};

void encode_job(AnyWriteJob& any) {
  std::visit(
      []<class Job>(Job& job) {
        if constexpr (std::same_as<Job, CreateJob> || std::same_as<Job, TaskJob>) {
          job.encoded = std::move(job.given);
        } else {
          job.encoded = encode(std::move(job.given));
        }
      },
      any);
}

void fail_job(AnyWriteJob& any, const std::string& what) {
  std::visit([&](auto& job) { job.outcome.emplace(Failure{StoreError{what}}); }, any);
}

bool is_committed_erasure(const AnyWriteJob& any) {
  const auto* job = std::get_if<EraseJob>(&any);
  return job != nullptr && job->outcome->has_value() &&
         std::holds_alternative<Appended>(job->outcome->value());
}

}  // namespace

Result<std::unique_ptr<CommitLoop>, SqliteError> CommitLoop::start(Connection connection,
                                                                   Checkpointer& checkpointer,
                                                                   service::Executor& executor,
                                                                   Limits limits) {
  std::unique_ptr<CommitLoop> loop(
      new CommitLoop(std::move(connection), checkpointer, executor, limits));
  auto writer = LogWriter::open(loop->connection_);
  if (!writer) return Failure{writer.error()};
  loop->writer_.emplace(std::move(*writer));
  loop->thread_ = std::thread([raw = loop.get()] { raw->run(); });
  return loop;
}

CommitLoop::CommitLoop(Connection connection, Checkpointer& checkpointer,
                       service::Executor& executor, Limits limits)
    : connection_(std::move(connection)),
      checkpointer_(checkpointer),
      executor_(executor),
      limits_(limits) {
  connection_.set_busy_timeout(kLockWait);
  // Also switches off SQLite's own checkpoints, which would run inside a commit.
  sqlite3_wal_hook(
      connection_.handle(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &wal_pages_);
}

CommitLoop::~CommitLoop() {
  {
    std::lock_guard lock(inbox_->mutex);
    inbox_->stopping = true;
  }
  inbox_->changed.notify_one();
  if (thread_.joinable()) thread_.join();
}

void CommitLoop::submit(AnyWriteJob job) {
  bool ask = false;
  bool enough = false;
  {
    std::lock_guard lock(inbox_->mutex);
    inbox_->pending.push_back(std::move(job));
    enough = inbox_->pending.size() == kBatchMin;
    ask = !std::exchange(inbox_->round_end_asked, true);
  }
  if (enough) inbox_->changed.notify_one();
  if (!ask) return;
  // Behind everything that has come already, and may have something to write too.
  executor_.post([weak = std::weak_ptr(inbox_)] {
    const auto inbox = weak.lock();
    if (!inbox) return;
    {
      std::lock_guard lock(inbox->mutex);
      inbox->round_end_asked = false;
      inbox->round_ended = !inbox->pending.empty();
    }
    inbox->changed.notify_one();
  });
}

void CommitLoop::copy(CopyJob job) {
  {
    std::lock_guard lock(inbox_->mutex);
    inbox_->copies.push_back(std::move(job));
  }
  inbox_->changed.notify_one();
}

void CommitLoop::run() {
  while (auto jobs = take()) {
    for (AnyWriteJob& job : *jobs) encode_job(job);
    if (!jobs->empty()) commit(*jobs);
    relieve_wal();
    publish(std::move(*jobs));
    copy_some_pages();
  }
  give_up_copies();
  const auto deadline = steady_clock::now() + kStoppingWait;
  while (words_in_wal_ && !truncate_wal() && steady_clock::now() < deadline) continue;
  Jobs completed;
  for (WaitingErasure& erasure : waiting_) erasure.deadline = SteadyTime::min();
  finish_erasures(completed);
  post(std::move(completed));
}

// What to do next; no jobs at all when it is only time to try again to empty the write-ahead log.
// Nothing when the loop is to end.
std::optional<CommitLoop::Jobs> CommitLoop::take() {
  Inbox& inbox = *inbox_;
  std::unique_lock lock(inbox.mutex);
  const auto called = [&] {
    return inbox.stopping || inbox.has_batch() || (!copying_ && !inbox.copies.empty());
  };
  if (copying_) {
    inbox.changed.wait_for(lock, kCopyPause, called);
  } else if (words_in_wal_) {
    inbox.changed.wait_for(lock, kReaderWait, called);
  } else {
    inbox.changed.wait(lock, called);
  }
  if (inbox.pending.empty() && inbox.stopping) return std::nullopt;
  if (!inbox.has_batch()) return Jobs{};
  inbox.round_ended = false;
  return std::exchange(inbox.pending, {});
}

bool CommitLoop::stopping() {
  std::lock_guard lock(inbox_->mutex);
  return inbox_->stopping;
}

void CommitLoop::commit(std::span<AnyWriteJob> jobs) {
  auto fault = try_to_commit(jobs);
  if (!fault) return;
  end_process_if_unsynced(fault->error);
  if (fault->stage == Stage::statement && jobs.size() > 1) {
    // Nothing of the batch is stored. One of them may be impossible to store: let it fail alone.
    for (AnyWriteJob& job : jobs) commit({&job, 1});
    return;
  }
  for (AnyWriteJob& job : jobs) fail_job(job, "cannot write the log: " + fault->error.what);
}

std::optional<CommitLoop::Fault> CommitLoop::try_to_commit(std::span<AnyWriteJob> jobs) {
  auto begun = begin_patiently();
  if (!begun) return Fault{Stage::begin, begun.error()};
  for (AnyWriteJob& any : jobs) {
    std::optional<SqliteError> error;
    std::visit(
        [&](auto& job) {
          auto performed = writer_->perform(*job.encoded);
          if (performed) {
            job.outcome.emplace(std::move(*performed));
          } else {
            error = performed.error();
          }
        },
        any);
    if (error) {
      writer_->rollback();
      return Fault{Stage::statement, std::move(*error)};
    }
  }
  auto committed = writer_->commit();
  if (committed) return std::nullopt;
  writer_->rollback();
  return Fault{Stage::commit, committed.error()};
}

Result<Done, SqliteError> CommitLoop::begin_patiently() {
  const auto started = steady_clock::now();
  while (true) {
    auto begun = writer_->begin();
    if (begun || !begun.error().busy()) return begun;
    const auto patience = stopping() ? kStoppingWait : limits_.lock_patience;
    if (steady_clock::now() - started >= patience) return begun;
  }
}

void CommitLoop::relieve_wal() {
  checkpointer_.wal_grew_to(wal_pages_);
  if (wal_pages_ <= limits_.wal_pages_max) return;
  // Commits come faster than the checkpointer copies. With all copied, the next commit starts the
  // log anew.
  auto alone = checkpointer_.pause();
  auto copied = connection_.checkpoint(Connection::Checkpoint::passive);
  if (!copied) end_process_if_unsynced(copied.error());
}

void CommitLoop::publish(Jobs jobs) {
  words_in_wal_ = words_in_wal_ || std::ranges::any_of(jobs, is_committed_erasure);
  if (!words_in_wal_ || truncate_wal()) {
    Jobs completed;
    finish_erasures(completed);
    std::ranges::move(jobs, std::back_inserter(completed));
    return post(std::move(completed));
  }
  const auto deadline = steady_clock::now() + limits_.lock_patience;
  Jobs completed;
  finish_erasures(completed);
  for (AnyWriteJob& job : jobs) {
    if (is_committed_erasure(job)) {
      waiting_.push_back({std::move(job), deadline});
    } else {
      completed.push_back(std::move(job));
    }
  }
  post(std::move(completed));
}

// True when the write-ahead log is empty afterwards.
bool CommitLoop::truncate_wal() {
  auto alone = checkpointer_.pause();
  connection_.set_busy_timeout(kReaderWait);
  auto truncated = connection_.checkpoint(Connection::Checkpoint::truncate);
  connection_.set_busy_timeout(kLockWait);
  if (!truncated) {
    end_process_if_unsynced(truncated.error());
    return false;
  }
  words_in_wal_ = false;
  wal_pages_ = 0;
  return true;
}

// Moves those that need not wait any longer to `completed`: all once the log is empty, else those
// whose time is out.
void CommitLoop::finish_erasures(Jobs& completed) {
  const auto now = steady_clock::now();
  std::erase_if(waiting_, [&](WaitingErasure& erasure) {
    if (words_in_wal_ && now < erasure.deadline) return false;
    if (words_in_wal_) {
      fail_job(erasure.job, "erased, but a reader keeps the words in the write-ahead log");
    }
    completed.push_back(std::move(erasure.job));
    return true;
  });
}

void CommitLoop::copy_some_pages() {
  if (!copying_) {
    std::lock_guard lock(inbox_->mutex);
    std::vector<CopyJob>& copies = inbox_->copies;
    if (copies.empty()) return;
    copying_.emplace(Copying{std::move(copies.front()), std::nullopt});
    copies.erase(copies.begin());
  }
  auto outcome = copy_step();
  if (!outcome) return;
  const CopyJob job = std::move(copying_->job);
  copying_.reset();
  job.done(std::move(*outcome));
}

// The outcome when this step was the last.
std::optional<Result<Done, StoreError>> CommitLoop::copy_step() {
  const auto failed = [](const std::string& what) {
    return Result<Done, StoreError>(Failure{StoreError{"cannot copy the log: " + what}});
  };
  if (!copying_->copy) {
    auto begun = DatabaseCopy::begin(connection_, copying_->job.to);
    if (!begun) return failed(begun.error().what);
    copying_->copy.emplace(std::move(*begun));
  }
  auto step = copying_->copy->step(kCopyPages);
  if (!step && step.error().busy()) return std::nullopt;  // the next round tries again
  if (!step) return failed(step.error().what);
  const bool wanted = copying_->job.told(copying_->copy->pages_done(), copying_->copy->pages());
  if (*step == Step::done) return Result<Done, StoreError>(Done{});
  if (!wanted) return failed("nobody waits for the copy any more");
  return std::nullopt;
}

void CommitLoop::give_up_copies() {
  if (copying_) {
    const CopyJob job = std::move(copying_->job);
    copying_.reset();
    job.done(Failure{StoreError{"the service is stopping"}});
  }
  std::vector<CopyJob> waiting;
  {
    std::lock_guard lock(inbox_->mutex);
    waiting.swap(inbox_->copies);
  }
  for (const CopyJob& job : waiting) job.done(Failure{StoreError{"the service is stopping"}});
}

void CommitLoop::post(Jobs jobs) {
  if (jobs.empty()) return;
  executor_.post([jobs = std::make_shared<Jobs>(std::move(jobs))] {
    for (AnyWriteJob& any : *jobs) {
      std::visit([](auto& job) { job.done(std::move(*job.outcome)); }, any);
    }
  });
}

}  // namespace svar::store
