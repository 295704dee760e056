#include "bot/service/desk/accept_intervals.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace svar::service {
namespace {

// The smallest that at least `share` of them do not exceed. Precondition: sorted, not empty.
std::chrono::duration<double> percentile(const std::vector<SteadyTime::duration>& sorted,
                                         double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

int whole_minutes(std::chrono::duration<double> time) {
  return std::max(1, static_cast<int>(std::ceil(time.count() / 60)));
}

}  // namespace

void AcceptIntervals::accepted(Rights rights, SteadyTime at) {
  accepts_.push_back({at, std::move(rights)});
  const auto is_old = [&](const Accept& accept) { return at - accept.at > kWindow; };
  while (is_old(accepts_.front()) || accepts_.size() > kAcceptsMax) accepts_.pop_front();
}

std::optional<std::pair<int, int>> AcceptIntervals::minutes(
    const std::optional<MunicipalityId>& controller, int k, SteadyTime now) const {
  std::vector<SteadyTime::duration> intervals;
  std::optional<SteadyTime> later;
  for (auto accept = accepts_.rbegin(); accept != accepts_.rend(); ++accept) {
    if (now - accept->at > kWindow || intervals.size() == kIntervalsMax) break;
    const bool serves = !controller || accept->rights.holds(Role::agent, *controller);
    if (!serves) continue;
    if (later) intervals.push_back(*later - accept->at);
    later = accept->at;
  }
  if (intervals.size() < kIntervalsMin) return std::nullopt;
  std::sort(intervals.begin(), intervals.end());
  return std::pair{whole_minutes(percentile(intervals, 0.5) * k),
                   whole_minutes(percentile(intervals, 0.9) * k)};
}

}  // namespace svar::service
