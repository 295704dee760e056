#include "tests/proofs/disk/failing_disk_trial.h"

#include <sqlite3.h>

#include <atomic>

#include "tests/proofs/disk/disk_vfs.h"

namespace svar::proofs {
namespace {

using service::Accepted;
using service::RefusalCode;
using service::Refused;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kConversations = 4;
constexpr int kMessages = 24;
constexpr int kDeletion = 15;  // then the last conversation is deleted
const ConversationId kDeleted{1 + kDeletion % kConversations};
constexpr int kRefusalsBeforeRepair = 3;
constexpr milliseconds kRecoveryMax{5'000};

// Asked from the store's threads, set by the trial.
class FaultySchedule {
 public:
  FaultySchedule(DiskFault fault, int nth) : fault_(fault), left_(nth) {}

  int operator()(const DiskOperation& next) {
    if (repaired_ || next.call == DiskCall::sync) return SQLITE_OK;
    const bool counted = fault_ == DiskFault::one_truncation ? next.call == DiskCall::truncate
                                                             : next.call != DiskCall::truncate;
    if (!counted && fault_ != DiskFault::five_changes) return SQLITE_OK;
    const int before = left_--;
    if (before > 0) return SQLITE_OK;
    failed_ = true;
    return code_of(next, -before);
  }
  void repair() { repaired_ = true; }
  bool failed() const { return failed_; }

 private:
  int code_of(const DiskOperation& next, int failures_before) const {
    switch (fault_) {
      case DiskFault::full:
        return next.call == DiskCall::remove ? SQLITE_OK : SQLITE_FULL;
      case DiskFault::one_write:
        return failures_before == 0 ? SQLITE_IOERR_WRITE : SQLITE_OK;
      case DiskFault::five_changes:
        return failures_before < 5 ? SQLITE_IOERR : SQLITE_OK;
      case DiskFault::one_truncation:
        return failures_before == 0 ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
    }
    return SQLITE_OK;
  }

  const DiskFault fault_;
  std::atomic<int> left_;
  std::atomic<bool> repaired_ = false;
  std::atomic<bool> failed_ = false;
};

class FailingDiskTrial {
 public:
  FailingDiskTrial(DiskFault fault, int nth, Service::Store kind, FailingDiskFigures& figures)
      : kind_(kind), figures_(figures), schedule_(fault, nth) {
    disk_.seed_losses(static_cast<std::uint64_t>(nth));
  }

  TrialEnd run() {
    ++figures_.trials;
    Fault fault;
    {
      DiskVfs vfs(disk_, 1);
      vfs.fail_by([this](const DiskOperation& next) { return schedule_(next); });
      fault = serve();
      disk_.cut();
      service_.reset();
    }
    figures_.acknowledged += history_.acknowledged();
    if (!fault) fault = compare();
    return {fault, schedule_.failed()};
  }

 private:
  Fault serve() {
    if (auto fault = start()) return fault;
    for (int number = 0; number < kMessages; ++number) {
      const ConversationId conversation{1 + number % kConversations};
      if (conversation == kDeleted && number > kDeletion) continue;
      auto& message = number == kDeletion ? history_.add_deletion(conversation, number)
                                          : history_.add(conversation, number);
      if (auto fault = deliver(message)) return fault;
    }
    return std::nullopt;
  }

  // The service may refuse to start while the disk fails, not after it is well again.
  Fault start() {
    auto started = Service::start(kNowhere, kind_);
    if (!started) {
      ++figures_.failed_at_start;
      schedule_.repair();
      started = Service::start(kNowhere, kind_);
    }
    if (!started) return "does not start on a disk that is well: " + started.error().what;
    service_ = std::move(*started);
    return std::nullopt;
  }

  // As a citizen's browser does: the same message until it is accepted.
  Fault deliver(SentMessage& message) {
    std::optional<steady_clock::time_point> repaired;
    for (int refusals = 0;; ++refusals) {
      const auto outcome = service_->send(message);
      if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
        message.acknowledged = accepted->seq;
        if (repaired) note_recovery(steady_clock::now() - *repaired);
        return std::nullopt;
      }
      const auto& refused = std::get<Refused>(outcome);
      if (refused.code != RefusalCode::unavailable || refused.retry_after_ms <= 0) {
        return "refused as «" + std::string(service::code(refused.code)) + "», retry after " +
               std::to_string(refused.retry_after_ms) + " ms";
      }
      if (!schedule_.failed()) return "refused though the disk is well";
      ++figures_.refusals;
      if (repaired && steady_clock::now() - *repaired > kRecoveryMax) {
        return "refuses five seconds after the disk is well again";
      }
      if (refusals + 1 == kRefusalsBeforeRepair) {
        schedule_.repair();
        repaired = steady_clock::now();
      }
    }
  }

  void note_recovery(steady_clock::duration took) {
    figures_.recovery_max = std::max(figures_.recovery_max, std::chrono::ceil<milliseconds>(took));
  }

  Fault compare() const {
    PowerCutDisk survivor(disk_.survivors());
    const DiskVfs vfs(survivor, 1);
    if (auto fault = history_.compare(kNowhere)) return fault;
    for (const std::string& words : history_.deleted_words()) {
      for (const auto& [name, bytes] : survivor.contents()) {
        if (bytes.find(words) != std::string::npos) return name + " holds words that were deleted";
      }
    }
    return std::nullopt;
  }

  const Service::Store kind_;
  FailingDiskFigures& figures_;
  FaultySchedule schedule_;
  PowerCutDisk disk_;
  std::unique_ptr<Service> service_;
  History history_;
};

}  // namespace

std::string_view name_of(DiskFault fault) {
  switch (fault) {
    case DiskFault::full:
      return "disk full";
    case DiskFault::one_write:
      return "one write fails";
    case DiskFault::five_changes:
      return "five changes fail";
    case DiskFault::one_truncation:
      return "one truncation fails";
  }
  return "";
}

TrialEnd run_failing_disk_trial(DiskFault fault, int nth, Service::Store kind,
                                FailingDiskFigures& figures) {
  return FailingDiskTrial(fault, nth, kind, figures).run();
}

}  // namespace svar::proofs
