// How fast the queue moves: the times between the moments at which agents took somebody from it.
// From them comes an honest answer to «how long yet».
//
// Threads: one. Pure but for what it remembers; the caller gives the time.
#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "bot/service/people/account.h"
#include "bot/service/turn/clock.h"

namespace svar::service {

class AcceptIntervals {
 public:
  static constexpr std::chrono::hours kWindow{2};
  static constexpr std::size_t kIntervalsMax = 20;  // the latest
  static constexpr std::size_t kIntervalsMin = 5;   // fewer tell nothing

  // An agent with these rights took somebody from the queue.
  void accepted(Rights rights, SteadyTime at);

  // Minutes from–to for whoever is the k-th in line: k times the median, and k times the 90th
  // percentile, of the intervals of the agents who serve this municipality. Nothing when there are
  // too few. `controller` unset: of all agents.
  std::optional<std::pair<int, int>> minutes(const std::optional<MunicipalityId>& controller, int k,
                                             SteadyTime now) const;

 private:
  struct Accept {
    SteadyTime at;
    Rights rights;
  };
  static constexpr std::size_t kAcceptsMax = 2'000;
  std::deque<Accept> accepts_;  // oldest first
};

}  // namespace svar::service
