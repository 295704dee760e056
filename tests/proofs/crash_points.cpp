// The product with named points at which it ends as by kill -9. Built for the proof alone; never
// installed.
//
//   CRASH_AT=<point>:<kind>:<n> crash_points serve …
//
// counts the appends of a kind of event (citizen_says, citizen_asks_for_person, agent_says) and
// ends the process when the n-th of them passes the point:
//
//   after_parse    decided, and not yet handed to the store
//   in_commit      the transaction's first page is written, the rest is not
//   before_commit  all its pages are written and not synced
//   after_commit   synced; the writing thread has told nobody
//   before_ack     the completion has come to the I/O thread; nobody was told
//   after_ack      whoever sent it was told, and the frame has left
//
// The append is alone in its transaction. «crashed at …» is the last line of stdout.
//
// ACKNOWLEDGE=early is the negative control: the append is told before the store is given it.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "bot/server/command_line.h"
#include "bot/server/commands/serve_command.h"

namespace {

using namespace svar;

enum class Point {
  none,
  after_parse,
  in_commit,
  before_commit,
  after_commit,
  before_ack,
  after_ack
};
constexpr std::array<std::string_view, 7> kPoints = {
    "none", "after_parse", "in_commit", "before_commit", "after_commit", "before_ack", "after_ack"};
constexpr std::array<std::string_view, 3> kKinds = {"citizen_says", "citizen_asks_for_person",
                                                    "agent_says"};

// What stands between the frame's way into the socket and the end: turns of the I/O loop.
constexpr int kTurnsForTheFrame = 3;

struct Plan {
  Point point = Point::none;
  std::string_view kind;
  int n = 0;
  bool early = false;
};
Plan plan;

// Set while the append that shall crash is with the store: any thread of its may then end it.
std::atomic<Point> armed = Point::none;

[[noreturn]] void crash() {
  char line[100];
  const int size =
      std::snprintf(line, sizeof(line), "crashed at %s %s\n",
                    kPoints[static_cast<std::size_t>(plan.point)].data(), plan.kind.data());
  (void)!::write(STDOUT_FILENO, line, static_cast<std::size_t>(size));
  ::kill(::getpid(), SIGKILL);
  while (true) ::pause();
}

bool is_write_ahead_log(int file) {
  char link[40];
  std::snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
  std::array<char, 4096> path{};
  const auto size = ::readlink(link, path.data(), path.size());
  return size > 0 && std::string_view{path.data(), static_cast<std::size_t>(size)}.ends_with(
                         "svarsentral.db-wal");
}

bool reaches(Point point, int file) {
  return armed == point && is_write_ahead_log(file);
}

std::string_view kind_of(const service::Append& request) {
  for (const Recorded& recorded : *request.events) {
    if (std::holds_alternative<CitizenSpoke>(recorded.event)) return kKinds[0];
    if (std::holds_alternative<CitizenAskedForPerson>(recorded.event)) return kKinds[1];
    if (std::holds_alternative<AgentSpoke>(recorded.event)) return kKinds[2];
  }
  return {};
}

// Everything here runs on the I/O thread.
class CrashingStore : public service::EventStore {
 public:
  using Done = std::function<void(Result<service::AppendOutcome, service::StoreError>)>;

  CrashingStore(service::EventStore& inner, service::Executor& executor)
      : inner_(inner), executor_(executor) {}

