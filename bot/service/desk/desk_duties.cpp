#include "bot/service/desk/desk_duties.h"

#include <algorithm>
#include <utility>

#include "bot/engine/staffing.h"

namespace svar::service {

DeskDuties::DeskDuties(Conversations& conversations, DeskView& view, Presence& presence,
                       Conversations::ReleaseSource release, const Clock& clock, Options options)
    : conversations_(conversations),
      view_(view),
      presence_(presence),
      release_(std::move(release)),
      clock_(clock),
      options_(std::move(options)) {}

void DeskDuties::sweep() {
  presence_.sweep();
  const Time now = clock_.now();
  std::vector<std::pair<ConversationId, Input>> found;
  view_.for_each_at_desk([&](const Card& card) {
    if (under_way_.contains(card.id)) return;
    if (auto input = due(card, now)) found.emplace_back(card.id, std::move(*input));
  });
  for (auto& [conversation, input] : found) submit(conversation, std::move(input));
  view_.queue().refresh();
}

std::optional<Input> DeskDuties::due(const Card& card, Time now) const {
  if (card.offer && now - card.offer->at >= options_.transfer_max) {
    return TransferTimesOut{now - options_.transfer_max};
  }
  if (card.owner == Owner::agent && card.agent && presence_.is_lost(*card.agent)) {
    return AgentDisappears{*card.agent};
  }
  if (waits_too_long(card, now)) return WaitGrowsLong{waiting_since_max(card, now)};
  return std::nullopt;
}

Time DeskDuties::waiting_since_max(const Card& card, Time now) const {
  const auto own = options_.wait_max_in.find(card.controller.value_or(MunicipalityId{}));
  const auto max = own == options_.wait_max_in.end() ? options_.wait_max : own->second;
  return max.count() == 0 ? Time{} : now - max;
}

// As the decision will see it; asked here so that nothing is submitted in vain each second.
bool DeskDuties::waits_too_long(const Card& card, Time now) const {
  const bool waits = card.owner == Owner::queue && !card.message_waits && !card.offer;
  if (!waits || card.told_of_wait || !card.waiting_since) return false;
  const auto release = release_();
  const bool has_form = std::any_of(release->forms.begin(), release->forms.end(),
                                    [](const engine::Form& form) { return form.takes_messages; });
  if (!has_form) return false;
  if (*card.waiting_since <= waiting_since_max(card, now)) return true;
  const MunicipalityId desk = card.municipality.value_or(release->host_municipality);
  return engine::delay_of(*presence_.staffing(), *release, desk, now).has_value();
}

void DeskDuties::submit(ConversationId conversation, Input input) {
  under_way_.insert(conversation);
  conversations_.submit(
      conversation, std::nullopt, std::move(input), Acceptance::with_outcome,
      [this, conversation](const SubmitOutcome&) { under_way_.erase(conversation); });
}

}  // namespace svar::service
