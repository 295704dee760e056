// Who should be at the desk, as a file of the municipalities' own says: one shift a line.
//
//   date;from;to;account
//   2026-11-24;08:30;15:30;kari
//
// Times are the clock's in Norway; a shift that ends before it begins ends the next day, 24:00 is
// midnight. Commas for semicolons, lines that begin with # and empty lines are welcome. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/result.h"
#include "bot/domain/time.h"

namespace svar::service {

using WallClock = std::chrono::local_time<std::chrono::minutes>;

struct Shift {
  AgentId agent;
  WallClock from;
  WallClock to;  // not any more from then on
  bool operator==(const Shift&) const = default;
};

struct RosterFault {
  int line = 0;  // from 1; 0 when it is the file as a whole
  std::string what;
  bool operator==(const RosterFault&) const = default;
};

// All of it, or every fault of it.
Result<std::vector<Shift>, std::vector<RosterFault>> read_roster(std::string_view text);

// The last roster that was good, and what is wrong with the file now.
//
// Threads: one, the executor's.
class Roster {
 public:
  void replace(std::vector<Shift> shifts);
  void fail(RosterFault fault) { fault_ = std::move(fault); }

  // Those whose shift runs then, by account; an account once, with the shift that ends last.
  std::vector<Shift> at(Time now) const;
  const std::optional<RosterFault>& fault() const { return fault_; }

 private:
  std::vector<Shift> shifts_;
  std::optional<RosterFault> fault_;
};

}  // namespace svar::service
