#include "bot/service/desk/presence.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

constexpr std::pair<Availability, std::string_view> kSpellings[] = {
    {Availability::online, "online"},
    {Availability::away, "away"},
    {Availability::phone, "phone"},
    {Availability::offline, "offline"},
};

}  // namespace

std::string_view code(Availability availability) {
  for (const auto& [known, spelling] : kSpellings) {
    if (known == availability) return spelling;
  }
  return {};
}

std::optional<Availability> availability_from_code(std::string_view code) {
  for (const auto& [known, spelling] : kSpellings) {
    if (spelling == code) return known;
  }
  return std::nullopt;
}

Presence::Presence(AccountSource accounts, const Clock& clock, Options options)
    : accounts_(std::move(accounts)),
      clock_(clock),
      options_(options),
      started_(clock.steady()),
      staffing_(std::make_shared<engine::Staffing>(engine::Staffing{options.rule, false, {}})) {}

void Presence::screen_opened(const AgentId& agent) {
  Seen& seen = seen_[agent];
  ++seen.screens;
  seen.last = clock_.steady();
  if (seen.chosen == Availability::offline) seen.chosen = Availability::online;
  changed();
}

void Presence::screen_closed(const AgentId& agent) {
  Seen& seen = seen_[agent];
  if (seen.screens > 0) --seen.screens;
  seen.last = clock_.steady();
  changed();
}

void Presence::was_heard(const AgentId& agent) {
  const auto [found, is_new] = seen_.try_emplace(agent);
  found->second.last = clock_.steady();
  if (is_new) changed();
}

void Presence::choose(const AgentId& agent, Availability availability) {
  Seen& seen = seen_[agent];
  seen.chosen = availability;
  seen.last = clock_.steady();
  changed();
}

bool Presence::in_reach(const Seen& seen) const {
  return seen.screens > 0 && seen.chosen != Availability::offline;
}

bool Presence::out_too_long(SteadyTime last) const {
  return clock_.steady() - last >= options_.lost_after;
}

Availability Presence::of(const AgentId& agent) const {
  const auto found = seen_.find(agent);
  if (found == seen_.end()) return Availability::offline;
  const Seen& seen = found->second;
  return in_reach(seen) || !out_too_long(seen.last) ? seen.chosen : Availability::offline;
}

bool Presence::is_lost(const AgentId& agent) const {
  const auto found = seen_.find(agent);
  if (found == seen_.end()) return out_too_long(started_);
  return !in_reach(found->second) && out_too_long(found->second.last);
}

std::vector<const Account*> Presence::present() const {
  std::vector<const Account*> accounts;
  for (const auto& [agent, seen] : seen_) {
    const Account* account = accounts_(agent);
    const bool is_agent = account != nullptr && !account->disabled && account->has(Role::agent);
    if (is_agent && of(agent) != Availability::offline) accounts.push_back(account);
  }
  return accounts;
}

void Presence::sweep() {
  changed();
}

// Who is away at lunch does not answer soon; who is on the phone does.
void Presence::changed() {
  engine::Staffing now{options_.rule, false, {}};
  for (const Account* account : present()) {
    if (of(account->name) == Availability::away) continue;
    const Municipalities served = account->rights.municipalities(Role::agent);
    now.everywhere = now.everywhere || account->rights.everywhere(Role::agent);
    now.municipalities.insert(served.begin(), served.end());
  }
  if (!(now == *staffing_)) staffing_ = std::make_shared<engine::Staffing>(std::move(now));
  std::map<AgentId, Availability> shown;
  for (const auto& [agent, seen] : seen_) shown[agent] = of(agent);
  if (shown == told_) return;
  told_ = std::move(shown);
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (PresenceListener* listener : listeners) {
    if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end()) continue;
    listener->presence_changed();
  }
}

void Presence::add_listener(PresenceListener& listener) {
  listeners_.push_back(&listener);
}
void Presence::remove_listener(PresenceListener& listener) {
  std::erase(listeners_, &listener);
}

}  // namespace svar::service
