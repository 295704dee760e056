// A clock in a proof's hand: time passes when told, and the wall clock is set ahead or back
// meanwhile.
//
// Threads: one.
#pragma once

#include <optional>

#include "bot/service/turn/clock.h"

namespace svar::proofs {

// How the wall clock is wronged, and when.
struct Disturbance {
  const char* name;
  Time start;                                      // when the trial begins
  std::chrono::milliseconds jump;                  // what disturb() does
  std::optional<std::chrono::minutes> taken_back;  // so long after it, it is set right again
};

class JumpingClock : public service::Clock {
 public:
  // What steady() gives. `of_wall` is the control: durations measured by the wall clock.
  enum class Steady { steady, of_wall };
  JumpingClock(const Disturbance& disturbance, Steady steady)
      : disturbance_(disturbance), kind_(steady), now_(disturbance.start) {}

  Time now() const override { return now_; }
  service::SteadyTime steady() const override {
    if (kind_ == Steady::steady) return passed_;
    return service::SteadyTime{now_.time_since_epoch()};
  }

  void pass(std::chrono::milliseconds time) {
    const auto before = std::min(time, left_until_back());
    passed_ += before;
    now_ += before;
    if (left_until_back().count() == 0) {
      back_at_.reset();
      now_ -= disturbance_.jump;
    }
    passed_ += time - before;
    now_ += time - before;
  }
  void disturb() {
    now_ += disturbance_.jump;
    if (disturbance_.taken_back) back_at_ = passed_ + *disturbance_.taken_back;
  }
  // How far things may seem younger than they are, because the wall clock went back behind them.
  std::chrono::milliseconds late_max() const { return std::chrono::abs(disturbance_.jump); }

 private:
  std::chrono::milliseconds left_until_back() const {
    if (!back_at_) return std::chrono::milliseconds::max();
    return std::chrono::duration_cast<std::chrono::milliseconds>(*back_at_ - passed_);
  }

  const Disturbance& disturbance_;
  const Steady kind_;
  Time now_;
  service::SteadyTime passed_{std::chrono::hours{1'000}};
  std::optional<service::SteadyTime> back_at_;
};

}  // namespace svar::proofs
