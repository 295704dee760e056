// How much one address and one conversation may do. Token buckets in memory; refusing costs nothing but the look-up.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "bot/domain/ids.h"
#include "bot/service/turn/clock.h"

namespace svar::webchat {

struct RateSettings {
  bool enabled = true;
  int new_chats_per_minute = 30;  // of an address
  int messages_per_minute = 60;   // of an address
  int messages_per_second = 1;    // of a conversation …
  int messages_burst = 5;         // … after a pause
  int frames_per_second = 20;     // of a connection, whatever the frames are
  int frames_burst = 100;
};

class TokenBucket {
 public:
  // Full at first.
  TokenBucket(double per_second, double burst) : per_second_(per_second), burst_(burst), left_(burst) {}

  // How long until there is a token; zero when there is one now.
  std::chrono::milliseconds wait(service::SteadyTime now);
  void take() { left_ -= 1; }
  void give_back() { left_ += 1; }
  bool full(service::SteadyTime now) const;

 private:
  void refill(service::SteadyTime now);

  double per_second_;
  double burst_;
  double left_;
  std::optional<service::SteadyTime> at_;
};

class RateLimits {
 public:
  explicit RateLimits(RateSettings settings) : settings_(settings) {}

  // Takes a token and answers nothing, or takes none and answers how long to wait.
  std::optional<std::chrono::milliseconds> new_chat(const std::string& address, service::SteadyTime now);
  std::optional<std::chrono::milliseconds> message(const std::string& address,
                                                   ConversationId conversation, service::SteadyTime now);

  // For one connection to keep; without limits it never runs dry.
  TokenBucket frames() const;

  void forget_idle(service::SteadyTime now);  // call now and then

 private:
  TokenBucket& bucket(std::unordered_map<std::string, TokenBucket>& of, const std::string& address,
                      int per_minute);

  RateSettings settings_;
  std::unordered_map<std::string, TokenBucket> new_chats_;
  std::unordered_map<std::string, TokenBucket> messages_;
  std::unordered_map<ConversationId, TokenBucket> conversations_;
};

}  // namespace svar::webchat
