#include "bot/service/desk/drafts.h"

#include <algorithm>

namespace svar::service {

Drafts::Drafts(DeskView& view) : view_(view) {
  view_.add_listener(*this);
}

Drafts::~Drafts() {
  view_.remove_listener(*this);
}

void Drafts::keep(const AgentId& agent, ConversationId conversation, std::string text) {
  if (text.empty()) {
    drafts_.erase({conversation, agent});
    return;
  }
  drafts_[{conversation, agent}] = {std::move(text), ++changes_};
  if (drafts_.size() <= kDraftsMax) return;
  drafts_.erase(std::min_element(drafts_.begin(), drafts_.end(),
                                 [](auto& a, auto& b) { return a.second.kept < b.second.kept; }));
}

std::string Drafts::of(const AgentId& agent, ConversationId conversation) const {
  const auto found = drafts_.find({conversation, agent});
  return found == drafts_.end() ? std::string() : found->second.text;
}

void Drafts::appended(ConversationId conversation, const std::vector<Recorded>& events) {
  if (drafts_.empty()) return;
  for (const Recorded& recorded : events) {
    if (const auto* spoke = std::get_if<AgentSpoke>(&recorded.event))
      drafts_.erase({conversation, spoke->agent});
    if (std::holds_alternative<Redacted>(recorded.event)) forget(conversation);
  }
}

void Drafts::forget(ConversationId conversation) {
  std::erase_if(drafts_, [&](const auto& draft) { return draft.first.first == conversation; });
}

}  // namespace svar::service
