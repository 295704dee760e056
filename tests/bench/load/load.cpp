#include "tests/bench/load/load.h"

#include <cstdio>
#include <iostream>
#include <stdexcept>

namespace svar::bench {

namespace {

using namespace std::chrono_literals;

constexpr auto kAllInsideWithin = 60s;
constexpr auto kComeBackAfter = 100ms;  // when a connection was lost or refused
constexpr auto kWaitMost = 5ms;

}  // namespace

Load::Load(const LoadSettings& settings, const Dialect& dialect, const Target& target,
           const Messages& messages)
    : settings_(settings),
      dialect_(dialect),
      target_(target),
      messages_(messages),
      random_(settings.seed * 0x9e3779b97f4a7c15U + 1) {
  for (std::uint32_t number = 0; number < settings_.connections; ++number) {
    citizens_.push_back(std::make_unique<Citizen>(loop_, *this, target_, number));
  }
}

Load::~Load() = default;

LoadResult Load::run() {
  LoadResult result;
  result.unconnected = process_figures(settings_.pid);
  const auto began = Clock::now();
  open_all();
  if (settings_.agent_held) have_held();
  result.connect_seconds = std::chrono::duration<double>(Clock::now() - began).count();
  result.connected = process_figures(settings_.pid);
  going_ = true;
  for (const auto& citizen : citizens_) {
    if (citizen->phase == Phase::ready) ready(*citizen);
  }
  const auto warm = Clock::now() + settings_.warmup;
  load_until(warm);
  tally_ = {};
  tally_.labels.resize(messages_.labels.size());
  result.before = figures();
  const std::uint64_t desk_frames = desk_ ? desk_->frames() : 0;
  load_until(Clock::now() + settings_.duration);
  result.after = figures();
  if (desk_) {
    result.desk_frames = desk_->frames() - desk_frames;
    result.desk_ends = desk_->ends();
    if (first_fault_.empty() && desk_->ends() > 0) first_fault_ = "the desk: " + desk_->fault();
  }
  going_ = false;
  result.tally = tally_;
  result.stuck = wait_for_the_last();
  result.turns_in_all = turns_in_all_;
  result.first_fault = first_fault_;
  return result;
}

// Few at once: the accept queue of the server is not what is measured.
void Load::open_all() {
  tally_.labels.resize(messages_.labels.size());
  const auto until = Clock::now() + kAllInsideWithin;
  std::size_t next = 0;
  while (inside_ < citizens_.size()) {
    while (next < citizens_.size() && entering_ < settings_.handshakes_max) {
      ++entering_;
      enter(*citizens_[next++]);
    }
    loop_.wait(kWaitMost);
    wake_who_is_due();
    if (Clock::now() < until) continue;
    throw std::runtime_error("only " + std::to_string(inside_) + " of " +
                             std::to_string(citizens_.size()) + " got in: " + first_fault_);
  }
}

// Tells whoever drives this that every conversation waits for a person, and goes on when they are
// taken.
void Load::have_held() {
  std::cerr << "waiting";
  for (const auto& citizen : citizens_) std::cerr << ' ' << citizen->conversation;
  std::cerr << std::endl;
  std::string line;
  if (!std::getline(std::cin, line)) throw std::runtime_error("nobody took the conversations");
  const auto number = static_cast<std::uint32_t>(citizens_.size());
  if (!line.empty()) desk_.emplace(loop_, target_.port, line, number);
  for (const auto& citizen : citizens_) citizen->phase = Phase::ready;
  loop_.wait(kWaitMost);  // what the agent's joining has said
}

void Load::load_until(Clock::time_point end) {
  while (Clock::now() < end && !has_enough()) {
    if (settings_.rate > 0) send_what_is_due();
    wake_who_is_due();
    if (desk_) desk_->come_back();
    loop_.wait(settings_.rate > 0 ? 200us : std::chrono::microseconds{kWaitMost});
  }
}

void Load::send_what_is_due() {
  const auto now = Clock::now();
  if (!first_due_) first_due_ = now;
  for (;;) {
    const std::chrono::duration<double> offset{static_cast<double>(due_) / settings_.rate};
    const auto due = *first_due_ + std::chrono::duration_cast<Clock::duration>(offset);
    if (due > now) return;
    ++due_;
    while (!idle_.empty() && citizens_[idle_.back()]->phase != Phase::ready) idle_.pop_back();
    if (idle_.empty()) {
      overdue_.push_back(due);
      continue;
    }
    Citizen& citizen = *citizens_[idle_.back()];
    idle_.pop_back();
    say(citizen, due);
  }
}

void Load::wake_who_is_due() {
  while (!wakes_.empty() && wakes_.top().at <= Clock::now()) {
    Citizen& citizen = *citizens_[wakes_.top().citizen];
    wakes_.pop();
    if (citizen.phase == Phase::away) enter(citizen);
  }
}

// How many never got their answer.
std::uint64_t Load::wait_for_the_last() {
  const auto until = Clock::now() + settings_.timeout;
  for (;;) {
    std::uint64_t waiting = 0;
    for (const auto& citizen : citizens_) waiting += citizen->phase == Phase::waiting;
    if (waiting == 0 || Clock::now() >= until) return waiting;
    loop_.wait(kWaitMost);
  }
}

void Load::enter(Citizen& citizen) {
  citizen.phase = Phase::opening;
  citizen.pool = &messages_.pool_of(random());
  citizen.next = random() % citizen.pool->messages.size();
  // Not all leave at once: the first conversations are of different lengths.
  const int turns = settings_.turns_per_conversation;
  citizen.turns_left = citizen.messages == 0 && turns > 0
                           ? 1 + static_cast<int>(citizen.client.number()) % turns
                           : turns;
  citizen.began = Clock::now();
  citizen.client.connect();
}

void Load::opened(Client& client) {
  Citizen& citizen = of(client);
  if (!dialect_.greets()) return welcomed(citizen, {});
  citizen.phase = Phase::greeting;
  client.send(dialect_.hello(citizen.pool->site));
}

void Load::welcomed(Citizen& citizen, std::string_view frame) {
  tally_.welcome.add(Clock::now() - citizen.began);
  ++tally_.conversations;
  if (settings_.agent_held && !going_) {
    citizen.phase = Phase::asking;
    citizen.conversation = member(frame, "conversation");
    citizen.id = "h" + std::to_string(citizen.client.number());
    return citizen.client.send(R"({"type":"human","id":")" + citizen.id + "\"}");
  }
  if (citizen.messages == 0 && !going_) {
    ++inside_;
    --entering_;
  }
  ready(citizen);
}

