#include "tests/bench/load/crowd.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace svar::bench {

namespace {

using namespace std::chrono_literals;

constexpr auto kWaitMost = 5ms;
// As the widget does: full jitter below a ceiling that doubles with every attempt.
constexpr std::uint64_t kFirstDelayMs = 500;
constexpr std::uint64_t kDelayMsMax = 30'000;

double seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

Crowd::Crowd(const CrowdSettings& settings, const Target& target, const Messages& messages)
    : settings_(settings),
      target_(target),
      messages_(messages),
      random_(settings.seed * 0x9e3779b97f4a7c15U + 1) {
  for (std::uint32_t number = 0; number < settings_.connections; ++number) {
    visitors_.push_back(std::make_unique<Visitor>(loop_, *this, target_, number));
    visitors_.back()->site = messages_.pool_of(random()).site;
  }
}

Crowd::~Crowd() = default;

void Crowd::come_in(std::size_t count) {
  const auto until = Clock::now() + settings_.timeout;
  count = std::min(count, visitors_.size());
  std::size_t next = inside_;
  while (inside_ < count) {
    while (next < count && next - inside_ < settings_.handshakes_max) enter(*visitors_[next++]);
    loop_.wait(kWaitMost);
    wake();
    if (Clock::now() < until) continue;
    throw std::runtime_error("only " + std::to_string(inside_) + " of " + std::to_string(count) +
                             " got in: " + first_fault_);
  }
}

void Crowd::stay(std::chrono::nanoseconds duration) {
  const auto began = Clock::now();
  const auto step = settings_.ping_every / std::max<double>(1, static_cast<double>(inside_));
  for (std::uint64_t pings = 0; Clock::now() < began + duration;) {
    for (; Clock::now() >= began + static_cast<double>(pings) * step; ++pings) {
      Visitor& visitor = *visitors_[pings % visitors_.size()];
      if (visitor.client.is_open()) visitor.client.send(R"({"type":"ping"})");
    }
    loop_.wait(kWaitMost);
    wake();
  }
}

Return Crowd::cut_and_return() {
  speak();
  for (const auto& visitor : visitors_) {
    visitor->client.cut();
    come_later(*visitor, {});
  }
  return come_back();
}

Return Crowd::lose_server_and_return() {
  const auto until = Clock::now() + settings_.timeout;
  for (ends_ = 0; ends_ == 0;) {
    if (Clock::now() > until) throw std::runtime_error("the server did not go away");
    loop_.wait(kWaitMost);
  }
  speak();
  return come_back();
}

// Without waiting: what is under way when the cut comes is what is interesting.
void Crowd::speak() {
  for (const auto& visitor : visitors_) {
    visitor->back = false;
    say(*visitor);
  }
  returning_ = true;
  return_ = {};
  welcome_again_ = 0;
  inside_ = 0;
  thrown_out_ = Clock::now();
}

Return Crowd::come_back() {
  const auto until = thrown_out_ + settings_.timeout;
  while (inside_ < visitors_.size() && Clock::now() < until) {
    wake();
    loop_.wait(kWaitMost);
  }
  return_.lost = visitors_.size() - inside_;
  return_.first_fault = first_fault_;
  returning_ = false;
  return std::move(return_);
}

void Crowd::wake() {
  while (!wakes_.empty() && wakes_.top().at <= Clock::now()) {
    Visitor& visitor = *visitors_[wakes_.top().visitor];
    wakes_.pop();
    if (visitor.phase == Phase::away) enter(visitor);
  }
}

void Crowd::enter(Visitor& visitor) {
  ++return_.attempts;
  visitor.phase = Phase::opening;
  visitor.client.connect();
}

void Crowd::opened(Client& client) {
  Visitor& visitor = of(client);
  visitor.phase = Phase::greeting;
  client.send(visitor.conversation.empty()
                  ? dialect_.hello(visitor.site)
                  : ProductDialect::hello_again(visitor.site, visitor.conversation, visitor.token,
                                                std::to_string(visitor.last_seq)));
}

void Crowd::said(Client& client, std::string_view text) {
  Visitor& visitor = of(client);
  const std::string_view type = member(text, "type");
  if (type == "welcome") return welcomed(visitor, text);
  if (type == "event") return seen(visitor, text);
  if (type == "ack" && member(text, "id") == visitor.id) {
    visitor.acknowledged = true;
    return settle(visitor);
  }
  if (type != "error") return;
  if (first_fault_.empty()) first_fault_ = text.substr(0, 300);
  client.close();
  come_later(visitor, member(text, "retry_after_ms"));
}

void Crowd::welcomed(Visitor& visitor, std::string_view frame) {
  visitor.phase = Phase::inside;
  visitor.attempts = 0;
  visitor.conversation = member(frame, "conversation");
  visitor.token = member(frame, "token");
  if (returning_) {
    return_.welcome.add(Clock::now() - thrown_out_);
    if (++welcome_again_ == visitors_.size()) {
      return_.all_welcome_seconds = seconds(Clock::now() - thrown_out_);
    }
  }
  if (visitor.said == 0) return say(visitor);
  if (!visitor.acknowledged) transmit(visitor);
}

void Crowd::seen(Visitor& visitor, std::string_view frame) {
  const std::string_view given = member(frame, "seq");
  std::int64_t seq = 0;
  std::from_chars(given.data(), given.data() + given.size(), seq);
  if (seq <= visitor.last_seq) ++return_.reordered;
  visitor.last_seq = std::max(visitor.last_seq, seq);
  const Meaning meaning = dialect_.meaning(frame, visitor.id);
  if (meaning != Meaning::reply && meaning != Meaning::handoff) return;
  if (visitor.answered) ++return_.doubled;
  visitor.answered = true;
  settle(visitor);
}

void Crowd::say(Visitor& visitor) {
  const auto& pool = messages_.pool_of(random()).messages;
  visitor.text = pool[random() % pool.size()].text;
  visitor.id = "v" + std::to_string(visitor.client.number()) + "-" + std::to_string(++visitor.said);
  visitor.acknowledged = false;
  visitor.answered = false;
  transmit(visitor);
}

void Crowd::transmit(Visitor& visitor) {
  if (!visitor.client.is_open()) return;
  std::string frame;
  dialect_.message(frame, visitor.id, visitor.text);
  visitor.client.send(frame);
}

// One more has everything.
void Crowd::settle(Visitor& visitor) {
  if (!visitor.acknowledged || !visitor.answered) return;
  if (!returning_) {
    ++inside_;
    return;
  }
  if (visitor.back) return;
  visitor.back = true;
  return_.complete.add(Clock::now() - thrown_out_);
  if (++inside_ == visitors_.size()) {
    return_.all_complete_seconds = seconds(Clock::now() - thrown_out_);
  }
}

void Crowd::ended(Client& client, std::string_view why) {
  ++ends_;
  if (first_fault_.empty()) first_fault_ = why;
  come_later(of(client), {});
}

void Crowd::come_later(Visitor& visitor, std::string_view least_ms) {
  std::uint64_t wait = 0;
  std::from_chars(least_ms.data(), least_ms.data() + least_ms.size(), wait);
  wait += random() % std::min(kDelayMsMax, kFirstDelayMs << std::min(visitor.attempts++, 10U));
  visitor.phase = Phase::away;
  wakes_.push({Clock::now() + std::chrono::milliseconds{wait}, visitor.client.number()});
}

std::uint64_t Crowd::random() {
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return random_ >> 11;
}

}  // namespace svar::bench
