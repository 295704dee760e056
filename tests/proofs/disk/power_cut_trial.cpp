#include "tests/proofs/disk/power_cut_trial.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "bot/store/sqlite_event_store.h"
#include "tests/proofs/disk/awaited.h"
#include "tests/proofs/disk/disk_vfs.h"
#include "tests/proofs/disk/integrity.h"
#include "tests/proofs/disk/promised_log.h"
#include "tests/proofs/disk/turns.h"
#include "tests/proofs/disk/weakened_sqlite.h"
#include "tests/store/example_events.h"

namespace svar::proofs {
namespace {

using service::Append;
using service::AppendOutcome;
using service::Erasure;
using service::StoreError;

constexpr int kConversations = 6;
constexpr int kOperationsMax = 700;
constexpr int kOpeningOperations = 60;  // about what it takes to make the file
using Fault = std::optional<std::string>;

const Time kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{12}};

// When the power goes: after so many changes, at the next one of this kind.
struct Moment {
  enum class At { any, database_write, wal_restart, truncation, sync };
  std::uint64_t after;
  At at;
};

bool is_at(Moment::At at, const DiskOperation& next) {
  switch (at) {
    case Moment::At::any:
      return true;
    case Moment::At::database_write:
      return next.file == FileKind::database && next.call == DiskCall::write;
    case Moment::At::wal_restart:
      return next.file == FileKind::wal && next.call == DiskCall::write && next.at <= 32;
    case Moment::At::truncation:
      return next.call == DiskCall::truncate;
    case Moment::At::sync:
      return next.call == DiskCall::sync;
  }
  return true;
}

// The executor of a machine that may be off: what was posted while the power was on was
// acknowledged in time.
class PoweredExecutor : public service::Executor {
 public:
  explicit PoweredExecutor(const PowerCutDisk& disk) : disk_(disk) {}
  void post(std::function<void()> task) override {
    const bool in_time = disk_.powered();
    queue_.post([this, in_time, task = std::move(task)] {
      in_time_ = in_time;
      task();
    });
  }
  template <class Done>
  bool run_until(Done done) {
    return queue_.run_until(done);
  }
  void run() { queue_.run(); }
  bool in_time() const { return in_time_; }  // of the completion that runs

 private:
  const PowerCutDisk& disk_;
  fakes::ManualExecutor queue_;
  bool in_time_ = false;
};

class Trial {
 public:
  Trial(std::uint64_t seed, Breakage breakage, TrialFigures& figures)
      : random_(seed), breakage_(breakage), figures_(figures) {}

  Fault run() {
    // Being made is the most delicate time of a file's life.
    cut_while_made_ = below(8) == 0 || breakage_ == Breakage::removals_unsynced;
    for (int lives = cut_while_made_ ? 3 : 1 + below(3); lives > 0; --lives) {
      live_until_the_cut();
      if (fault_) return fault_;
      if (auto fault = check_survivors()) return fault;
    }
    figures_.erasures += promised_.erasures();
    return std::nullopt;
  }
  const DiskImage& survivors() const { return image_; }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  // While the machine is on.
  struct Life {
    PowerCutDisk& disk;
    PoweredExecutor executor{disk};
    std::unique_ptr<store::SqliteEventStore> store = nullptr;
    int answers_awaited = 0;
  };

  void live_until_the_cut() {
    PowerCutDisk disk(image_);
    disk.seed_losses(random_());
    if (breakage_ == Breakage::wal_syncs_ignored) disk.ignore_syncs_of({FileKind::wal});
    if (breakage_ == Breakage::removals_unsynced) disk.leave_removals_unsynced();
    cut_at_some_moment(disk);
    {
      DiskVfs vfs(disk, random_());
      vfs.pause_by([] { Turns::pause(); },
                   [](int microseconds) { Turns::sleep(std::chrono::microseconds{microseconds}); });
      const WeakenedSqlite weakened(weakness());
      Life life{disk};
      if (open(life)) {
        if (!disk.powered()) ++figures_.cuts_while_opening;
        while (disk.powered() && !fault_) take_a_step(life);
      }
      life.store.reset();
      life.executor.run();
    }
    disk.cut();
    image_ = disk.survivors();
    ++figures_.power_cuts;
    figures_.sectors.kept += disk.losses().kept;
    figures_.sectors.dropped += disk.losses().dropped;
    figures_.sectors.torn += disk.losses().torn;
  }

