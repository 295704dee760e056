#include "connectors/webchat/rate_limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace svar::webchat {

namespace {

// An IPv6 customer has a whole /64 to choose addresses from.
std::string customer(const std::string& address) {
  in6_addr six{};
  if (::inet_pton(AF_INET6, address.c_str(), &six) != 1) return address;
  return {reinterpret_cast<const char*>(&six), 8};
}

}  // namespace

void TokenBucket::refill(service::SteadyTime now) {
  if (at_) {
    const std::chrono::duration<double> passed = now - *at_;
    left_ = std::min(burst_, left_ + passed.count() * per_second_);
  }
  at_ = now;
}

std::chrono::milliseconds TokenBucket::wait(service::SteadyTime now) {
  refill(now);
  if (left_ >= 1) return std::chrono::milliseconds{0};
  return std::chrono::milliseconds{static_cast<int>(std::ceil((1 - left_) / per_second_ * 1000))};
}

bool TokenBucket::full(service::SteadyTime now) const {
  TokenBucket then = *this;
  then.refill(now);
  return then.left_ >= burst_;
}

TokenBucket& RateLimits::bucket(std::unordered_map<std::string, TokenBucket>& of,
                                const std::string& address, int per_minute) {
  return of.try_emplace(customer(address), per_minute / 60.0, per_minute).first->second;
}

std::optional<std::chrono::milliseconds> RateLimits::new_chat(const std::string& address, service::SteadyTime now) {
  if (!settings_.enabled) return std::nullopt;
  TokenBucket& chats = bucket(new_chats_, address, settings_.new_chats_per_minute);
  if (const auto wait = chats.wait(now); wait.count() > 0) return wait;
  chats.take();
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> RateLimits::message(const std::string& address,
                                                             ConversationId conversation, service::SteadyTime now) {
  if (!settings_.enabled) return std::nullopt;
  TokenBucket& of_address = bucket(messages_, address, settings_.messages_per_minute);
  TokenBucket& of_conversation =
      conversations_
          .try_emplace(conversation, settings_.messages_per_second, settings_.messages_burst)
          .first->second;
  const auto wait = std::max(of_address.wait(now), of_conversation.wait(now));
  if (wait.count() > 0) return wait;
  of_address.take();
  of_conversation.take();
  return std::nullopt;
}

TokenBucket RateLimits::frames() const {
  if (!settings_.enabled) return {1, std::numeric_limits<double>::max()};
  return {static_cast<double>(settings_.frames_per_second),
          static_cast<double>(settings_.frames_burst)};
}

void RateLimits::forget_idle(service::SteadyTime now) {
  const auto idle = [now](const auto& entry) { return entry.second.full(now); };
  std::erase_if(new_chats_, idle);
  std::erase_if(messages_, idle);
  std::erase_if(conversations_, idle);
}

}  // namespace svar::webchat
