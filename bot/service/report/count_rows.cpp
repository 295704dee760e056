#include "bot/service/report/count_rows.h"

#include <array>
#include <string_view>
#include <utility>

#include "bot/domain/codes.h"

namespace svar::service {
namespace {

using Sum = std::pair<std::string_view, int MonthSums::*>;
using Length = std::pair<std::string_view, Lengths MonthCounts::*>;
using OfTopic = std::pair<std::string_view, int TopicFigures::*>;

constexpr std::array kSums = {
    Sum{"conversations", &MonthSums::conversations},
    Sum{"outside_hours", &MonthSums::outside_hours},
    Sum{"messages", &MonthSums::messages},
    Sum{"replies", &MonthSums::replies},
    Sum{"fallbacks", &MonthSums::fallbacks},
    Sum{"answered_by_bot", &MonthSums::answered_by_bot},
    Sum{"resolved_loose", &MonthSums::resolved_loose},
    Sum{"resolved_strict", &MonthSums::resolved_strict},
    Sum{"wished_person", &MonthSums::wished_person},
    Sum{"deferred", &MonthSums::deferred},
    Sum{"offered", &MonthSums::offered},
    Sum{"accepted", &MonthSums::accepted},
    Sum{"accepted_in_time", &MonthSums::accepted_in_time},
    Sum{"left_queue", &MonthSums::left_queue},
    Sum{"left_at_once", &MonthSums::left_at_once},
    Sum{"transfers", &MonthSums::transfers},
    Sum{"closed_by_agent", &MonthSums::closed_by_agent},
    Sum{"resolved_at_first", &MonthSums::resolved_at_first},
    Sum{"ratings", &MonthSums::ratings},
    Sum{"scores", &MonthSums::scores},
    Sum{"satisfied", &MonthSums::satisfied},
    Sum{"contacts", &MonthSums::contacts},
};
// Whoever adds a sum adds it here: what is not kept would vanish with its conversations.
static_assert(sizeof(MonthSums) == kSums.size() * sizeof(int) +
                                       sizeof(std::map<HandoffReason, int>) +
                                       sizeof(std::map<CloseOutcome, int>));

constexpr std::array kLengths = {
    Length{"wait", &MonthCounts::waits},
    Length{"first_word", &MonthCounts::first_words},
    Length{"answer", &MonthCounts::answers},
    Length{"handling", &MonthCounts::handlings},
};

constexpr std::array kOfTopic = {
    OfTopic{"topic_answered", &TopicFigures::answered},
    OfTopic{"topic_contained", &TopicFigures::contained},
    OfTopic{"topic_handed_over", &TopicFigures::handed_over},
    OfTopic{"topic_by_agent", &TopicFigures::by_agent},
    OfTopic{"topic_contacts", &TopicFigures::contacts},
};
static_assert(sizeof(TopicFigures) == kOfTopic.size() * sizeof(int));

constexpr std::string_view kHandoff = "handoff";
constexpr std::string_view kOutcome = "outcome";

// Nothing when `all` has no such name.
template <class All>
auto find(const All& all, std::string_view name) -> decltype(all.front().second) {
  for (const auto& [known, member] : all)
    if (known == name) return member;
  return nullptr;
}

class Rows {
 public:
  void add(std::string_view figure, std::string about, std::int64_t value, int count) {
    if (count != 0) rows_.push_back({std::string(figure), std::move(about), value, count});
  }
  std::vector<CountRow> take() { return std::move(rows_); }

 private:
  std::vector<CountRow> rows_;
};

}  // namespace

std::vector<CountRow> rows_of(const MonthCounts& counts) {
  Rows rows;
  for (const auto& [name, sum] : kSums) rows.add(name, {}, 0, counts.sums.*sum);
  for (const auto& [reason, count] : counts.sums.handoffs)
    rows.add(kHandoff, std::string(code(reason)), 0, count);
  for (const auto& [outcome, count] : counts.sums.outcomes)
    rows.add(kOutcome, std::string(code(outcome)), 0, count);
  for (const auto& [name, lengths] : kLengths)
    for (const auto& [length, count] : counts.*lengths) rows.add(name, {}, length.count(), count);
  for (const auto& [topic, figures] : counts.topics)
    for (const auto& [name, sum] : kOfTopic) rows.add(name, topic.value, 0, figures.*sum);
  return rows.take();
}

bool add(MonthCounts& counts, const CountRow& row) {
  const int count = static_cast<int>(row.count);
  if (const auto sum = find(kSums, row.figure)) {
    counts.sums.*sum += count;
  } else if (const auto lengths = find(kLengths, row.figure)) {
    (counts.*lengths)[Duration{row.value}] += count;
  } else if (const auto of_topic = find(kOfTopic, row.figure)) {
    counts.topics[ArticleId{row.about}].*of_topic += count;
  } else if (row.figure == kHandoff) {
    const auto reason = handoff_reason_from_code(row.about);
    if (reason) counts.sums.handoffs[*reason] += count;
    return reason.has_value();
  } else if (row.figure == kOutcome) {
    const auto outcome = close_outcome_from_code(row.about);
    if (outcome) counts.sums.outcomes[*outcome] += count;
    return outcome.has_value();
  } else {
    return false;
  }
  return true;
}

void add(MonthCounts& counts, const MonthCounts& more) {
  for (const CountRow& row : rows_of(more)) (void)add(counts, row);
}

}  // namespace svar::service
