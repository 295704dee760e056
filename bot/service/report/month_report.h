// The conversations that began in one month, by municipality. A conversation counts with all that
// happens in it, also after the month has ended: its figures are final when it is over.
//
// Threads: one. Memory: one tally for each conversation of the month.
#pragma once

#include <chrono>
#include <map>
#include <unordered_map>
#include <vector>

#include "bot/service/report/month_figures.h"
#include "bot/service/turn/event_store.h"

namespace svar::service {

// As the clock on the wall in Norway has it.
std::chrono::year_month month_of(Time at);

using CountsByChannel = std::map<std::string, MonthCounts>;

class MonthReport {
 public:
  // The month as the clock on the wall in Norway has it.
  explicit MonthReport(std::chrono::year_month month) : month_(month) {}

  // By rising position, from the beginning of the log.
  void add(const LoggedEvent& event);

  using Conversations = std::vector<const ConversationTally*>;
  // By the municipality that is responsible for them. Valid until the next add().
  std::map<MunicipalityId, Conversations> by_municipality() const;
  // The same, counted, by the channel they came from.
  std::map<MunicipalityId, CountsByChannel> counts() const;
  std::chrono::year_month month() const { return month_; }

 private:
  std::chrono::year_month month_;
  std::unordered_map<ConversationId, ConversationTally> tallies_;
};

}  // namespace svar::service
