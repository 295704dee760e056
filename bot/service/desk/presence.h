// Who is at the desk. An agent is there while a screen is open; what the agent chose (away, on the
// phone) is kept in memory and told anew by the screen when it comes back. Whoever is out of reach
// counts as there for a while, because a page is reloaded and a network drops.
//
// Threads: one, the executor's. Listeners are called inside the calls and must not block.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "bot/engine/staffing.h"
#include "bot/service/people/account.h"
#include "bot/service/turn/clock.h"

namespace svar::service {

enum class Availability { online, away, phone, offline };
std::string_view code(Availability availability);
std::optional<Availability> availability_from_code(std::string_view code);

class PresenceListener {
 public:
  virtual ~PresenceListener() = default;
  virtual void presence_changed() = 0;  // of one or several agents
};

class Presence {
 public:
  // The account as it is now; nothing when there is none.
  using AccountSource = std::function<const Account*(const AgentId&)>;
  struct Options {
    engine::QueueRule rule = engine::QueueRule::open;
    std::chrono::milliseconds lost_after = std::chrono::minutes{1};
  };

  // Everything referred to must outlive this object.
  Presence(AccountSource accounts, const Clock& clock, Options options);
  Presence(const Presence&) = delete;

  void screen_opened(const AgentId& agent);
  void screen_closed(const AgentId& agent);
  void was_heard(const AgentId& agent);  // a call without a screen: within reach now, no longer
  void choose(const AgentId& agent, Availability availability);

  // As colleagues see it: offline once out of reach for so long, or by choice.
  Availability of(const AgentId& agent) const;
  // Whether what this agent has must be given to others. An agent that was never seen has as long
  // from the start of this process.
  bool is_lost(const AgentId& agent) const;
  // Everybody who is not offline and whose account still is an agent's.
  std::vector<const Account*> present() const;

  // For decisions; the same object while nothing has changed.
  std::shared_ptr<const engine::Staffing> staffing() const { return staffing_; }

  // Notices whose time out of reach is up. Called about once a second.
  void sweep();

  void add_listener(PresenceListener& listener);
  void remove_listener(PresenceListener& listener);  // may be called inside a call

 private:
  struct Seen {
    int screens = 0;
    Availability chosen = Availability::online;
    SteadyTime last;  // within reach; now while a screen is open
  };
  bool in_reach(const Seen& seen) const;
  bool out_too_long(SteadyTime last) const;
  void changed();

  AccountSource accounts_;
  const Clock& clock_;
  Options options_;
  SteadyTime started_;
  std::map<AgentId, Seen> seen_;
  std::map<AgentId, Availability> told_;  // as listeners know it
  std::shared_ptr<const engine::Staffing> staffing_;
  std::vector<PresenceListener*> listeners_;
};

}  // namespace svar::service
