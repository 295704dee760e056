#include "bot/service/desk/team_work.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

const Refused kUnknown{RefusalCode::unknown, "", 0};
const Refused kAbsent{RefusalCode::absent, "", 0};
const Refused kAtCapacity{RefusalCode::at_capacity, "", 0};

}  // namespace

bool shares_municipality(const Account& one, const Account& other) {
  const auto& a = one.rights;
  const auto& b = other.rights;
  if (a.everywhere(Role::agent) || b.everywhere(Role::agent)) return true;
  const auto served = a.municipalities(Role::agent);
  return std::any_of(served.begin(), served.end(),
                     [&](const MunicipalityId& id) { return b.holds(Role::agent, id); });
}

TeamWork::TeamWork(Setup setup)
    : setup_(std::move(setup)), self_(std::make_shared<TeamWork*>(this)) {}

// ---- Who takes how much

std::map<AgentId, int> TeamWork::loads() const {
  std::map<AgentId, int> loads;
  for (const auto& [place, weight] : taking_) loads[place.first] += weight;
  setup_.view.for_each_at_desk([&](const Card& card) {
    if (card.owner == Owner::agent && card.agent) loads[*card.agent] += weight_of(card);
  });
  return loads;
}

MunicipalityId TeamWork::desk_of(const Card& card) const {
  return card.controller.value_or(setup_.release()->host_municipality);
}

// Whether the municipality lets this agent have one more of its conversations.
bool TeamWork::has_room_in(const AgentId& agent, const Card& card) const {
  const MunicipalityId desk = desk_of(card);
  const auto max = setup_.capacity.within(desk);
  if (!max || card.safety) return true;
  const auto under_way = taking_.find({agent, desk});
  int load = under_way == taking_.end() ? 0 : under_way->second;
  setup_.view.for_each_at_desk([&](const Card& held) {
    const bool own = held.owner == Owner::agent && held.agent == agent;
    if (own && desk_of(held) == desk) load += weight_of(held);
  });
  return load == 0 || load + weight_of(card) <= *max;
}

bool TeamWork::fits(const AgentId& agent, const Card& card) const {
  if (card.safety) return true;
  if (!has_room_in(agent, card)) return false;
  auto all = loads();
  const int load = all[agent];
  return load == 0 || load + weight_of(card) <= setup_.capacity.of(agent);
}

bool TeamWork::has_room(const AgentId& agent, const Card& card) const {
  return may_take(card, agent) && fits(agent, card);
}

int TeamWork::load(const AgentId& agent) const {
  return loads()[agent];
}

void TeamWork::take(const Account& agent, ConversationId conversation, Taken done) {
  const auto card = setup_.view.card(agent, conversation);
  const bool own = card && card->owner == Owner::agent && card->agent == agent.name;
  const bool takes = card && !own && may_take(*card, agent.name);
  if (takes && !fits(agent.name, *card)) return done(kAtCapacity);
  const int weight = takes ? weight_of(*card) : 0;
  const std::pair place{agent.name, card ? desk_of(*card) : MunicipalityId{}};
  taking_[place] += weight;
  setup_.view.take(agent, conversation,
                   [self = std::weak_ptr(self_), place, weight,
                    done = std::move(done)](std::variant<Card, Refused> outcome) {
                     if (const auto team = self.lock()) (*team)->taking_[place] -= weight;
                     done(std::move(outcome));
                   });
}

void TeamWork::take_next(const Account& agent, Taken done) {
  const auto cards = setup_.view.cards(agent);
  bool passed_over = false;
  const auto first = std::find_if(cards.begin(), cards.end(), [&](const Card& card) {
    if (card.owner != Owner::queue || !may_take(card, agent.name)) return false;
    const bool room = has_room_in(agent.name, card);
    passed_over = passed_over || !room;
    return room;
  });
  if (first == cards.end()) return done(passed_over ? kAtCapacity : kUnknown);
  take(agent, first->id,
       [self = std::weak_ptr(self_), agent, done](std::variant<Card, Refused> outcome) {
         const auto* refused = std::get_if<Refused>(&outcome);
         const bool lost = refused && (refused->code == RefusalCode::not_yours ||
                                       refused->code == RefusalCode::not_open);
         const auto team = self.lock();
         if (lost && team) return (*team)->take_next(agent, done);
         done(std::move(outcome));
       });
}

