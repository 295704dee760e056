#include "bot/service/desk/queue_order.h"

#include <algorithm>
#include <map>
#include <utility>

namespace svar::service {

std::optional<QueuePlace> QueueOrder::place(ConversationId conversation) const {
  const auto found = places_.find(conversation);
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

void QueueOrder::know_team(const Presence& presence, const Clock& clock) {
  presence_ = &presence;
  clock_ = &clock;
}

void QueueOrder::add_listener(QueueListener& listener) {
  listeners_.push_back(&listener);
}
void QueueOrder::remove_listener(QueueListener& listener) {
  std::erase(listeners_, &listener);
}

void QueueOrder::accepted(const AgentId& agent) {
  if (presence_ == nullptr) return;
  const auto present = presence_->present();
  const auto found = std::find_if(present.begin(), present.end(),
                                  [&](const Account* one) { return one->name == agent; });
  if (found != present.end()) intervals_.accepted((*found)->rights, clock_->steady());
}

// Where nobody is at work whoever comes next is taken to serve everything.
bool QueueOrder::served_together(const std::optional<MunicipalityId>& one,
                                 const std::optional<MunicipalityId>& other) const {
  if (presence_ == nullptr || one == other || !one || !other) return true;
  const auto present = presence_->present();
  if (present.empty()) return true;
  return std::any_of(present.begin(), present.end(), [&](const Account* agent) {
    return agent->may_see(*one) && agent->may_see(*other);
  });
}

std::unordered_map<ConversationId, QueuePlace> QueueOrder::places() const {
  std::unordered_map<ConversationId, QueuePlace> places;
  std::map<std::optional<MunicipalityId>, int> before;
  std::map<std::pair<std::optional<MunicipalityId>, std::optional<MunicipalityId>>, bool> together;
  for (const Waiting& one : order_) {
    int ahead = 0;
    for (const auto& [controller, count] : before) {
      const auto [known, is_new] = together.try_emplace({controller, one.controller});
      if (is_new) known->second = served_together(controller, one.controller);
      if (known->second) ahead += count;
    }
    ++before[one.controller];
    if (!one.has_place) continue;
    QueuePlace place{ahead, std::nullopt};
    if (clock_) place.minutes = intervals_.minutes(one.controller, ahead + 1, clock_->steady());
    places[one.conversation] = place;
  }
  return places;
}

void QueueOrder::set(std::vector<Waiting> order) {
  order_ = std::move(order);
  refresh();
}

void QueueOrder::refresh() {
  auto now = places();
  std::vector<std::pair<ConversationId, QueuePlace>> moved;
  for (const Waiting& one : order_) {
    const auto place = now.find(one.conversation);
    if (place == now.end()) continue;
    const auto then = places_.find(one.conversation);
    const bool same = then != places_.end() && then->second == place->second;
    if (!same) moved.emplace_back(one.conversation, place->second);
  }
  places_ = std::move(now);
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (const auto& [conversation, place] : moved) {
    for (QueueListener* listener : listeners) {
      if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end()) continue;
      listener->place_changed(conversation, place);
    }
  }
}

}  // namespace svar::service
