#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <future>
#include <mutex>
#include <thread>

#include "tests/proofs/disk/disk_vfs.h"
#include "tests/proofs/disk/failing_disk_trial.h"

namespace svar::proofs {
namespace {

constexpr int kConversations = 3;
constexpr int kMessages = 24;
constexpr int kEndsWhenSyncFails = EXIT_FAILURE;
constexpr int kNoSuchSync = 42;
constexpr int kWentOn = 43;
constexpr std::chrono::seconds kEndsWithin{2};

// What the process tells while it lives: acknowledgements, then what its disk held when the sync
// failed.
struct Note {
  enum class Kind : std::uint8_t { acknowledged, name, bytes } kind;
  std::uint32_t number = 0;  // of the message
  std::int64_t value = 0;    // seq, or how many bytes follow
};

class Teller {
 public:
  explicit Teller(int pipe) : pipe_(pipe) {}
  void acknowledged(int number, Seq seq) const {
    write({Note::Kind::acknowledged, static_cast<std::uint32_t>(number), seq.value}, {});
  }
  void image(const DiskImage& image) const {
    for (const auto& [name, bytes] : image) {
      write({Note::Kind::name, 0, static_cast<std::int64_t>(name.size())}, name);
      write({Note::Kind::bytes, 0, static_cast<std::int64_t>(bytes.size())}, bytes);
    }
  }

 private:
  void write(const Note& note, std::string_view bytes) const {
    std::lock_guard lock(mutex_);  // the store's threads tell too
    std::string whole(sizeof(note), '\0');
    std::memcpy(whole.data(), &note, sizeof(note));
    whole += bytes;
    for (std::size_t done = 0; done < whole.size();) {
      const auto count = ::write(pipe_, whole.data() + done, whole.size() - done);
      if (count <= 0) ::_exit(EXIT_FAILURE + 1);
      done += static_cast<std::size_t>(count);
    }
  }
  const int pipe_;
  mutable std::mutex mutex_;
};

// A sync that fails: what was not synced by then is lost, and nothing is synced after it by
// anybody.
class SyncFailure {
 public:
  SyncFailure(PowerCutDisk& disk, DiskVfs& vfs, int nth, bool heeded, const Teller& teller) {
    disk.decide_by([left = nth](const DiskOperation& next) mutable {
      const bool now = next.call == DiskCall::sync && left-- == 0;
      return now ? PowerCutDisk::Verdict::cut : PowerCutDisk::Verdict::proceed;
    });
    vfs.without_power([this, &disk, &teller, heeded] {
      if (!happened_.exchange(true)) {
        teller.image(disk.survivors());
        failing_ = std::this_thread::get_id();
      }
      if (!heeded) return SQLITE_OK;
      if (failing_ != std::this_thread::get_id()) std::promise<void>().get_future().wait();
      return SQLITE_IOERR_FSYNC;
    });
  }
  bool happened() const { return happened_; }

 private:
  std::atomic<bool> happened_ = false;
  std::atomic<std::thread::id> failing_;
};

// The process whose disk fails to sync. Ends by itself, one way or another.
[[noreturn]] void live(int nth, bool heeded, const Teller& teller) {
  PowerCutDisk disk;
  disk.seed_losses(static_cast<std::uint64_t>(nth));
  DiskVfs vfs(disk, 1);
  const SyncFailure failure(disk, vfs, nth, heeded, teller);
  auto service = Service::start(kNowhere, Service::Store::as_it_is);
  if (!service) ::_exit(kEndsWhenSyncFails);  // as the program does: it says why and ends
  History history;
  for (int number = 0; number < kMessages; ++number) {
    const auto& message = history.add(ConversationId{1 + number % kConversations}, number);
    const auto outcome = (*service)->send(message);
    if (const auto* accepted = std::get_if<service::Accepted>(&outcome)) {
      teller.acknowledged(number, accepted->seq);
    }
  }
  if (!failure.happened()) ::_exit(kNoSuchSync);
  std::promise<void>().get_future().wait_for(kEndsWithin);  // another thread may be ending us
  ::_exit(kWentOn);
}

bool read_exactly(int pipe, char* to, std::size_t count) {
  for (std::size_t done = 0; done < count;) {
    const auto given = ::read(pipe, to + done, count - done);
    if (given <= 0) return false;
    done += static_cast<std::size_t>(given);
  }
  return true;
}

struct Told {
  History history;
  DiskImage image;
};

// Reads until the process has ended. The messages are those that live() makes.
Told listen(int pipe) {
  Told told;
  std::vector<SentMessage*> messages;
  for (int number = 0; number < kMessages; ++number) {
    messages.push_back(&told.history.add(ConversationId{1 + number % kConversations}, number));
  }
  Note note;
  std::string name;
  while (read_exactly(pipe, reinterpret_cast<char*>(&note), sizeof(note))) {
    if (note.kind == Note::Kind::acknowledged) {
      messages[note.number]->acknowledged = Seq{note.value};
      continue;
    }
    std::string bytes(static_cast<std::size_t>(note.value), '\0');
    if (!read_exactly(pipe, bytes.data(), bytes.size())) break;
    if (note.kind == Note::Kind::name) {
      name = std::move(bytes);
    } else {
      told.image[name] = std::move(bytes);
    }
  }
  return told;
}

}  // namespace

TrialEnd run_failing_sync_trial(int nth, bool heeded, FailingDiskFigures& figures) {
  ++figures.trials;
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return {"no pipe", false};
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(EXIT_FAILURE + 1);
    live(nth, heeded, Teller(ends[1]));
  }
  ::close(ends[1]);
  const Told told = listen(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  figures.acknowledged += told.history.acknowledged();
  if (!WIFEXITED(status)) return {"died of a signal", true};
  if (WEXITSTATUS(status) == kNoSuchSync) return {std::nullopt, false};
  if (WEXITSTATUS(status) == kWentOn) return {"went on after a sync had failed", true};
  if (WEXITSTATUS(status) != kEndsWhenSyncFails) return {"ended in another way", true};
  PowerCutDisk survivor(told.image);
  const DiskVfs vfs(survivor, 1);
  return {told.history.compare(kNowhere), true};
}

}  // namespace svar::proofs