// ---- Together

const Account* TeamWork::present_colleague(const AgentId& name, const Card& card) const {
  const Account* account = setup_.accounts(name);
  const bool there =
      account && !account->disabled && setup_.presence.of(name) != Availability::offline;
  return there && DeskView::may_see(*account, card) ? account : nullptr;
}

void TeamWork::note(const Account& agent, ConversationId conversation, ClientId id,
                    std::string text, Done done) {
  setup_.view.act(agent, conversation,
                  AgentNotes{agent.name, agent.display_name, std::move(id), std::move(text)},
                  std::move(done));
}

void TeamWork::offer_transfer(const Account& agent, ConversationId conversation, ClientId id,
                              Transfer transfer, Done done) {
  const auto card = setup_.view.card(agent, conversation);
  if (!card) return done(kUnknown);
  AgentOffersTransfer input{
      agent.name, agent.display_name, std::move(id),           transfer.kind, {},
      {},         transfer.unit,      std::move(transfer.note)};
  if (!transfer.to.empty()) {
    const Account* colleague = present_colleague(transfer.to, *card);
    if (!colleague) return done(kAbsent);
    input.to = colleague->name;
    input.to_name = colleague->display_name;
  } else {
    const auto known = units(agent, conversation);
    const auto unit = std::find_if(known.begin(), known.end(),
                                   [&](const kb::Unit& one) { return one.id == transfer.unit; });
    if (unit == known.end()) return done(kAbsent);
    input.to_name = unit->name.in(card->language);
  }
  setup_.view.act(agent, conversation, std::move(input), std::move(done));
}

void TeamWork::decline_transfer(const Account& agent, ConversationId conversation, ClientId id,
                                Done done) {
  setup_.view.act(agent, conversation, AgentDeclinesTransfer{agent.name, std::move(id)},
                  std::move(done));
}

void TeamWork::invite(const Account& agent, ConversationId conversation, ClientId id,
                      const AgentId& colleague, std::string note, Done done) {
  const auto card = setup_.view.card(agent, conversation);
  if (!card) return done(kUnknown);
  const Account* account = present_colleague(colleague, *card);
  if (!account) return done(kAbsent);
  setup_.view.act(agent, conversation,
                  AgentInvites{agent.name, agent.display_name, std::move(id), account->name,
                               account->display_name, std::move(note)},
                  std::move(done));
}

void TeamWork::leave(const Account& agent, ConversationId conversation, ClientId id, Done done) {
  setup_.view.act(agent, conversation, ColleagueLeaves{agent.name, std::move(id)}, std::move(done));
}

void TeamWork::park(const Account& agent, ConversationId conversation, ClientId id,
                    std::string note, Done done) {
  setup_.view.act(agent, conversation, AgentParks{agent.name, std::move(id), std::move(note)},
                  std::move(done));
}

void TeamWork::resume(const Account& agent, ConversationId conversation, ClientId id, Done done) {
  setup_.view.act(agent, conversation, AgentResumes{agent.name, std::move(id)}, std::move(done));
}

void TeamWork::close(const Account& agent, ConversationId conversation, ClientId id,
                     std::optional<CloseOutcome> outcome, std::optional<ArticleId> topic,
                     Done done) {
  setup_.view.act(agent, conversation,
                  AgentCloses{agent.name, std::move(id), outcome, std::move(topic)},
                  std::move(done));
}

// ---- What an agent sees of the others

std::vector<TeamWork::Colleague> TeamWork::colleagues(const Account& agent) const {
  auto all = loads();
  std::vector<Colleague> colleagues;
  for (const Account* one : setup_.presence.present()) {
    if (!shares_municipality(agent, *one)) continue;
    colleagues.push_back({one->name, one->display_name, setup_.presence.of(one->name),
                          all[one->name], setup_.capacity.of(one->name)});
  }
  return colleagues;
}

std::vector<kb::Unit> TeamWork::units(const Account& agent, ConversationId conversation) const {
  const auto card = setup_.view.card(agent, conversation);
  if (!card || !card->controller) return {};
  const auto* municipality = setup_.release()->municipality(*card->controller);
  return municipality == nullptr ? std::vector<kb::Unit>() : municipality->units;
}

}  // namespace svar::service