  void append(service::Append request, Done done) override {
    if (target_) return;  // what comes behind it is lost with the process
    if (plan.n > 0 && kind_of(request) == plan.kind && ++passed_ == plan.n) {
      target_ = {std::move(request), std::move(done)};
      if (under_way_ == 0) append_target();
      return;
    }
    ++under_way_;
    inner_.append(std::move(request), [this, done = std::move(done)](auto outcome) {
      done(std::move(outcome));
      if (--under_way_ == 0 && target_) append_target();
    });
  }
  void create(std::string key, Time at,
              std::function<void(Result<ConversationId, service::StoreError>)> done) override {
    inner_.create(std::move(key), at, std::move(done));
  }
  void load(ConversationId id, Seq after,
            std::function<void(Result<std::vector<Recorded>, service::StoreError>)> done) override {
    inner_.load(id, after, std::move(done));
  }
  void read_all(Position after, std::size_t count_max,
                std::function<void(Result<std::vector<service::LoggedEvent>, service::StoreError>)>
                    done) override {
    inner_.read_all(after, count_max, std::move(done));
  }
  void erase(service::Erasure request, Done done) override {
    inner_.erase(std::move(request), std::move(done));
  }

 private:
  struct Target {
    service::Append request;
    Done done;
  };

  void append_target() {
    if (plan.early) return acknowledge_early();
    if (plan.point == Point::after_parse) crash();
    armed = plan.point;
    inner_.append(target_->request, [this](auto outcome) {
      if (plan.point == Point::before_ack) crash();
      target_->done(std::move(outcome));
      crash_after(kTurnsForTheFrame);
    });
  }

  void acknowledge_early() {
    const auto last = target_->request.events->back().seq;
    executor_.post([this, last] {
      target_->done(service::AppendOutcome{service::Appended{last}});
      crash_after(kTurnsForTheFrame);
    });
  }

  void crash_after(int turns) {
    if (turns == 0) crash();
    executor_.post([this, turns] { crash_after(turns - 1); });
  }

  service::EventStore& inner_;
  service::Executor& executor_;
  int passed_ = 0;
  int under_way_ = 0;
  std::optional<Target> target_;
};

// False when the plan is not one.
bool read_plan(std::string_view text) {
  const auto first = text.find(':');
  const auto second = text.find(':', first + 1);
  if (first == text.npos || second == text.npos) return false;
  const auto point = std::find(kPoints.begin() + 1, kPoints.end(), text.substr(0, first));
  const auto kind =
      std::find(kKinds.begin(), kKinds.end(), text.substr(first + 1, second - first - 1));
  if (point == kPoints.end() || kind == kKinds.end()) return false;
  plan.point = static_cast<Point>(point - kPoints.begin());
  plan.kind = *kind;
  const auto read = std::from_chars(text.data() + second + 1, text.data() + text.size(), plan.n);
  return read.ec == std::errc{} && plan.n > 0;
}

}  // namespace

// The system calls with which SQLite writes and syncs, as the program's own: the library finds
// these first.
extern "C" {

int fdatasync(int file) {
  if (reaches(Point::before_commit, file)) crash();
  const auto result = static_cast<int>(::syscall(SYS_fdatasync, file));
  if (reaches(Point::after_commit, file)) crash();
  return result;
}

int fsync(int file) {
  if (reaches(Point::before_commit, file)) crash();
  const auto result = static_cast<int>(::syscall(SYS_fsync, file));
  if (reaches(Point::after_commit, file)) crash();
  return result;
}

ssize_t pwrite64(int file, const void* from, size_t size, off64_t at) {
  const auto result = ::syscall(SYS_pwrite64, file, from, size, at);
  if (size > 1'000 && reaches(Point::in_commit, file)) crash();  // a page, not its short head
  return result;
}

}  // extern "C"

int main(int argc, char** argv) {
  const char* crash_at = std::getenv("CRASH_AT");
  if (crash_at != nullptr && !read_plan(crash_at)) {
    std::fprintf(stderr, "CRASH_AT=%s is no <point>:<kind>:<n>\n", crash_at);
    return 2;
  }
  const char* acknowledge = std::getenv("ACKNOWLEDGE");
  plan.early = acknowledge != nullptr && std::string_view{acknowledge} == "early";
  svar::server::around_store() = [](svar::service::EventStore& inner,
                                    svar::service::Executor& executor) {
    return std::make_unique<CrashingStore>(inner, executor);
  };
  return svar::server::run_command_line(argc, argv);
}
