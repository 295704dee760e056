#include "bot/service/desk/queue_order.h"

#include <algorithm>
#include <utility>

namespace svar::service {

std::optional<QueuePlace> QueueOrder::place(ConversationId conversation) const {
  const auto found = before_.find(conversation);
  if (found == before_.end()) return std::nullopt;
  return QueuePlace{found->second, std::nullopt};
}

void QueueOrder::add_listener(QueueListener& listener) {
  listeners_.push_back(&listener);
}
void QueueOrder::remove_listener(QueueListener& listener) {
  std::erase(listeners_, &listener);
}

void QueueOrder::set(const std::vector<ConversationId>& order) {
  std::unordered_map<ConversationId, int> before;
  std::vector<ConversationId> moved;
  for (const ConversationId conversation : order) {
    const int now = static_cast<int>(before.size());
    before[conversation] = now;
    const auto then = before_.find(conversation);
    if (then == before_.end() || then->second != now) moved.push_back(conversation);
  }
  before_ = std::move(before);
  const auto listeners = listeners_;  // one may be removed meanwhile
  for (const ConversationId conversation : moved) {
    const auto now = place(conversation);
    for (QueueListener* listener : listeners) {
      if (std::find(listeners_.begin(), listeners_.end(), listener) == listeners_.end()) continue;
      if (now) listener->place_changed(conversation, *now);
    }
  }
}

}  // namespace svar::service