  WeakenedSqlite::Which weakness() const {
    switch (breakage_) {
      case Breakage::synchronous_off:
        return WeakenedSqlite::Which::all;
      case Breakage::checkpoint_synchronous_off:
        return WeakenedSqlite::Which::checkpointing;
      case Breakage::none:
      case Breakage::wal_syncs_ignored:
      case Breakage::removals_unsynced:
        return WeakenedSqlite::Which::none;
    }
    return WeakenedSqlite::Which::none;
  }

  void cut_at_some_moment(PowerCutDisk& disk) {
    using At = Moment::At;
    constexpr std::array kAt = {At::any,         At::any,        At::database_write,
                                At::wal_restart, At::truncation, At::sync};
    const bool early = cut_while_made_ ? image_.empty() : below(6) == 0;
    const int after = below(early ? kOpeningOperations : kOperationsMax);
    const At at = kAt[static_cast<std::size_t>(below(kAt.size()))];
    const Moment moment{static_cast<std::uint64_t>(after), early && cut_while_made_ ? At::any : at};
    disk.decide_by([this, moment, count = std::uint64_t{0},
                    unsynced_pages = false](const DiskOperation& next) mutable {
      ++count;
      const bool late = count > moment.after + kOperationsMax;
      const bool now = count > moment.after && (late || is_at(moment.at, next));
      if (now && unsynced_pages) ++figures_.cuts_in_checkpoint;
      if (now && is_at(At::wal_restart, next)) ++figures_.cuts_at_wal_restart;
      if (next.file == FileKind::database) unsynced_pages = next.call == DiskCall::write;
      return now ? PowerCutDisk::Verdict::cut : PowerCutDisk::Verdict::proceed;
    });
  }

  bool open(Life& life) {
    constexpr std::array kCheckpointPages = {3, 10, 40};
    constexpr std::array kWalPagesMax = {8, 20, 100, 400};
    auto opened = store::SqliteEventStore::open(
        {.file = kNowhere,
         .checkpoint_pages = kCheckpointPages[static_cast<std::size_t>(below(3))],
         .wal_pages_max = kWalPagesMax[static_cast<std::size_t>(below(4))]},
        life.executor);
    if (!opened) {
      fault_ = "the store does not open: " + opened.error().what;
      return false;
    }
    life.store = std::move(*opened);
    return true;
  }

  // Asks something of some idle conversations, and waits for one answer or for all.
  void take_a_step(Life& life) {
    for (int number = 1; number <= kConversations; ++number) {
      const ConversationId conversation{number};
      if (promised_.waiting(conversation) || below(3) == 0) continue;
      if (promised_.last(conversation).value > 2 && below(12) == 0) {
        erase(life, conversation);
      } else {
        append(life, conversation);
      }
      if (below(4) == 0) life.store->load(conversation, {}, [](const auto&) {});
    }
    const int enough = below(2) == 0 ? 0 : std::max(0, life.answers_awaited - 1);
    const bool answered =
        life.executor.run_until([&] { return life.answers_awaited <= enough || fault_; });
    if (!answered) fault_ = "a request was never answered";
  }

  Append request_of(ConversationId conversation, std::vector<Event> events) {
    const Seq last = promised_.last(conversation);
    return {conversation, last, kNoon, service::new_events(last, kNoon, std::move(events)), row()};
  }

  void append(Life& life, ConversationId conversation) {
    std::vector<Event> events;
    for (int count = 1 + below(3); count > 0; --count) {
      events.push_back(examples::spoke("m", text()));
    }
    Append request = request_of(conversation, std::move(events));
    promised_.ask(request);
    life.store->append(std::move(request), answer(life, conversation));
  }

  void erase(Life& life, ConversationId conversation) {
    const auto last = static_cast<int>(promised_.last(conversation).value);
    const std::vector<Seq> seqs{Seq{1 + below(last)}};
    const bool everything = below(3) == 0;
    const Event event = everything ? Event{Erased{{"m"}}} : Event{Redacted{seqs}};
    Erasure request{request_of(conversation, {event}), seqs, everything};
    promised_.ask(request);
    life.store->erase(std::move(request), answer(life, conversation));
  }