void Load::ready(Citizen& citizen) {
  citizen.phase = Phase::ready;
  if (!going_ || has_enough()) return;
  if (settings_.rate <= 0) return say(citizen, Clock::now());
  if (overdue_.empty()) return idle_.push_back(citizen.client.number());
  const auto due = overdue_.front();
  overdue_.pop_front();
  say(citizen, due);
}

void Load::say(Citizen& citizen, Clock::time_point due) {
  const Message& message = citizen.pool->messages[citizen.next];
  citizen.next = (citizen.next + 1) % citizen.pool->messages.size();
  citizen.label = message.label;
  char id[48];
  const int size =
      std::snprintf(id, sizeof id, "c%u-%u", citizen.client.number(), ++citizen.messages);
  citizen.id.assign(id, static_cast<std::size_t>(size));
  citizen.began = due;
  citizen.phase = Phase::waiting;
  dialect_.message(frame_, citizen.id, message.text);
  citizen.client.send(frame_);
}

void Load::said(Client& client, std::string_view text) {
  Citizen& citizen = of(client);
  const bool waits = citizen.phase == Phase::waiting || citizen.phase == Phase::asking;
  switch (dialect_.meaning(text, waits ? std::string_view{citizen.id} : std::string_view{})) {
    case Meaning::welcome:
      return citizen.phase == Phase::greeting ? welcomed(citizen, text) : void();
    case Meaning::ack:
      return waits ? acknowledged(citizen) : void();
    case Meaning::reply:
      return waits ? completed(citizen, false) : void();
    case Meaning::handoff:
      return waits ? completed(citizen, true) : void();
    case Meaning::refused:
      return refused(citizen, text);
    case Meaning::other:
      return;
  }
}

void Load::acknowledged(Citizen& citizen) {
  if (citizen.phase == Phase::asking) {
    citizen.phase = Phase::held;
    ++inside_;
    --entering_;
    return;
  }
  tally_.ack.add(Clock::now() - citizen.began);
  if (settings_.agent_held) completed(citizen, false);
}

void Load::completed(Citizen& citizen, bool conversation_over) {
  if (citizen.phase != Phase::waiting) return;
  tally_.reply.add(Clock::now() - citizen.began);
  ++tally_.turns;
  ++turns_in_all_;
  ++tally_.labels[citizen.label];
  tally_.handed_off += conversation_over;
  if (!conversation_over && (citizen.turns_left == 0 || --citizen.turns_left > 0))
    return ready(citizen);
  if (!going_ || has_enough()) {
    citizen.phase = Phase::ready;
    return;
  }
  citizen.client.close();
  enter(citizen);
}

void Load::refused(Citizen& citizen, std::string_view frame) {
  const std::string code{member(frame, "code")};
  ++tally_.refused[code];
  if (first_fault_.empty()) first_fault_ = "refused: " + std::string{frame.substr(0, 300)};
  const std::string_view wait = member(frame, "retry_after_ms");
  const auto after = wait.empty() ? kComeBackAfter
                                  : std::chrono::milliseconds{std::atol(std::string{wait}.c_str())};
  citizen.client.close();
  come_back(citizen, after);
}

void Load::ended(Client& client, std::string_view why) {
  Citizen& citizen = of(client);
  ++tally_.ended_early;
  if (first_fault_.empty()) first_fault_ = why;
  come_back(citizen, kComeBackAfter);
}

void Load::come_back(Citizen& citizen, Clock::duration after) {
  citizen.phase = Phase::away;
  wakes_.push({Clock::now() + after, citizen.client.number()});
}

bool Load::has_enough() const {
  return settings_.turns_max > 0 && turns_in_all_ >= settings_.turns_max;
}

Figures Load::figures() const {
  return {Clock::now().time_since_epoch(), process_figures(settings_.pid), machine_figures(),
          sync_figures(settings_.syncs), own_cpu_seconds()};
}

std::uint64_t Load::random() {
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return random_ >> 11;
}

}  // namespace svar::bench
