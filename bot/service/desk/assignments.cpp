#include "bot/service/desk/assignments.h"

#include <algorithm>

namespace svar::service {

Assignments::Assignments(DeskView& view, Presence& presence, TeamWork& team, const Clock& clock,
                         Options options)
    : view_(view), presence_(presence), team_(team), clock_(clock), options_(std::move(options)) {}

void Assignments::sweep() {
  if (options_.in.empty()) return;
  note_idle();
  const auto cards = waiting();
  end_offers(cards);
  for (const Card& card : cards) offer(card);
}

std::optional<Assignment> Assignments::offered_to(const AgentId& agent) const {
  const auto found = offers_.find(agent);
  return found == offers_.end() ? std::nullopt : std::optional{found->second.assignment};
}

bool Assignments::pass_on(const AgentId& agent, ConversationId conversation) {
  const auto offered = offered_to(agent);
  if (!offered || offered->conversation != conversation) return false;
  passed_over(agent, conversation);
  sweep();
  return true;
}

// In the queue's order. A message that was left can wait until somebody asks for it.
std::vector<Card> Assignments::waiting() const {
  std::vector<Card> cards;
  view_.for_each_at_desk([&](const Card& card) {
    const bool waits = card.owner == Owner::queue && !card.offer && !card.message_waits;
    if (waits && card.controller && options_.in.contains(*card.controller)) cards.push_back(card);
  });
  std::sort(cards.begin(), cards.end(), comes_before);
  return cards;
}

// Whoever has taken or ended something begins to wait anew.
void Assignments::note_idle() {
  const SteadyTime now = clock_.steady();
  std::map<AgentId, Idle> idle;
  for (const Account* agent : presence_.present()) {
    if (presence_.of(agent->name) != Availability::online) continue;
    const int load = team_.load(agent->name);
    const auto before = idle_.find(agent->name);
    const bool same = before != idle_.end() && before->second.load == load;
    idle[agent->name] = {same ? before->second.since : now, load};
  }
  idle_ = std::move(idle);
}

void Assignments::end_offers(const std::vector<Card>& waiting) {
  const auto still_waits = [&](ConversationId id) {
    return std::find_if(waiting.begin(), waiting.end(),
                        [&](const Card& card) { return card.id == id; });
  };
  const auto offers = offers_;
  for (const auto& [agent, offer] : offers) {
    const auto card = still_waits(offer.assignment.conversation);
    const auto present = presence_.present();
    const auto account = std::find_if(present.begin(), present.end(),
                                      [&](const Account* one) { return one->name == agent; });
    const bool void_now =
        card == waiting.end() || account == present.end() || !suits(**account, *card);
    if (void_now) {
      offers_.erase(agent);
      tell(agent);
    } else if (clock_.steady() >= offer.ends) {
      passed_over(agent, offer.assignment.conversation);
    }
  }
  std::erase_if(passed_, [&](const auto& one) { return still_waits(one.first) == waiting.end(); });
}

void Assignments::offer(const Card& card) {
  const bool offered = std::any_of(offers_.begin(), offers_.end(), [&](const auto& one) {
    return one.second.assignment.conversation == card.id;
  });
  if (offered) return;
  const auto& passed = passed_[card.id];
  const Account* agent =
      longest_idle(card, [&](const AgentId& name) { return !passed.contains(name); });
  if (agent == nullptr) {
    // Everybody who could have passed it on: it goes round once more.
    agent = longest_idle(card, [&](const AgentId& name) {
      const auto when = passed.find(name);
      return when == passed.end() || clock_.steady() - when->second >= options_.accept_max;
    });
  }
  if (agent == nullptr) return;
  offers_[agent->name] = {{card.id, clock_.now() + options_.accept_max},
                          clock_.steady() + options_.accept_max};
  tell(agent->name);
}

bool Assignments::suits(const Account& agent, const Card& card) const {
  return idle_.contains(agent.name) && DeskView::may_see(agent, card) &&
         team_.has_room(agent.name, card);
}

const Account* Assignments::longest_idle(const Card& card,
                                         const std::function<bool(const AgentId&)>& may_get) const {
  const Account* longest = nullptr;
  for (const Account* agent : presence_.present()) {
    const bool free = !offers_.contains(agent->name) && may_get(agent->name);
    if (!free || !suits(*agent, card)) continue;
    const bool longer =
        longest == nullptr || idle_.at(agent->name).since < idle_.at(longest->name).since;
    if (longer) longest = agent;
  }
  return longest;
}

void Assignments::passed_over(const AgentId& agent, ConversationId conversation) {
  offers_.erase(agent);
  passed_[conversation][agent] = clock_.steady();
  if (const auto idle = idle_.find(agent); idle != idle_.end())
    idle->second.since = clock_.steady();
  tell(agent);
}

void Assignments::tell(const AgentId& agent) {
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (AssignmentListener* listener : listeners) {
    if (std::find(listeners_.begin(), listeners_.end(), listener) != listeners_.end())
      listener->assignment_changed(agent);
  }
}

void Assignments::add_listener(AssignmentListener& listener) {
  listeners_.push_back(&listener);
}

void Assignments::remove_listener(AssignmentListener& listener) {
  std::erase(listeners_, &listener);
}

}  // namespace svar::service
