#include "bot/store/erasure_keeper.h"

namespace svar::store {
namespace {

constexpr std::size_t kAtOnce = 1'000;

}  // namespace

Result<std::unique_ptr<ErasureKeeper>, SqliteError> ErasureKeeper::start(Options options) {
  // Not OpenMode::read: like every reader of a live file it may have to make the shared memory.
  auto connection = Connection::open(options.log, OpenMode::write);
  if (!connection) return Failure{connection.error()};
  connection->set_busy_timeout(std::chrono::seconds{10});
  auto set = connection->execute("PRAGMA query_only=ON; PRAGMA cache_size=-256");
  if (!set) return Failure{set.error()};
  return std::unique_ptr<ErasureKeeper>(
      new ErasureKeeper(std::move(options), std::move(*connection)));
}

ErasureKeeper::ErasureKeeper(Options options, Connection connection)
    : options_(std::move(options)),
      connection_(std::move(connection)),
      thread_([this] { run(); }) {}

ErasureKeeper::~ErasureKeeper() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  thread_.join();
}

void ErasureKeeper::look() {
  {
    std::lock_guard lock(mutex_);
    look_ = true;
  }
  asked_.notify_one();
}

void ErasureKeeper::run() {
  bool last_round = false;
  while (!last_round) {
    {
      std::unique_lock lock(mutex_);
      asked_.wait_for(lock, options_.every, [this] { return look_ || stopping_; });
      look_ = false;
      last_round = stopping_;
    }
    report(list_new());
  }
}

std::optional<std::string> ErasureKeeper::list_new() {
  if (!listed_) {
    if (auto why = begin()) return why;
  }
  while (true) {
    auto erasures = find_erasures(connection_, *listed_, kAtOnce);
    if (!erasures) return "the log cannot be read: " + erasures.error().what;
    if (erasures->empty()) break;
    if (auto why = append_erasures(options_.list, *erasures)) return why->what;
    listed_ = erasures->back().position;
    listed_up_to_ = listed_->value;
    if (options_.beside_backups.empty() || !whole_) continue;
    if (auto why = append_erasures(options_.beside_backups, *erasures)) {
      whole_ = false;
      return why->what;
    }
  }
  return whole_ || options_.beside_backups.empty() ? std::nullopt : make_whole();
}

std::optional<std::string> ErasureKeeper::begin() {
  auto list = read_erasure_list(options_.list);
  if (!list) return list.error().what;
  listed_ = list->last;
  listed_up_to_ = list->last.value;
  return std::nullopt;
}

// Adds to the list beside the backups what only the data folder's has. The other way round nothing
// is added: there may be the erasures of another data folder in it.
std::optional<std::string> ErasureKeeper::make_whole() {
  auto ours = read_erasure_list(options_.list);
  if (!ours) return ours.error().what;
  auto why = append_missing_erasures(options_.beside_backups, std::move(ours->erasures));
  if (why) return why->what;
  whole_ = true;
  return std::nullopt;
}

void ErasureKeeper::report(const std::optional<std::string>& why) {
  if (why && !failing_ && options_.failed) options_.failed(*why);
  failing_ = why.has_value();
}

}  // namespace svar::store
