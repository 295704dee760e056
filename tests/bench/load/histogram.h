// Counts durations so finely that a quantile is at most 0.8 % off, in a fixed amount of memory.
//
// Threads: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace svar::bench {

class Histogram {
 public:
  Histogram();

  // Below zero counts as zero.
  void add(std::chrono::nanoseconds duration);

  std::uint64_t count() const { return count_; }

  // In microseconds; 0 when nothing was counted. `share` is between 0 and 1.
  double quantile_us(double share) const;

  // {"n","mean","p50","p90","p99","p999","max"}, in microseconds.
  nlohmann::ordered_json json() const;

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace svar::bench
