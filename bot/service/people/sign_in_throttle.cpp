#include "bot/service/people/sign_in_throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace svar::service {

std::chrono::milliseconds SignInThrottle::attempt(const std::string& key, SteadyTime now) {
  if (entries_.size() >= limits_.keys_max && entries_.count(key) == 0) make_room(now);
  Entry& entry = entries_[key];
  entry.last = now;
  if (now < entry.blocked_until)
    return std::chrono::ceil<std::chrono::milliseconds>(entry.blocked_until - now);
  if (now - entry.blocked_until > limits_.delay_max) entry.delay = {};
  if (now - entry.window_began >= limits_.window) {
    entry.window_began = now;
    entry.attempts = 0;
  }
  if (entry.attempts < limits_.attempts_max) {
    ++entry.attempts;
    return {};
  }
  entry.delay =
      entry.delay.count() == 0 ? limits_.delay_first : std::min(entry.delay * 2, limits_.delay_max);
  entry.blocked_until = now + entry.delay;
  entry.window_began = entry.blocked_until;
  entry.attempts = 0;
  return entry.delay;
}

void SignInThrottle::make_room(SteadyTime now) {
  std::erase_if(entries_, [&](const auto& item) {
    return now > item.second.blocked_until && now - item.second.last > limits_.delay_max;
  });
  if (entries_.size() < limits_.keys_max) return;
  const auto oldest =
      std::min_element(entries_.begin(), entries_.end(),
                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
  entries_.erase(oldest);
}

std::string network_of(std::string_view address) {
  const std::string text(address);
  in6_addr bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), &bytes) != 1) return text;
  char out[INET6_ADDRSTRLEN] = {};
  if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
    ::inet_ntop(AF_INET, bytes.s6_addr + 12, out, sizeof out);
    return out;
  }
  std::memset(bytes.s6_addr + 8, 0, 8);
  ::inet_ntop(AF_INET6, &bytes, out, sizeof out);
  return std::string(out) + "/64";
}

}  // namespace svar::service
