// The desk with its team: accounts, presence, capacity, and the duties that the sweep has.
#pragma once

#include "bot/service/desk/desk_duties.h"
#include "bot/service/desk/team_work.h"
#include "tests/service/desk/desk_world.h"

namespace svar::fakes {

class TeamWorld : public DeskWorld {
 public:
  TeamWorld() {
    add(agent_account("kari"));
    add(agent_account("ola"));
    add(agent_account("gudrun", {MunicipalityId{"gulen"}}));
    view->queue().know_team(presence, clock);
  }

  void add(service::Account account) { accounts[account.name] = std::move(account); }
  const service::Account& account(const std::string& name) { return accounts.at(AgentId{name}); }
  void arrives(const std::string& name) { presence.screen_opened(AgentId{name}); }
  void leaves(const std::string& name) { presence.screen_closed(AgentId{name}); }

  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    duties.sweep();
    executor.run();
  }

  // The refusal's code; empty when it went well.
  std::string takes(const std::string& name, ConversationId id) {
    return waited([&](auto done) { team.take(account(name), id, done); });
  }
  std::string takes_next(const std::string& name) {
    return waited([&](auto done) { team.take_next(account(name), done); });
  }
  template <class Act>
  std::string acts(Act act) {
    std::string refusal = "no answer";
    act([&](const service::SubmitOutcome& outcome) {
      const auto* refused = std::get_if<service::Refused>(&outcome);
      refusal = refused ? std::string(code(refused->code)) : std::string();
    });
    executor.run();
    return refusal;
  }
  std::string offers(const std::string& name, ConversationId id,
                     service::TeamWork::Transfer transfer) {
    return acts([&](auto done) {
      team.offer_transfer(account(name), id, next_id(), std::move(transfer), done);
    });
  }

  service::Card card(ConversationId id) { return *view->card(account("kari"), id); }
  std::string holder(ConversationId id) {
    const auto held = card(id);
    return held.agent ? held.agent->value : std::string(code(held.owner));
  }

  std::map<AgentId, service::Account> accounts;
  service::Presence::AccountSource source = [this](const AgentId& name) {
    const auto found = accounts.find(name);
    return found == accounts.end() ? nullptr : &found->second;
  };
  service::Presence presence{source, clock, {engine::QueueRule::always, std::chrono::minutes{1}}};
  service::TeamWork team{{*view, presence, source, [this] { return release; }, {2, {}, {}}}};
  service::DeskDuties duties{
      conversations, *view,
      presence,      [this] { return release; },
      clock,         {std::chrono::seconds{120}, std::chrono::minutes{15}, {}}};

 private:
  template <class Take>
  std::string waited(Take take) {
    std::string refusal = "no answer";
    take([&](const std::variant<service::Card, service::Refused>& outcome) {
      const auto* refused = std::get_if<service::Refused>(&outcome);
      refusal = refused ? std::string(code(refused->code)) : std::string();
    });
    executor.run();
    return refusal;
  }
};

}  // namespace svar::fakes
