// How often somebody may try to sign in. Pure but for what it remembers; the time is passed in.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/service/turn/clock.h"

namespace svar::service {

// Counts attempts by key. After `attempts_max` in `window` the key waits `delay_first`, the next
// time twice as long and so on, at most `delay_max`; a key that was quiet for `delay_max` after its
// wait begins anew.
//
// Threads: one. Memory: at most `keys_max` keys; the longest unused is forgotten first.
class SignInThrottle {
 public:
  struct Limits {
    int attempts_max = 5;
    std::chrono::milliseconds window = std::chrono::minutes{1};
    std::chrono::milliseconds delay_first = std::chrono::minutes{1};
    std::chrono::milliseconds delay_max = std::chrono::minutes{15};
    std::size_t keys_max = 10'000;
  };
  explicit SignInThrottle(Limits limits) : limits_(limits) {}

  // Counts one attempt. Zero: go ahead. Otherwise how long the key has to wait; then the attempt
  // isn't counted.
  std::chrono::milliseconds attempt(const std::string& key, SteadyTime now);

  // The attempt was right: the key begins anew.
  void forget(const std::string& key) { entries_.erase(key); }

 private:
  struct Entry {
    SteadyTime window_began;
    int attempts = 0;
    SteadyTime blocked_until;
    std::chrono::milliseconds delay{0};  // of the last block
    SteadyTime last;
  };
  void make_room(SteadyTime now);

  Limits limits_;
  std::unordered_map<std::string, Entry> entries_;
};

// The network an address belongs to, as far as one sender can choose within it: an IPv4 address
// itself, the first 64 bits of an IPv6 address. Anything else is returned as it is.
std::string network_of(std::string_view address);

}  // namespace svar::service
