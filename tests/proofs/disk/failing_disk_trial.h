// One trial of a failing disk: the service works on a disk that fails at its nth change, and goes
// on when the disk is well again. Afterwards the power is cut: what was acknowledged must have been
// durable, whatever failed around it.
#pragma once

#include <chrono>
#include <string_view>

#include "tests/proofs/disk/served_messages.h"

namespace svar::proofs {

// What the disk does at the nth write, and later.
enum class DiskFault {
  full,            // no write succeeds until there is space again
  one_write,       // one write fails
  five_changes,    // five changes of any kind but syncs fail
  one_truncation,  // one truncation fails
};
std::string_view name_of(DiskFault fault);

struct FailingDiskFigures {
  int trials = 0;
  int failed_at_start = 0;  // the service refused to start while the disk failed
  int refusals = 0;
  std::size_t acknowledged = 0;
  std::chrono::milliseconds recovery_max{0};  // from the disk's recovery to the next «accepted»
};

struct TrialEnd {
  Fault fault;
  bool disk_failed;  // false: the nth write never came, and the sweep is over
};
TrialEnd run_failing_disk_trial(DiskFault fault, int nth, Service::Store kind,
                                FailingDiskFigures& figures);

// A sync fails at the nth time, in a process of its own, which must end by itself, and what was not
// synced is lost. `heeded` is false for the control: SQLite isn't told.
TrialEnd run_failing_sync_trial(int nth, bool heeded, FailingDiskFigures& figures);

}  // namespace svar::proofs
