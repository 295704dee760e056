#include "bot/service/delivery/delivery_line.h"

#include <algorithm>
#include <utility>

namespace svar::service {

DeliveryState state_of(SendOutcome::Kind kind) {
  if (kind == SendOutcome::Kind::sent) return DeliveryState::sent;
  if (kind == SendOutcome::Kind::uncertain) return DeliveryState::uncertain;
  const bool again = kind == SendOutcome::Kind::retry || kind == SendOutcome::Kind::channel_stopped;
  return again ? DeliveryState::pending : DeliveryState::failed;
}

void count(Delivery::Counters& counters, DeliveryState state) {
  if (state == DeliveryState::sent) ++counters.sent;
  if (state == DeliveryState::uncertain) ++counters.uncertain;
  if (state == DeliveryState::failed) ++counters.failed;
  if (state == DeliveryState::pending) ++counters.refused;
}

ChannelStatus status_of(const DeliveryAccount& account) {
  const ChannelFacts& facts = account.channel->facts();
  return {facts.name, facts.site, facts.window, account.counters.stopped_by};
}

std::optional<std::string> news_of(DeliveryAccount& account, const SendOutcome& outcome,
                                   const Delivery::Options& options, SteadyTime now) {
  std::string& stopped_by = account.counters.stopped_by;
  if (outcome.kind == SendOutcome::Kind::channel_stopped) {
    account.probe_at = now + options.stopped_pause;
    const std::string before =
        std::exchange(stopped_by, outcome.why.empty() ? "stopped" : outcome.why);
    return before.empty() ? std::optional{stopped_by} : std::nullopt;
  }
  if (outcome.kind != SendOutcome::Kind::sent || stopped_by.empty()) return std::nullopt;
  stopped_by.clear();
  account.stopped_by_check = false;
  return std::string{};
}

std::optional<std::string> news_of_check(DeliveryAccount& account, const SendOutcome& outcome,
                                         const Delivery::Options& options, SteadyTime now) {
  // That a token holds says nothing of why sending was refused.
  if (outcome.kind == SendOutcome::Kind::sent && !account.stopped_by_check) return std::nullopt;
  const bool went = account.counters.stopped_by.empty();
  const auto news = news_of(account, outcome, options, now);
  if (went && !account.counters.stopped_by.empty()) account.stopped_by_check = true;
  return news;
}

bool is_to_be_sent(const DeliveryRow& row, const ChannelFacts& channel) {
  return row.state == DeliveryState::pending ||
         (row.state == DeliveryState::uncertain && channel.is_idempotent);
}

void pause(DeliveryLine& line, const Delivery::Options& options, SteadyTime now,
           std::optional<std::chrono::milliseconds> asked) {
  const auto doubled = options.pause_first * (1 << std::min(line.refusals, 16));
  ++line.refusals;
  if (!line.first_refused) line.first_refused = now;
  line.due = now + std::max(std::min(doubled, options.pause_max),
                            asked.value_or(std::chrono::milliseconds{0}));
}

bool is_given_up(const DeliveryLine& line, const Delivery::Options& options, SteadyTime now) {
  return line.first_refused && now - *line.first_refused > options.give_up_after;
}

void first_is_done(DeliveryLine& line) {
  line.parts.pop_front();
  line.refusals = 0;
  line.first_refused.reset();
  line.due = {};
}

}  // namespace svar::service