  std::function<void(Result<AppendOutcome, StoreError>)> answer(Life& life,
                                                                ConversationId conversation) {
    ++life.answers_awaited;
    return [this, &life, conversation](const Result<AppendOutcome, StoreError>& result) {
      --life.answers_awaited;
      if (!life.executor.in_time()) return;  // nobody heard it
      if (result && std::holds_alternative<service::Appended>(*result)) {
        promised_.acknowledged(conversation);
        ++figures_.acknowledged;
      } else {
        fault_ = result ? "a conflict with nobody" : "refused: " + result.error().what;
      }
    };
  }

  std::string text() {
    std::string words = marked_word(++words_);
    if (below(6) == 0) words.append(static_cast<std::size_t>(below(9'000)), 'x');
    return words;
  }

  service::Row row() {
    service::Row row{std::nullopt, static_cast<Owner>(below(4)), Seq{below(3)}};
    if (below(3) > 0) row.controller = MunicipalityId{below(2) == 0 ? "osteroy" : "modalen"};
    return row;
  }

  // The power is back: the product's own store opens what is there, on a disk that is well.
  Fault check_survivors() {
    PowerCutDisk disk(image_);
    DiskVfs vfs(disk, 1);
    fakes::ManualExecutor executor;
    auto opened = store::SqliteEventStore::open({.file = kNowhere}, executor);
    if (!opened) return "the store does not open again: " + opened.error().what;
    if (auto fault = check_conversations(**opened, executor)) return fault;
    if (auto fault = integrity_fault(kNowhere)) return fault;
    return check_gone(disk);
  }

  Fault check_conversations(service::EventStore& store, fakes::ManualExecutor& executor) {
    for (int number = 1; number <= kConversations; ++number) {
      const auto loaded = awaited<std::vector<Recorded>>(
          executor, [&](auto done) { store.load(ConversationId{number}, {}, std::move(done)); });
      if (!loaded) return "cannot be read: " + loaded.error().what;
      if (auto fault = promised_.compare(ConversationId{number}, *loaded)) return fault;
    }
    const auto all = awaited<std::vector<service::LoggedEvent>>(
        executor, [&](auto done) { store.read_all({}, 1'000'000, std::move(done)); });
    if (!all) return "cannot be read: " + all.error().what;
    if (all->size() != promised_.events()) {
      return std::to_string(all->size()) + " events in the log, " +
             std::to_string(promised_.events()) + " in the conversations";
    }
    return std::nullopt;
  }

  Fault check_gone(const PowerCutDisk& disk) {
    if (promised_.gone().empty()) return std::nullopt;
    for (const auto& [name, bytes] : disk.contents()) {
      for (const std::string& word : words_of(bytes)) {
        if (promised_.gone().contains(word)) return name + " holds words that were erased";
      }
    }
    return std::nullopt;
  }

  std::mt19937_64 random_;
  const Breakage breakage_;
  TrialFigures& figures_;
  DiskImage image_;
  PromisedLog promised_;
  std::uint64_t words_ = 0;
  bool cut_while_made_ = false;  // the first life ends while the file is being made
  Fault fault_;
};

void keep_files(const DiskImage& image, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, bytes] : image) {
    std::ofstream file(folder / std::filesystem::path(name).filename(), std::ios::binary);
    file << bytes;
  }
}

}  // namespace

std::string_view name_of(Breakage breakage) {
  switch (breakage) {
    case Breakage::none:
      return "none";
    case Breakage::synchronous_off:
      return "synchronous=OFF";
    case Breakage::checkpoint_synchronous_off:
      return "synchronous=OFF where it checkpoints";
    case Breakage::wal_syncs_ignored:
      return "syncs of the write-ahead log ignored";
    case Breakage::removals_unsynced:
      return "removals of the rollback journal not synced";
  }
  return "none";
}

std::optional<std::string> run_power_cut_trial(std::uint64_t seed, Breakage breakage,
                                               TrialFigures& figures,
                                               const std::filesystem::path& keep) {
  Turns::begin(seed);
  Trial trial(seed, breakage, figures);
  auto fault = trial.run();
  if (fault && !keep.empty()) keep_files(trial.survivors(), keep);
  return fault;
}

}  // namespace svar::proofs
