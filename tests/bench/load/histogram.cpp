#include "tests/bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>

namespace svar::bench {

namespace {

// Every power of two is cut into this many equal parts.
constexpr std::uint64_t kParts = 128;
constexpr int kPartBits = 7;

std::size_t bucket_of(std::uint64_t value) {
  if (value < kParts) return value;
  const int shift = std::bit_width(value) - 1 - kPartBits;
  return static_cast<std::size_t>(shift + 1) * kParts + ((value >> shift) - kParts);
}

double middle_of(std::size_t bucket) {
  if (bucket < kParts) return static_cast<double>(bucket);
  const auto shift = static_cast<int>(bucket / kParts) - 1;
  return std::ldexp(static_cast<double>(kParts + bucket % kParts) + 0.5, shift);
}

double tenths(double value) {
  return std::round(value * 10) / 10;
}

}  // namespace

Histogram::Histogram() : buckets_((64 - kPartBits + 1) * kParts) {}

void Histogram::add(std::chrono::nanoseconds duration) {
  const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
  ++buckets_[bucket_of(value)];
  ++count_;
  sum_ += static_cast<double>(value);
  max_ = std::max(max_, value);
}

double Histogram::quantile_us(double share) const {
  if (count_ == 0) return 0;
  const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_ - 1)) + 1;
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) return std::min(middle_of(bucket), static_cast<double>(max_)) / 1e3;
  }
  return static_cast<double>(max_) / 1e3;
}

nlohmann::ordered_json Histogram::json() const {
  const double mean = count_ ? sum_ / static_cast<double>(count_) / 1e3 : 0;
  return {{"n", count_},
          {"mean", tenths(mean)},
          {"p50", tenths(quantile_us(0.5))},
          {"p90", tenths(quantile_us(0.9))},
          {"p99", tenths(quantile_us(0.99))},
          {"p999", tenths(quantile_us(0.999))},
          {"max", tenths(static_cast<double>(max_) / 1e3)}};
}

}  // namespace svar::bench
