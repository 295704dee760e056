#include "bot/service/report/month_report.h"

#include "bot/engine/oslo_time.h"

namespace svar::service {

std::chrono::year_month month_of(Time at) {
  const auto day = std::chrono::floor<std::chrono::days>(engine::oslo(at));
  const std::chrono::year_month_day date{day};
  return date.year() / date.month();
}

void MonthReport::add(const LoggedEvent& event) {
  auto found = tallies_.find(event.conversation);
  if (found == tallies_.end()) {
    if (!std::holds_alternative<ConversationOpened>(event.recorded.event)) return;
    if (month_of(event.recorded.at) != month_) return;
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

std::map<MunicipalityId, CountsByChannel> MonthReport::counts() const {
  std::map<MunicipalityId, CountsByChannel> out;
  for (const auto& [conversation, tally] : tallies_) {
    if (tally.controller) service::add(out[*tally.controller][tally.channel], tally);
  }
  return out;
}

}  // namespace svar::service
