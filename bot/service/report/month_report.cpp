#include "bot/service/report/month_report.h"

#include "bot/engine/oslo_time.h"

namespace svar::service {

void MonthReport::add(const LoggedEvent& event) {
  auto found = tallies_.find(event.conversation);
  if (found == tallies_.end()) {
    if (!std::holds_alternative<ConversationOpened>(event.recorded.event)) return;
    const auto day = std::chrono::floor<std::chrono::days>(engine::oslo(event.recorded.at));
    const std::chrono::year_month_day date{day};
    if (date.year() / date.month() != month_) return;
    found = tallies_.try_emplace(event.conversation).first;
  }
  count(found->second, event.recorded);
}

std::map<MunicipalityId, MonthReport::Conversations> MonthReport::by_municipality() const {
  std::map<MunicipalityId, Conversations> out;
  for (const auto& [conversation, tally] : tallies_) {
    if (tally.controller) out[*tally.controller].push_back(&tally);
  }
  return out;
}

}  // namespace svar::service
