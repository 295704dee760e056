#include "connectors/desk/delivery_feed.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace svar::desk {

DeliveryFeed::DeliveryFeed(const service::DeliveryView& view, Send send)
    : view_(view), send_(std::move(send)), self_(std::make_shared<DeliveryFeed*>(this)) {}

void DeliveryFeed::watch(ConversationId conversation) {
  watched_.try_emplace(conversation);
}

void DeliveryFeed::unwatch(ConversationId conversation) {
  watched_.erase(conversation);
}

void DeliveryFeed::changed(std::optional<ConversationId> conversation) {
  for (auto& [id, watched] : watched_) {
    if (!conversation || id == *conversation) watched.is_due = true;
  }
}

void DeliveryFeed::ask(const service::Account& agent) {
  std::vector<ConversationId> due;  // an answer may come at once
  for (auto& [id, watched] : watched_) {
    if (!watched.is_due || watched.is_asked) continue;
    watched.is_due = false;
    watched.is_asked = true;
    due.push_back(id);
  }
  for (const ConversationId id : due) {
    view_.states(agent, id, [self = std::weak_ptr(self_), id](auto states) {
      if (const auto feed = self.lock()) (*feed)->answer(id, std::move(states));
    });
  }
}

void DeliveryFeed::answer(ConversationId conversation, std::vector<service::MessageState> states) {
  const auto found = watched_.find(conversation);
  if (found == watched_.end()) return;
  found->second.is_asked = false;
  std::vector<service::MessageState> news;
  for (service::MessageState& one : states) {
    const auto [told, is_new] = found->second.told.try_emplace(one.seq, one);
    if (!is_new && told->second == one) continue;
    told->second = one;
    news.push_back(std::move(one));
  }
  if (news.empty()) return;
  send_({{"type", "delivery"},
         {"conversation", std::to_string(conversation.value)},
         {"messages", encode(news)}});
}

}  // namespace svar::desk
